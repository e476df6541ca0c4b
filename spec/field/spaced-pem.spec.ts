import { randomBytes } from 'node:crypto'
import { decodeSpacedPem } from '../../lib/field/spaced-pem.js'
import { codeOf } from '../support/code-of.js'

const pem = (content: string): string => `-----BEGIN CERTIFICATE----- ${content} -----END CERTIFICATE-----`

describe('decodeSpacedPem', () => {
  it.each([
    ['one line', 'Zm9v'],
    ['short lines', 'Z m 9v'],
  ])('takes %s', (_what, content) => {
    expect(decodeSpacedPem(pem(content)).toString()).toBe('foo')
  })

  it('takes a plus sign for itself, in lines of 64 characters', () => {
    const bytes = Buffer.concat([Buffer.from([0xfb, 0xef, 0xbe]), randomBytes(1_000)])
    const text = pem(bytes.toString('base64').replaceAll(/.{64}(?=.)/g, '$& '))
    expect(text).toContain('+')
    expect(decodeSpacedPem(text).equals(bytes)).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['base64 alone', 'Zm9v'],
    ['no content', pem('')],
    ['no space for the content', '-----BEGIN CERTIFICATE----- -----END CERTIFICATE-----'],
    ['no space before the content', pem('Zm9v').replace('----- ', '-----')],
    ['no space behind the content', pem('Zm9v').replace(' -----END', '-----END')],
    ['line breaks', pem('Zm9v').replaceAll(/(?<=-----) | (?=-----)/g, '\n')],
    ['tabs', pem('Zm9v').replaceAll(' ', '\t')],
    ['an empty line', pem('Zm  9v')],
    ['an empty line at the beginning', pem(' Zm9v')],
    ['an empty line at the end', pem('Zm9v ')],
    ['text before it', `x${pem('Zm9v')}`],
    ['text behind it', `${pem('Zm9v')} x`],
    ['another label', pem('Zm9v').replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
    ['a label in lower case', pem('Zm9v').toLowerCase()],
    ['URL encoding', encodeURIComponent(pem('Zm9v'))],
    ['missing padding', pem('Zg')],
    ['unused bits that are set', pem('Zh==')],
    ['base64url', pem('-_-_')],
    ['two certificates', `${pem('Zm9v')} ${pem('YmFy')}`],
    ['a certificate in a certificate', pem(pem('Zm9v'))],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeSpacedPem(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})
