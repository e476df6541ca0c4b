import { randomBytes } from 'node:crypto'
import { decodeBase64 } from '../../lib/field/base64.js'
import { codeOf } from '../support/code-of.js'
import { createRandom } from '../support/random.js'

const INVALID = 'ERR_MTLS_FIELD_INVALID'
/** Characters around the alphabet of base64, and those that Node's decoder skips, maps or stops at. */
const CHARACTERS = 'ABab09+/=-_ \t\n,:{}.\0\u00e9\u0141\u2215\uff0b'

describe('decodeBase64', () => {
  it.each([
    ['Zg==', 'f'],
    ['Zm8=', 'fo'],
    ['Zm9v', 'foo'],
    ['Zm9vYmFy', 'foobar'],
  ])('decodes %s as RFC 4648 section 10 does', (text, bytes) => {
    expect(decodeBase64(text).toString()).toBe(bytes)
  })

  it('decodes the text of any bytes to those bytes', () => {
    for (let length = 1; length < 400; length++) {
      const bytes = randomBytes(length)
      expect(decodeBase64(bytes.toString('base64')).equals(bytes)).toBe(true)
    }
  })

  it.each([
    ['nothing', ''],
    ['padding alone', '===='],
    ['missing padding', 'Zg'],
    ['too little padding', 'Zg='],
    ['too much padding', 'Zm9v===='],
    ['padding in the middle', 'Zg==Zg=='],
    ['unused bits that are set', 'Zh=='],
    ['the alphabet of base64url', '-_-_'],
    ['a space at the end', 'Zm9v '],
    ['a line break within', 'Zm9v\nYmFy'],
    ['a comma', 'Zm9v,Zm9v'],
    ['the colons of a byte sequence', ':Zm9v:'],
    ['PEM', '-----BEGIN CERTIFICATE-----'],
    ['a percent sign', 'Zm8%3D'],
    ['the placeholder that a proxy did not replace', '{http.request.tls.client.certificate_der_base64}'],
    ['a character above Latin-1 whose low byte is a letter', 'Zm9\u0176'],
    ['a character after which Node would stop', 'Zm9v\u2026'],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeBase64(text))).toBe(INVALID)
  })

  it('takes the one text that the bytes encode to, and no other', () => {
    const random = createRandom(4648)
    for (let run = 0; run < 20_000; run++) {
      const canonical = Buffer.from(Array.from({ length: 1 + random(12) }, () => random(256))).toString(
        'base64',
      )
      const at = random(canonical.length + 1)
      const inserted = CHARACTERS.charAt(random(CHARACTERS.length)).repeat(random(3))
      const text = canonical.slice(0, at) + inserted + canonical.slice(at + random(3))
      const bytes = Buffer.from(text, 'base64')
      const isCanonical = bytes.length > 0 && bytes.toString('base64') === text
      expect(codeOf(() => decodeBase64(text))).toBe(isCanonical ? undefined : INVALID)
      if (isCanonical) expect(decodeBase64(text)).toEqual(bytes)
    }
  })

  it('refuses eight thousand commas at once (client-certificate-auth #221)', () => {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now()
      expect(codeOf(() => decodeBase64('A,'.repeat(8_000)))).toBe(INVALID)
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(20)
  })
})
