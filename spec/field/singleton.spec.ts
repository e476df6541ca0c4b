import { readSingleton } from '../../lib/field/singleton.js'
import { codeOf } from '../support/code-of.js'
import type { FieldLines } from '../support/raw-client.js'
import { receive, receiveHttp2 } from '../support/receive.js'

const MAX_BYTES = 16
const read = (fields: FieldLines, name = 'x-field'): Promise<unknown> =>
  receive(fields, (req) => readSingleton(req, name, MAX_BYTES))
const refusal = (fields: FieldLines): Promise<unknown> =>
  receive(fields, (req) => codeOf(() => readSingleton(req, 'x-field', MAX_BYTES)))

/** Fields of other names, the most that fit into Node's limit. */
const flood = (count: number): FieldLines => Array.from({ length: count }, (_, index) => [`a${index}`, ''])

describe('readSingleton', () => {
  it.each<[string, FieldLines, string | undefined]>([
    ['the value', [['x-field', 'a']], 'a'],
    ['the value of a name in capitals', [['X-FIELD', 'a']], 'a'],
    ['a value with a comma, which one field can have', [['x-field', 'a, b']], 'a, b'],
    ['a value of as many bytes as there may be', [['x-field', 'a'.repeat(MAX_BYTES)]], 'a'.repeat(MAX_BYTES)],
    ['undefined without the field', [], undefined],
    ['undefined for an empty value', [['x-field', '']], undefined],
    ['undefined for a name with an underscore', [['x_field', 'a']], undefined],
    ['undefined for a longer name', [['x-field-2', 'a']], undefined],
  ])('gives %s', async (_what, fields, value) => {
    expect(await read(fields)).toBe(value)
  })

  it.each(['constructor', 'tostring', '__proto__', 'hasownproperty'])(
    'does not take what every object has for a field named %s',
    async (name) => {
      expect(await read([], name)).toBeUndefined()
    },
  )

  it('reads a field named constructor as any other', async () => {
    expect(await read([['constructor', 'a']], 'constructor')).toBe('a')
  })

  it.each<[string, FieldLines, string]>([
    [
      'a repetition',
      [
        ['x-field', 'a'],
        ['X-Field', 'b'],
      ],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    [
      'a repetition with the same value',
      [
        ['x-field', 'a'],
        ['x-field', 'a'],
      ],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    [
      'a repetition whose first is empty',
      [
        ['x-field', ''],
        ['x-field', 'a'],
      ],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    [
      'a repetition whose second is empty',
      [
        ['x-field', 'a'],
        ['x-field', ''],
      ],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    [
      'a repetition of nothing',
      [
        ['x-field', ''],
        ['x-field', ''],
      ],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    [
      'a repetition that is too large',
      [
        ['x-field', 'a'.repeat(9)],
        ['x-field', 'a'.repeat(9)],
      ],
      'ERR_MTLS_FIELD_DUPLICATED',
    ],
    ['a byte too many', [['x-field', 'a'.repeat(MAX_BYTES + 1)]], 'ERR_MTLS_FIELD_TOO_LARGE'],
    [
      'more fields than Node reads, which may hide one',
      [['x-field', 'a'], ...flood(1_100), ['x-field', 'b']],
      'ERR_MTLS_FIELD_TOO_LARGE',
    ],
    [
      'the same where Node dropped the only one',
      [...flood(1_100), ['x-field', 'b']],
      'ERR_MTLS_FIELD_TOO_LARGE',
    ],
  ])('refuses %s', async (_what, fields, code) => {
    expect(await refusal(fields)).toBe(code)
  })

  it('counts bytes, which Node gives as one character each', async () => {
    const code = await receive([['x-field', 'é'.repeat(9)]], (req) =>
      codeOf(() => readSingleton(req, 'x-field', MAX_BYTES)),
    )
    expect(code).toBe('ERR_MTLS_FIELD_TOO_LARGE')
  })

  it('reads nine hundred fields', async () => {
    expect(await read([...flood(900), ['x-field', 'a']])).toBe('a')
  })

  it('reads and refuses over HTTP/2 alike', async () => {
    const once = await receiveHttp2({ 'x-field': 'a' }, (req) => readSingleton(req, 'x-field', MAX_BYTES))
    const twice = await receiveHttp2({ 'x-field': ['a', 'b'] }, (req) =>
      codeOf(() => readSingleton(req, 'x-field', MAX_BYTES)),
    )
    expect([once, twice]).toEqual(['a', 'ERR_MTLS_FIELD_DUPLICATED'])
  })
})
