/** What is used of the package `prom-client`; `R` is its `Registry`. */
export interface PromClient<R> {
  readonly Counter: new (configuration: PromConfiguration<R>) => {
    inc(labels: Readonly<Record<string, string>>, value: number): void
  }
  readonly Histogram: new (configuration: PromConfiguration<R> & { buckets: number[] }) => {
    observe(labels: Readonly<Record<string, string>>, value: number): void
  }
}

interface PromConfiguration<R> {
  readonly name: string
  readonly help: string
  readonly labelNames: readonly string[]
  readonly registers?: R[]
}
