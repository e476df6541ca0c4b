import { decodeRfc3339Time } from '../../lib/field/rfc3339-time.js'
import { decodeValidity } from '../../lib/field/validity-text.js'
import { codeOf } from '../support/code-of.js'

describe('decodeRfc3339Time', () => {
  it.each([
    ['2022-07-01T18:05:09+00:00', '2022-07-01T18:05:09.000Z'],
    ['2022-07-01T18:05:09Z', '2022-07-01T18:05:09.000Z'],
    ['2022-07-01T18:05:09+02:30', '2022-07-01T15:35:09.000Z'],
    ['2022-12-31T23:05:09-08:00', '2023-01-01T07:05:09.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('decodes %s to %s', (text, expected) => {
    expect(decodeRfc3339Time(text).toISOString()).toBe(expected)
  })

  it.each([
    ['nothing', ''],
    ['a date', '2022-07-01'],
    ['a time without an offset', '2022-07-01T18:05:09'],
    ['a space for the T', '2022-07-01 18:05:09Z'],
    ['a fraction', '2022-07-01T18:05:09.5Z'],
    ['30 February', '2022-02-30T18:05:09Z'],
    ['29 February of another year', '2022-02-29T18:05:09Z'],
    ['month 13', '2022-13-01T18:05:09Z'],
    ['hour 24', '2022-07-01T24:00:00Z'],
    ['minute 60', '2022-07-01T18:60:00Z'],
    ['an offset of 24 hours', '2022-07-01T18:05:09+24:00'],
    ['an offset without a colon', '2022-07-01T18:05:09+0000'],
    ['a year of five digits', '+012022-07-01T18:05:09Z'],
    ["OpenSSL's time", 'Jul  1 18:05:09 2022 GMT'],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeRfc3339Time(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})

describe('decodeValidity', () => {
  it("decodes the example of Amazon's page", () => {
    expect(decodeValidity('NotBefore=2023-09-21T01:50:17Z;NotAfter=2024-09-20T01:50:17Z')).toEqual({
      notBefore: new Date('2023-09-21T01:50:17Z'),
      notAfter: new Date('2024-09-20T01:50:17Z'),
    })
  })

  it.each([
    ['nothing', ''],
    ['one time', 'NotBefore=2023-09-21T01:50:17Z'],
    ['a comma', 'NotBefore=2023-09-21T01:50:17Z,NotAfter=2024-09-20T01:50:17Z'],
    ['other case', 'notBefore=2023-09-21T01:50:17Z;notAfter=2024-09-20T01:50:17Z'],
    ['a third part', 'NotBefore=2023-09-21T01:50:17Z;NotAfter=2024-09-20T01:50:17Z;'],
    ['an empty time', 'NotBefore=;NotAfter=2024-09-20T01:50:17Z'],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeValidity(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})
