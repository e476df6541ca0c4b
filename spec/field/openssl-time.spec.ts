import { decodeOpenSslTime } from '../../lib/field/openssl-time.js'
import { codeOf } from '../support/code-of.js'

describe('decodeOpenSslTime', () => {
  it.each([
    ['Mar 21 13:35:00 2022 GMT', '2022-03-21T13:35:00.000Z'],
    ['Dec  1 00:00:00 1999 GMT', '1999-12-01T00:00:00.000Z'],
    ['Dec 1 00:00:00 1999 GMT', '1999-12-01T00:00:00.000Z'],
    ['Feb 29 23:59:59 2024 GMT', '2024-02-29T23:59:59.000Z'],
    ['Dec 31 23:59:59 9999 GMT', '9999-12-31T23:59:59.000Z'],
    // Date itself takes this for 2001.
    ['Jan  1 00:00:00 0001 GMT', '0001-01-01T00:00:00.000Z'],
  ])('decodes %s', (text, iso) => {
    expect(decodeOpenSslTime(text).toISOString()).toBe(iso)
  })

  it.each([
    ['nothing', ''],
    ['30 February', 'Feb 30 10:00:00 2022 GMT'],
    ['29 February of a common year', 'Feb 29 10:00:00 2023 GMT'],
    ['31 April', 'Apr 31 10:00:00 2022 GMT'],
    ['day 0', 'Apr  0 10:00:00 2022 GMT'],
    ['24:00', 'Feb 10 24:00:00 2022 GMT'],
    ['a leap second', 'Dec 31 23:59:60 2016 GMT'],
    ['a month that there is not', 'Foo  1 00:00:00 2022 GMT'],
    ['a year of two digits', 'Jan  1 00:00:00 22 GMT'],
    ['no seconds', 'Jan  1 00:00 2022 GMT'],
    ['another zone', 'Jan  1 00:00:00 2022 CET'],
    ['no zone', 'Jan  1 00:00:00 2022'],
    ['a month in capitals', 'JAN  1 00:00:00 2022 GMT'],
    ['ISO 8601', '2022-01-01T00:00:00Z'],
    ['the form of HTTP', 'Sat, 01 Jan 2022 00:00:00 GMT'],
    ['the order in which it is read', '01 Jan 2022 00:00:00 GMT'],
    ['a date that OpenSSL could not read', 'Bad time value'],
    ['a word', 'undefined'],
    ['something after it', 'Jan  1 00:00:00 2022 GMT '],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeOpenSslTime(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})
