import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

/** One line of the corpus; its README says what the members mean. */
export interface CorpusRow {
  readonly sha256: string
  readonly source: string
  readonly name: string
  readonly fuzz: boolean
  readonly openssl: boolean
  readonly peculiar: boolean
  readonly strict: boolean
  /** The DER in base64. */
  readonly der: string
}

const FILE = path.resolve(__dirname, '../../../shared/corpus/certificates.jsonl.gz')

/**
 * The certificates of ../shared/corpus, which is never part of the repository; none, with a warning, where
 * the folder does not exist. A folder that is there and cannot be read is an error.
 */
export const readCorpus = (): readonly CorpusRow[] => {
  if (!existsSync(path.dirname(FILE))) {
    console.warn(`Skipped: there is no ${path.dirname(FILE)}, so no certificate of the corpus is tested.`)
    return []
  }
  const lines = gunzipSync(readFileSync(FILE)).toString().trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as CorpusRow)
}
