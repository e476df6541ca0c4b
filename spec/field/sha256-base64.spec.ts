import { createHash } from 'node:crypto'
import { decodeSha256Base64 } from '../../lib/field/sha256-base64.js'
import { codeOf } from '../support/code-of.js'

const DIGEST = createHash('sha256').update('abc').digest()
const TEXT = DIGEST.toString('base64')

describe('decodeSha256Base64', () => {
  it.each([
    ['padding', TEXT],
    ['no padding', TEXT.slice(0, -1)],
  ])('decodes base64 with %s to lower-case hex', (_what, text) => {
    expect(decodeSha256Base64(text)).toBe(DIGEST.toString('hex'))
  })

  it.each([
    ['nothing', ''],
    ['31 bytes', DIGEST.subarray(1).toString('base64')],
    ['33 bytes', Buffer.concat([DIGEST, DIGEST]).subarray(0, 33).toString('base64')],
    ['too much padding', `${TEXT}=`],
    ['unused bits that are set', `${TEXT.slice(0, -2)}1=`],
    ['base64url', Buffer.alloc(32, 0xfb).toString('base64url')],
    ['a space', ` ${TEXT}`],
    ['hexadecimal', DIGEST.toString('hex')],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeSha256Base64(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})
