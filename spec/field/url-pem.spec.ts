import { randomBytes } from 'node:crypto'
import { decodeFirstUrlPem, decodeFurtherUrlPem, decodeUrlPem } from '../../lib/field/url-pem.js'
import { codeOf } from '../support/code-of.js'

const INVALID = 'ERR_MTLS_FIELD_INVALID'
const pem = (content: string): string =>
  `-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----\n`
const encode = encodeURIComponent
const FOO = pem('Zm9v')
const BAR = pem('YmFy')

describe('decodeUrlPem', () => {
  it.each([
    ['everything encoded', encode(FOO)],
    ['the octets of the alphabet literal', FOO.replaceAll(' ', '%20').replaceAll('\n', '%0A')],
    ['lower-case triplets', encode(FOO).replaceAll('%0A', '%0a')],
    ['no line break at the end', encode(FOO.trimEnd())],
    ['short lines', encode(pem('Z\nm\n9v'))],
  ])('takes %s', (_what, text) => {
    expect(decodeUrlPem(text).toString()).toBe('foo')
  })

  it('takes a plus sign for itself, in lines of 64 characters', () => {
    const bytes = Buffer.concat([Buffer.from([0xfb, 0xef, 0xbe]), randomBytes(1_000)])
    const lines = bytes.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')
    const text = pem(lines).replaceAll(' ', '%20').replaceAll('\n', '%0A')
    expect(text).toContain('+')
    expect(decodeUrlPem(text).equals(bytes)).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['base64 alone', 'Zm9v'],
    ['a literal space', FOO.replaceAll('\n', '%0A')],
    ['plus signs for spaces', encode(FOO).replaceAll('%20', '+')],
    ['half a triplet', `${encode(FOO)}%`],
    ['a triplet that is none', `${encode(FOO)}%0G`],
    ['an octet that is no UTF-8', encode(FOO).replace('Zm9v', 'Zm9%FF')],
    ['a character above ASCII', encode(pem('Zm9\u0176'))],
    ['another label', encode(FOO.replaceAll('CERTIFICATE', 'X509 CERTIFICATE'))],
    ['a label in lower case', encode(FOO.toLowerCase())],
    ['another label at the end', encode(FOO.replace('END CERT', 'END X'))],
    ['four hyphens', encode(FOO.slice(1))],
    ['text before it', encode(`\n${FOO}`)],
    ['text after it', encode(`${FOO}x`)],
    ['a line after it', encode(`${FOO}\n`)],
    ['header lines of RFC 1421', encode(pem('Proc-Type: 4,ENCRYPTED\n\nZm9v'))],
    ['no content', encode(pem(''))],
    ['no line for the content', encode('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n')],
    ['content that swallows a certificate', encode(`-----BEGIN CERTIFICATE-----\n${FOO}`)],
    ['missing padding', encode(pem('Zg'))],
    ['carriage returns', encode(FOO.replaceAll('\n', '\r\n'))],
    ['two certificates', encode(FOO + BAR)],
    ['a certificate encoded twice', encode(encode(FOO))],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeUrlPem(text))).toBe(INVALID)
  })
})

describe('decodeFirstUrlPem', () => {
  it('takes the first certificate of a chain', () => {
    expect(decodeFirstUrlPem(encode(FOO + BAR)).toString()).toBe('foo')
  })

  it.each([
    ['nothing', ''],
    ['a damaged first certificate', encode(pem('Zg') + BAR)],
    ['a first certificate without an end', encode(FOO.slice(0, 32) + BAR)],
    ['text before the first certificate', encode(`x\n${FOO}`)],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeFirstUrlPem(text))).toBe(INVALID)
  })
})

describe('decodeFurtherUrlPem', () => {
  it.each([
    ['none', FOO, []],
    ['one', FOO + BAR, ['bar']],
    ['two in order', FOO + BAR + FOO, ['bar', 'foo']],
  ])('takes %s', (_what, text, expected) => {
    expect(decodeFurtherUrlPem(encode(text)).map(String)).toEqual(expected)
  })

  it.each([
    ['a damaged one', FOO + pem('Zg'), INVALID],
    ['one on the line where another ends', FOO.trimEnd() + BAR, INVALID],
    ['an empty line between them', `${FOO}\n${BAR}`, INVALID],
    ['eleven', FOO + BAR.repeat(11), 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])('refuses %s', (_what, text, code) => {
    expect(codeOf(() => decodeFurtherUrlPem(encode(text)))).toBe(code)
  })
})
