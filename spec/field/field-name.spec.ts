import { resolveFieldName } from '../../lib/field/field-name.js'

describe('resolveFieldName', () => {
  it.each([
    ['X-Connection-Id', 'x-connection-id'],
    ['x_connection_id', 'x_connection_id'],
    ["!#$%&'*+-.^_`|~0aZ", "!#$%&'*+-.^_`|~0az"],
    ['constructor', 'constructor'],
  ])('gives %s in lower case', (name, lowerCase) => {
    expect(resolveFieldName(name, 'option')).toBe(lowerCase)
  })

  it.each(['', 'a b', 'a:', 'a\n', 'é', 'a,b', '"a"', undefined, null, 1, {}, ['x-a']])(
    'refuses %p as no name of a field, and names the option',
    (name) => {
      expect(() => resolveFieldName(name, 'theOption')).toThrow(TypeError)
      expect(() => resolveFieldName(name, 'theOption')).toThrow(
        /^theOption must be the name of a header field/,
      )
    },
  )

  it.each(['Cookie', 'set-cookie', 'HOST', 'Authorization', 'Content-Length', '__proto__'])(
    'refuses %s as a field that others set',
    (name) => {
      expect(() => resolveFieldName(name, 'theOption')).toThrow(
        `theOption must be a field that only the edge sets, not '${name.toLowerCase()}'`,
      )
    },
  )
})
