import {
  assertOptionNames,
  resolveCount,
  resolveFlag,
  resolvePositiveInteger,
  hasFunctions,
} from '../lib/option-check.js'

describe('assertOptionNames', () => {
  it('takes options that all have a name, or none', () => {
    for (const options of [{ a: 1, b: 2 }, {}]) {
      expect(() => {
        assertOptionNames(options, ['a', 'b'], 'make()')
      }).not.toThrow()
    }
  })

  it.each(['c', 'A', 'constructor', ''])('refuses an option named "%s", and names it', (name) => {
    expect(() => {
      assertOptionNames({ a: 1, [name]: 2 }, ['a', 'b'], 'make()')
    }).toThrow(new TypeError(`make() has no option '${name}'; its options are a, b`))
  })
})

describe('resolveFlag', () => {
  it('is false by default', () => {
    expect([undefined, false, true].map((value) => resolveFlag(value, 'flag'))).toEqual([false, false, true])
  })

  it.each([null, 0, 1, '', 'true', {}, []])('refuses %p', (value) => {
    expect(() => resolveFlag(value, 'flag')).toThrow(new TypeError('flag must be true or false'))
  })
})

describe('resolvePositiveInteger', () => {
  it('takes positive whole numbers, and has a default', () => {
    const values = [undefined, 1, Number.MAX_SAFE_INTEGER]
    expect(values.map((value) => resolvePositiveInteger(value, 7, 'max'))).toEqual([
      7,
      1,
      Number.MAX_SAFE_INTEGER,
    ])
  })

  it.each([null, 0, -1, 1.5, Number.NaN, Infinity, 2 ** 53, '1', 1n, {}, true])('refuses %p', (value) => {
    expect(() => resolvePositiveInteger(value, 7, 'max')).toThrow(
      new TypeError('max must be a positive whole number'),
    )
  })
})

describe('resolveCount', () => {
  it('takes 0 too', () => {
    expect([undefined, 0, 3].map((value) => resolveCount(value, 7, 'count'))).toEqual([7, 0, 3])
  })

  it.each([null, -1, 0.5, Number.NaN, '0', false])('refuses %p', (value) => {
    expect(() => resolveCount(value, 7, 'count')).toThrow(
      new TypeError('count must be a whole number, 0 or more'),
    )
  })
})

describe('hasFunctions', () => {
  class Client {
    get(): void {
      // A member of the prototype counts.
    }
  }

  it.each<[unknown, boolean]>([
    [new Client(), true],
    [{ get: () => undefined }, true],
    [Object.assign(() => undefined, { get: () => undefined }), true],
    [{ get: 'no function' }, false],
    [{}, false],
    [undefined, false],
    [null, false],
    ['text', false],
  ])('says of %p whether it has what is called: %p', (value, expected) => {
    expect(hasFunctions(value, 'get')).toBe(expected)
    expect(hasFunctions(value, 'get', 'set')).toBe(false)
  })
})
