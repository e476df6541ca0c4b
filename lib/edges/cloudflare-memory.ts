import type { IncomingHttpHeaders } from 'node:http'
import { Slots } from '../field/slots.js'
import type { CloudflareTexts } from './cloudflare-texts.js'
import type { EdgeStatement } from './edge.js'

/** How many different statements are remembered, for clients that call again. */
const SLOTS = 8_192
/** How long names may be that are remembered: ten times what most are. */
const MAX_NAME_LENGTH = 512

interface Remembered {
  readonly texts: CloudflareTexts
  readonly statement: EdgeStatement
}

/**
 * What requests without a certificate have said, by their thumbprint. Where every text is the same, so is what they
 * say: the statement is a fact about texts.
 */
export class CloudflareMemory {
  readonly #slots = new Slots<Remembered>(SLOTS)

  recall(headers: IncomingHttpHeaders): EdgeStatement | undefined {
    const thumbprint = headers['cf-cert-sha256']
    if (typeof thumbprint !== 'string') return undefined
    const remembered = this.#slots.at(thumbprint)
    return remembered?.texts.areIn(headers) === true ? remembered.statement : undefined
  }

  /** Freezes what is asserted, for requests to come will share it. */
  remember(texts: CloudflareTexts, statement: EdgeStatement): void {
    const { certificate, assertedSha256, subject, issuer } = texts
    if (typeof assertedSha256 !== 'string' || certificate !== undefined) return
    if (isUnmistakable(subject) && isUnmistakable(issuer)) {
      Object.freeze(statement.assertions)
      this.#slots.put(assertedSha256, { texts, statement })
    }
  }
}

/** A name may have a comma in it, and then looks like two fields that Node has joined. */
const isUnmistakable = (name: unknown): boolean =>
  typeof name !== 'string' || (name.length <= MAX_NAME_LENGTH && !name.includes(', '))
