import { decodeBit } from '../../lib/field/bit.js'
import { decodeVerdict } from '../../lib/field/verdict.js'
import { decodeVerifyResult } from '../../lib/field/verify-result.js'
import { codeOf } from '../support/code-of.js'

const INVALID = 'ERR_MTLS_FIELD_INVALID'

describe('decodeVerdict', () => {
  it.each([
    ['SUCCESS', { presented: true, verified: true }],
    ['NONE', { presented: false, verified: false }],
    ['FAILED', { presented: true, verified: false }],
    ['FAILED:', { presented: true, verified: false }],
    ['FAILED:unable to verify the first certificate', { presented: true, verified: false }],
    ['FAILED:certificate revoked', { presented: true, verified: false, revoked: true }],
  ])('decodes %s', (text, verdict) => {
    expect(decodeVerdict(text)).toEqual(verdict)
  })

  it.each(['', 'success', ' SUCCESS', 'SUCCESS ', 'FAILURE', 'FAILEDX', '0', 'true', 'undefined'])(
    "refuses '%s'",
    (text) => {
      expect(codeOf(() => decodeVerdict(text))).toBe(INVALID)
    },
  )
})

describe('decodeVerifyResult', () => {
  it.each([
    ['0', { verified: true }],
    ['10', { verified: false }],
    ['23', { verified: false, revoked: true }],
  ])('decodes %s', (text, result) => {
    expect(decodeVerifyResult(text)).toEqual(result)
  })

  it.each(['', '00', '-0', '+0', '0.0', '1000', '0x0', 'SUCCESS'])("refuses '%s'", (text) => {
    expect(codeOf(() => decodeVerifyResult(text))).toBe(INVALID)
  })
})

describe('decodeBit', () => {
  it('decodes 1 and 0', () => {
    expect([decodeBit('1'), decodeBit('0')]).toEqual([true, false])
  })

  it.each(['', '2', '01', 'true', 'undefined'])("refuses '%s'", (text) => {
    expect(codeOf(() => decodeBit(text))).toBe(INVALID)
  })
})
