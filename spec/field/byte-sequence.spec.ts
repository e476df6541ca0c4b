import { decodeByteSequence, decodeByteSequences } from '../../lib/field/byte-sequence.js'
import { codeOf } from '../support/code-of.js'

const INVALID = 'ERR_MTLS_FIELD_INVALID'

describe('decodeByteSequence', () => {
  it('decodes the example of RFC 8941 section 3.3.5', () => {
    const text = ':cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:'
    expect(decodeByteSequence(text).toString()).toBe('pretend this is binary content.')
  })

  it.each([
    ['nothing', ''],
    ['one colon', ':'],
    ['an empty sequence', '::'],
    ['no colon', 'Zm9v'],
    ['a colon at the beginning alone', ':Zm9v'],
    ['a colon at the end alone', 'Zm9v:'],
    ['three colons', ':Zm9v::'],
    ['a space', ': Zm9v:'],
    ['parameters', ':Zm9v:;a'],
    ['missing padding', ':Zg:'],
    ['unused bits that are set', ':Zh==:'],
    ['base64url', ':-_-_:'],
    ['two sequences', ':Zm9v:, :Zm9v:'],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => decodeByteSequence(text))).toBe(INVALID)
  })
})

describe('decodeByteSequences', () => {
  it.each([
    ['one', ':Zm9v:', ['foo']],
    ['several', ':Zm9v:, :YmFy:', ['foo', 'bar']],
    ['several without a space', ':Zm9v:,:YmFy:', ['foo', 'bar']],
    ['ten', Array(10).fill(':Zm9v:').join(', '), Array(10).fill('foo')],
  ])('decodes %s', (_what, text, expected) => {
    expect(decodeByteSequences(text).map(String)).toEqual(expected)
  })

  it.each([
    ['nothing', '', INVALID],
    ['a comma', ',', INVALID],
    ['a comma at the end', ':Zm9v:,', INVALID],
    ['two spaces', ':Zm9v:,  :YmFy:', INVALID],
    ['a tab', ':Zm9v:,\t:YmFy:', INVALID],
    ['a space before the comma', ':Zm9v: ,:YmFy:', INVALID],
    ['an inner list', '(:Zm9v:)', INVALID],
    ['eleven', Array(11).fill(':Zm9v:').join(', '), 'ERR_MTLS_FIELD_TOO_LARGE'],
    ['commas', ','.repeat(16_384), 'ERR_MTLS_FIELD_TOO_LARGE'],
  ])('refuses %s', (_what, text, code) => {
    expect(codeOf(() => decodeByteSequences(text))).toBe(code)
  })
})
