export type FieldLines = readonly (readonly [name: string, value: string])[]

/**
 * Header lines as they come off a socket. Reading them makes new strings out of bytes, as Node's parser does:
 * V8 has neither hashed nor flattened nor seen them before.
 */
export class Wire {
  readonly #bytes: Buffer
  readonly #ends: readonly number[]

  constructor(lines: FieldLines) {
    const texts = lines.flat()
    let end = 0
    this.#bytes = Buffer.from(texts.join(''), 'latin1')
    this.#ends = texts.map((text) => (end += text.length))
  }

  /** Names and values in turns, as `rawHeaders` has them. */
  read(): string[] {
    const texts: string[] = []
    let start = 0
    for (const end of this.#ends) {
      texts.push(this.#bytes.toString('latin1', start, end))
      start = end
    }
    return texts
  }
}

/** What Cloudflare and a browser send with every request. */
export const USUAL_LINES: FieldLines = [
  ['Host', 'api.example.com'],
  ['Accept-Encoding', 'gzip, br'],
  ['X-Forwarded-For', '203.0.113.195'],
  ['CF-RAY', '8f1b2c3d4e5f6071-FRA'],
  ['X-Forwarded-Proto', 'https'],
  ['CF-Visitor', '{"scheme":"https"}'],
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'],
  ['Accept', 'application/json'],
  ['CF-Connecting-IP', '203.0.113.195'],
  ['CDN-Loop', 'cloudflare; loops=1'],
  ['CF-IPCountry', 'DE'],
]

/** A request with these lines besides the usual ones. */
export const wireOf = (lines: FieldLines): Wire => new Wire([...USUAL_LINES, ...lines])
