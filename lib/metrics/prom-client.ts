import type { LabelSet } from './label-sets.js'

/** What is used of the package `prom-client`; `R` is its `Registry`. */
export interface PromClient<R> {
  readonly Counter: new (configuration: PromConfiguration<R>) => {
    inc(labels: LabelSet, value: number): void
  }
  readonly Histogram: new (configuration: PromConfiguration<R> & { buckets: number[] }) => {
    observe(labels: LabelSet, value: number): void
    zero(labels: LabelSet): void
  }
}

interface PromConfiguration<R> {
  readonly name: string
  readonly help: string
  readonly labelNames: readonly string[]
  readonly registers?: R[]
}
