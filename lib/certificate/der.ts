import { MtlsIdentityError } from '../errors.js'

/** Tags of X.690 section 8.1.2 that a certificate is made of. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** `[n]` around a value */
  explicit: (n: number): number => 0xa0 | n,
  /** `[n]` in place of a primitive value's own tag */
  implicit: (n: number): number => 0x80 | n,
} as const

const invalid = (): never => {
  throw new MtlsIdentityError('ERR_MTLS_CERTIFICATE_INVALID')
}

/** One tag-length-value of DER, as offsets into the bytes that hold it. */
export class DerElement {
  constructor(
    readonly bytes: Uint8Array,
    readonly tag: number,
    readonly span: { readonly start: number; readonly content: number; readonly end: number },
  ) {}

  /** Tag, length and value. */
  get raw(): Uint8Array {
    return this.bytes.subarray(this.span.start, this.span.end)
  }

  /** The value alone. */
  get content(): Uint8Array {
    return this.bytes.subarray(this.span.content, this.span.end)
  }

  assertTag(tag: number): void {
    if (this.tag !== tag) invalid()
  }

  /** A reader over the elements that a constructed value is made of. */
  get children(): DerReader {
    return new DerReader(this.bytes, this.span.content, this.span.end)
  }
}

/**
 * Reads DER (X.690 section 10) element by element. What is not DER is `ERR_MTLS_CERTIFICATE_INVALID`:
 * indefinite or non-minimal lengths, lengths beyond the end, tags of more than one byte (X.509 has none).
 */
export class DerReader {
  #position: number

  constructor(
    readonly bytes: Uint8Array,
    start = 0,
    readonly end = bytes.length,
  ) {
    this.#position = start
  }

  get done(): boolean {
    return this.#position === this.end
  }

  /** The next element's tag, `undefined` at the end. */
  get tag(): number | undefined {
    return this.done ? undefined : this.bytes[this.#position]
  }

  /** The next element, whatever its tag. */
  next(): DerElement {
    const start = this.#position
    const tag = this.#byte()
    if ((tag & 0x1f) === 0x1f) return invalid()
    const length = this.#length()
    const content = this.#position
    const end = content + length
    if (end > this.end) return invalid()
    this.#position = end
    return new DerElement(this.bytes, tag, { start, content, end })
  }

  /** The next element, which must have this tag. */
  read(tag: number): DerElement {
    return this.tag === tag ? this.next() : invalid()
  }

  /** The next element if it has this tag, else `undefined` and nothing is read. */
  readOptional(tag: number): DerElement | undefined {
    return this.tag === tag ? this.next() : undefined
  }

  /** Every element that is left. */
  *[Symbol.iterator](): Generator<DerElement, void> {
    while (!this.done) yield this.next()
  }

  assertDone(): void {
    if (!this.done) invalid()
  }

  #byte(): number {
    const byte = this.tag ?? invalid()
    this.#position++
    return byte
  }

  #length(): number {
    const first = this.#byte()
    if (first < 0x80) return first
    const octets = first & 0x7f
    // Three octets count to 16 MiB, far beyond any field.
    if (octets === 0 || octets > 3) return invalid()
    let length = 0
    for (let i = 0; i < octets; i++) length = length * 256 + this.#byte()
    if (length < 0x80 || length < 256 ** (octets - 1)) return invalid()
    return length
  }
}

/** Throws `ERR_MTLS_CERTIFICATE_INVALID` unless the bytes are exactly one DER SEQUENCE, nothing after it. */
export const assertOneSequence = (bytes: Uint8Array): void => {
  const reader = new DerReader(bytes)
  reader.read(TAG.sequence)
  reader.assertDone()
}
