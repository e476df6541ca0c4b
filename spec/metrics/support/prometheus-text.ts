/** The samples of a text in Prometheus's exposition format: `name{label="value"}` and what it counts. */
export type Samples = Readonly<Record<string, number>>

/** Every sample but the buckets of histograms and what is 0. */
export const readSamples = (text: string): Samples =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#') && !line.includes('_bucket'))
      .map(
        (line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))] as const,
      )
      .filter(([, value]) => value !== 0),
  )

/** How many values each bucket of a histogram has with this label, by its upper bound: those of lower ones too. */
export const readBuckets = (text: string, name: string, label: string): Samples =>
  Object.fromEntries(
    [...text.matchAll(new RegExp(`^${name}_bucket{le="([^"]+)",${label}} (\\d+)$`, 'gm'))].map(
      ([, bound = '', count]) => [bound, Number(count)],
    ),
  )
