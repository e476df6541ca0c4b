import { decodeBoolean } from '../../lib/field/boolean.js'
import { codeOf } from '../support/code-of.js'

describe('decodeBoolean', () => {
  it('decodes the two words', () => {
    expect([decodeBoolean('true'), decodeBoolean('false')]).toEqual([true, false])
  })

  it.each(['', 'TRUE', 'True', ' true', 'true ', 'true, true', '1', '0', 'yes', 'undefined', 'null'])(
    'refuses "%s"',
    (text) => {
      expect(codeOf(() => decodeBoolean(text))).toBe('ERR_MTLS_FIELD_INVALID')
    },
  )
})
