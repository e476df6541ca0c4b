import { decodeFirstBase64, decodeFurtherBase64 } from '../../lib/field/base64-list.js'
import { codeOf } from '../support/code-of.js'

describe('decodeFirstBase64', () => {
  it.each([
    ['a single text', 'Zm9v'],
    ['a list', 'Zm9v,YmFy'],
    ['a list that is damaged later', 'Zm9v,,'],
  ])('decodes the first of %s', (_what, text) => {
    expect(decodeFirstBase64(text).toString()).toBe('foo')
  })

  it.each([
    ['nothing', ''],
    ['nothing before a comma', ',Zm9v'],
    ['a damaged first text', 'Zg,Zm9v'],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeFirstBase64(text))).toBe('ERR_MTLS_FIELD_INVALID')
  })
})

describe('decodeFurtherBase64', () => {
  it.each([
    ['none', 'Zm9v', []],
    ['one', 'Zm9v,YmFy', ['bar']],
    ['two in order', 'Zm9v,YmFy,YmF6', ['bar', 'baz']],
  ])('decodes %s', (_what, text, expected) => {
    expect(decodeFurtherBase64(text).map(String)).toEqual(expected)
  })

  it.each([
    ['an empty text', 'Zm9v,', 'ERR_MTLS_FIELD_INVALID'],
    ['a damaged text', 'Zm9v,Zg', 'ERR_MTLS_FIELD_INVALID'],
    ['a space', 'Zm9v, YmFy', 'ERR_MTLS_FIELD_INVALID'],
    ['eleven', `Zm9v${',YmFy'.repeat(11)}`, 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])('refuses %s', (_what, text, code) => {
    expect(codeOf(() => decodeFurtherBase64(text))).toBe(code)
  })
})
