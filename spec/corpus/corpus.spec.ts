import { median } from '../bench/arithmetic.js'
import { CertificateCache } from '../../lib/continuity/certificate-cache.js'
import { createRandom } from '../support/random.js'
import { tryText } from './admit-text.js'
import { compareParsers, type Difference } from './compare-parsers.js'
import { mutate } from './mutate.js'
import { type CorpusRow, readCorpus } from './read-corpus.js'
import { readEverything, readThrice } from './read-everything.js'

const MAX_MS = 50
/** On a machine so slow that the certificate in the middle takes more than 5 ms: how many times as long as that. */
const MAX_RATIO = 10
const WARM_UP_ROWS = 200

/**
 * Certificates that may take longer, and why. It is the parsing of @peculiar/x509, which takes 15 to 35 ms
 * for them in plain Node and several times that inside Jest, whose module sandbox slows globals down.
 */
const SLOW: ReadonlyMap<string, string> = new Map([
  ['5b741597dfd3fa533beb0ee258ffca36bfd669613132821435eae1a3be43f9ae', 'over 1,000 excluded directory names'],
  [
    '795aa3b09d5e66a5a5ec99875a80403478150ab1a3b7e4eccfca60305c99df18',
    'over 1,000 permitted directory names',
  ],
  ['01c913d87b18e9a9b3ab90d6add016cc41de183d9a425bba653dbb960e3898c5', '1,024 iPAddress names'],
  [
    '03824049414ae13b1e2ed9ad145878f0f1ae41568f8a58325110abef72a6f5d6',
    '7.7 KB of authority access descriptions',
  ],
])

/** What became of a certificate: a code, or what was found of its identity. */
interface Outcome {
  readonly row: CorpusRow
  readonly code: string | undefined
  readonly thumbprint: string
  readonly isSteady: boolean
  readonly differences: readonly Difference[]
  readonly ms: number
}

const examine = (row: CorpusRow, cache: CertificateCache): Outcome => {
  const start = performance.now()
  const result = tryText(row.der, cache)
  if (typeof result === 'string') {
    const ms = performance.now() - start
    return { row, code: result, thumbprint: '', isSteady: true, differences: [], ms }
  }
  const first = readEverything(result)
  const ms = performance.now() - start
  const answers = readThrice(result).add(first)
  const { thumbprint } = result
  return {
    row,
    code: undefined,
    thumbprint,
    isSteady: answers.size === 1,
    differences: compareParsers(result),
    ms,
  }
}

const rows = readCorpus()
const describeCorpus = rows.length > 0 ? describe : describe.skip

const isInUse = ({ fuzz, openssl, peculiar, strict }: CorpusRow): boolean =>
  !fuzz && openssl && peculiar && strict

const fastestOfFive = ({ row }: Outcome): number =>
  Math.min(...Array.from({ length: 5 }, () => examine(row, new CertificateCache(1)).ms))

const hashes = (outcomes: readonly Outcome[]): string[] => outcomes.map(({ row }) => row.sha256)

describeCorpus('the certificates of ../shared/corpus', () => {
  let outcomes: readonly Outcome[] = []
  let accepted: readonly Outcome[] = []

  beforeAll(() => {
    for (const { der } of rows.slice(0, WARM_UP_ROWS)) tryText(der)
    const cache = new CertificateCache(rows.length)
    outcomes = rows.map((row) => examine(row, cache))
    accepted = outcomes.filter(({ code }) => code === undefined)
  }, 120_000)

  it('are refused with one code or not at all', () => {
    const refused = outcomes.filter(({ code }) => code !== undefined)
    expect([...new Set(refused.map(({ code }) => code))]).toEqual(['ERR_MTLS_CERTIFICATE_INVALID'])
  })

  it('are accepted to 98 % at least, of those in use that both parsers take', () => {
    const inUse = outcomes.filter(({ row }) => isInUse(row))
    const share = inUse.filter(({ code }) => code === undefined).length / inUse.length
    expect(share).toBeGreaterThanOrEqual(0.98)
  })

  it('have the SHA-256 of their bytes as thumbprint', () => {
    expect(hashes(accepted.filter(({ row, thumbprint }) => thumbprint !== row.sha256))).toEqual([])
  })

  it('give the same answers every time', () => {
    expect(hashes(accepted.filter(({ isSteady }) => !isSteady))).toEqual([])
  })

  it('give the same answers after forgetting what was parsed', () => {
    const some = accepted.filter((_, index) => index % 20 === 0)
    const changed = some.filter(({ row }) => {
      const identity = tryText(row.der)
      if (typeof identity === 'string') return true
      const before = readEverything(identity)
      identity.forgetParsed()
      return readEverything(identity) !== before
    })
    expect(hashes(changed)).toEqual([])
  })

  it('read as other parsers read them, but for the known faults of those', () => {
    const differing = accepted.filter(({ differences }) => differences.length > 0)
    expect(differing.map(({ row, differences }) => [row.sha256, differences])).toEqual([])
  })

  it(`take no more than ${MAX_MS} ms, but for those with a reason`, () => {
    const limitMs = Math.max(MAX_MS, MAX_RATIO * median(outcomes.map(({ ms }) => ms)))
    const slow = outcomes.filter(({ row, ms }) => ms > limitMs && !SLOW.has(row.sha256))
    // A busy machine makes anything slow once.
    expect(hashes(slow.filter((outcome) => fastestOfFive(outcome) > limitMs))).toEqual([])
  })

  it('are refused with a code or give steady answers when they are damaged', () => {
    const random = createRandom(9440)
    const chosen = Array.from({ length: 200 }, () => rows[random(rows.length)]?.der ?? '')
    const damaged = chosen.flatMap((der) => mutate(Buffer.from(der, 'base64'), random))
    const unsteady = damaged.filter((der) => {
      const result = tryText(Buffer.from(der).toString('base64'))
      return typeof result === 'string' ? !result.startsWith('ERR_MTLS_') : readThrice(result).size !== 1
    })
    expect(unsteady).toEqual([])
  }, 120_000)
})
