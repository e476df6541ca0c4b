import { decodeOid } from '../../lib/certificate/oid.js'
import { codeOf } from '../support/code-of.js'
import { hex } from '../support/der.js'

describe('decodeOid', () => {
  it.each([
    ['550403', '2.5.4.3'],
    ['00', '0.0'],
    ['27', '0.39'],
    ['28', '1.0'],
    ['4f', '1.39'],
    ['50', '2.0'],
    ['8837', '2.999'],
    ['2a864886f70d010901', '1.2.840.113549.1.9.1'],
    ['698fffffffffffffff7f', '2.25.1152921504606846975'],
  ])('reads %s as %s', (bytes, dotted) => {
    expect(decodeOid(hex(bytes))).toBe(dotted)
  })

  it('keeps every digit of an arc of 128 bits', () => {
    const arc = `83${'ff'.repeat(17)}7f`
    expect(decodeOid(hex(`69${arc}`))).toBe(`2.25.${2n ** 128n - 1n}`)
  })

  it.each([
    ['nothing', ''],
    ['an arc that is cut off', '5504 83'],
    ['an arc with leading zeros, a second encoding of 2.5.4.3', '5504 8003'],
    ['a first arc with leading zeros', '80 55 04 03'],
    ['an arc of more than 133 bits', `69 ${'ff'.repeat(19)}7f`],
  ])('refuses %s', (_what, bytes) => {
    expect(codeOf(() => decodeOid(hex(bytes)))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })

  it('takes no time for an arc as long as a field can be', () => {
    const start = performance.now()
    expect(codeOf(() => decodeOid(Buffer.alloc(1_000_000, 0xff)))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
