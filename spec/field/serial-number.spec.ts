import { decodeSerialNumber } from '../../lib/field/serial-number.js'
import { codeOf } from '../support/code-of.js'

describe('decodeSerialNumber', () => {
  it.each([
    ['0a', '0A'],
    ['0A1B', '0A1B'],
    ['-01', '-01'],
    ['0', '0'],
  ])('decodes %s to %s', (text, serialNumber) => {
    expect(decodeSerialNumber(text)).toBe(serialNumber)
  })

  it.each(['', '-', '0x0a', '0a:0b', '0a 0b', '--01', '+01', '0a\n', 'undefined'])('refuses "%s"', (text) => {
    expect(codeOf(() => decodeSerialNumber(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})
