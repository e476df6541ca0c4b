import { decodeSha256Text, MAX_SHA256_TEXT_BYTES } from '../../lib/field/sha256-text.js'
import { codeOf } from '../support/code-of.js'

const LOWER = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const COLONS = LOWER.replace(/..(?!$)/g, '$&:')

describe('decodeSha256Text', () => {
  it.each([
    ['lower case', LOWER],
    ['upper case', LOWER.toUpperCase()],
    ['both cases', LOWER.replace('ba', 'Ba')],
    ['colons', COLONS],
    ['colons in upper case', COLONS.toUpperCase()],
  ])('takes %s', (_what, text) => {
    expect(decodeSha256Text(text)).toBe(LOWER)
  })

  it.each([
    ['nothing', ''],
    ['63 digits', LOWER.slice(1)],
    ['65 digits', `${LOWER}0`],
    ['a SHA-1', LOWER.slice(0, 40)],
    ['a letter that is no digit', LOWER.replace('b', 'g')],
    ['a colon that is missing', COLONS.replace(':', '')],
    ['one colon only', `${LOWER.slice(0, 2)}:${LOWER.slice(2)}`],
    ['a colon at the end', `${COLONS}:`],
    ['hyphens', COLONS.replaceAll(':', '-')],
    ['a space', `${LOWER} `],
    ['a line break', `${LOWER}\n`],
    ['two hashes', `${LOWER}, ${LOWER}`],
    ['a prefix', `sha256:${LOWER}`],
    ['base64', 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='],
    ['digits of another script', LOWER.replace('7', '\u0667')],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeSha256Text(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})

describe('MAX_SHA256_TEXT_BYTES', () => {
  it('is the length of the longest text', () => {
    expect(MAX_SHA256_TEXT_BYTES).toBe(COLONS.length)
  })
})
