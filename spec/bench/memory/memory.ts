import { estimateMedian, median, pairedRatios } from '../arithmetic.js'
import { runChild } from '../child.js'
import type { Check, Section } from '../report.js'
import type { Growth } from './growth.js'
import type { Retained } from './retained.js'

const FLAGS = ['--expose-gc', '--max-old-space-size=6144']
const MIB = 2 ** 20

/** A figure that does not vary. */
const exactly = (value: number): Check['estimate'] => ({ value, low: value, high: value })

/** What is kept of 100,000 certificates, before and after somebody reads what is in them. */
export const runRetained = async (): Promise<Section> => {
  const { derBytes, bytesPerCertificate, read, bytesAfterReading, parsed } = (await runChild(
    'memory/retained.js',
    [],
    FLAGS,
  )) as Retained
  return {
    name: 'memory',
    figures: [
      { what: 'DER of the certificate', unit: 'bytes', value: derBytes },
      { what: 'retained for each of 100,000 certificates', unit: 'bytes', value: bytesPerCertificate },
      { what: `more in all when ${read} have been read`, unit: 'MiB', value: bytesAfterReading / MIB },
    ],
    checks: [
      {
        what: 'retained for a certificate that nobody read, less its DER',
        unit: 'bytes',
        estimate: exactly(bytesPerCertificate - derBytes),
        limit: { atMost: 600 },
      },
      {
        what: `parsed certificates held when ${read} have been read`,
        unit: '',
        estimate: exactly(parsed),
        limit: { atMost: 1_000 },
      },
    ],
  }
}

/** What certificates cost by how many there are. */
export const measureGrowth = async (rounds: number, sizes: readonly number[]): Promise<readonly Growth[]> =>
  (await runChild('memory/growth.js', [rounds, ...sizes].map(String), FLAGS)) as Growth[]

/** Whether a look-up among a million costs more than among a thousand. */
export const runGrowth = async (rounds: number): Promise<Section> => {
  const [few, many] = await measureGrowth(rounds, [1_000, 1_000_000])
  if (few === undefined || many === undefined) throw new Error('Nothing has grown.')
  return {
    name: 'growth',
    figures: [few, many].map(({ certificates, nanoseconds }) => ({
      what: `by thumbprint, ${certificates.toLocaleString('en-US')} certificates remembered`,
      unit: 'µs',
      value: median(nanoseconds) / 1_000,
    })),
    checks: [
      {
        what: 'among 1,000,000 / among 1,000',
        unit: 'x',
        estimate: estimateMedian(pairedRatios(many.nanoseconds, few.nanoseconds)),
        limit: { atMost: 4 },
      },
    ],
  }
}
