import { Slots } from '../field/slots.js'

/** How many texts are remembered, which are as long as the edge's cap on certificates allows. */
const SLOTS = 1_024

interface Remembered {
  readonly text: string
  readonly thumbprint: string
}

/**
 * Certificates as the text that they came as. An edge that sends the certificate with every request sends the same
 * text again, and equal text needs no decoding and no hash: a fact about text, whoever it is from.
 */
export class CertificateTexts {
  readonly #slots = new Slots<Remembered>(SLOTS)

  /** The thumbprint of the certificate with this text, if that was remembered under this key. */
  recall(key: string, text: string): string | undefined {
    const remembered = this.#slots.at(key)
    return remembered?.text === text ? remembered.thumbprint : undefined
  }

  remember(key: string, text: string, thumbprint: string): void {
    this.#slots.put(key, { text, thumbprint })
  }
}
