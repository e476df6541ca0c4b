import { readTime } from '../../lib/certificate/time.js'
import { generalizedTime, utcTime } from '../support/build-certificate.js'
import { codeOf } from '../support/code-of.js'
import { ascii, element, tlv } from '../support/der.js'

describe('readTime', () => {
  it.each([
    ['a UTCTime', utcTime('220321133500Z'), '2022-03-21T13:35:00.000Z'],
    ['a UTCTime of year 49 as 2049', utcTime('491231235959Z'), '2049-12-31T23:59:59.000Z'],
    ['a UTCTime of year 50 as 1950', utcTime('500101000000Z'), '1950-01-01T00:00:00.000Z'],
    ['a UTCTime of year 00 as 2000', utcTime('000229000000Z'), '2000-02-29T00:00:00.000Z'],
    ['a GeneralizedTime', generalizedTime('20500101000000Z'), '2050-01-01T00:00:00.000Z'],
    [
      'the year 1, which others read as 1901 or 2001',
      generalizedTime('00010101000000Z'),
      '0001-01-01T00:00:00.000Z',
    ],
    ['"no expiry" of RFC 5280', generalizedTime('99991231235959Z'), '9999-12-31T23:59:59.000Z'],
    ['a leap day', utcTime('240229120000Z'), '2024-02-29T12:00:00.000Z'],
  ])('reads %s', (_what, der, iso) => {
    expect(new Date(readTime(element(der))).toISOString()).toBe(iso)
  })

  it.each([
    ['30 February', utcTime('220230000000Z')],
    ['29 February of a common year', generalizedTime('21000229000000Z')],
    ['31 April', utcTime('220431000000Z')],
    ['month 13', utcTime('221301000000Z')],
    ['month 0', utcTime('220001000000Z')],
    ['day 0', utcTime('220100000000Z')],
    ['24:00', utcTime('220101240000Z')],
    ['a leap second', utcTime('161231235960Z')],
    ['minute 60', utcTime('220101006000Z')],
    ['a UTCTime without seconds', utcTime('2201010000Z')],
    ['a GeneralizedTime without seconds', generalizedTime('202201010000Z')],
    ['a UTCTime with an offset', utcTime('220101000000+0100')],
    ['a GeneralizedTime with an offset', generalizedTime('20220101000000+0100')],
    ['a GeneralizedTime of local time', generalizedTime('20220101000000')],
    ['a fraction', generalizedTime('20220101000000.5Z')],
    ['a sign', utcTime('-20101000000Z')],
    ['a space', utcTime('22 101000000Z')],
    ['a line break after it', utcTime('220101000000Z\n')],
    ['a zone in lower case', utcTime('220101000000z')],
    ['nothing', utcTime('')],
    ['four digits of year in a UTCTime', utcTime('20220101000000Z')],
    ['two digits of year in a GeneralizedTime', generalizedTime('220101000000Z')],
    ['another type', tlv(0x16, ascii('220101000000Z'))],
  ])('refuses %s', (_what, der) => {
    expect(codeOf(() => readTime(element(der)))).toBe('ERR_MTLS_CERTIFICATE_INVALID')
  })
})
