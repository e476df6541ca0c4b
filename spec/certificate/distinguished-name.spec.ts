import { createDistinguishedName, type DistinguishedName } from '../../lib/certificate/distinguished-name.js'
import { readName } from '../../lib/certificate/read-name.js'
import { attribute, COMMON_NAME, element, hex, nameOf, ORGANIZATION, utf8 } from '../support/der.js'

const cn = (text: string): Buffer => attribute(COMMON_NAME, utf8(text))
const o = (text: string): Buffer => attribute(ORGANIZATION, utf8(text))
const EMAIL = hex('06092a864886f70d010901')
const create = (...rdns: readonly (readonly Uint8Array[])[]): DistinguishedName =>
  createDistinguishedName(readName(element(nameOf(...rdns))))

describe('createDistinguishedName', () => {
  it('gives the value of an attribute that stands there once', () => {
    const name = create([o('Example')], [cn('alice')])
    expect([name.organization, name.commonName, name.locality]).toEqual(['Example', 'alice', undefined])
  })

  it.each([
    ['in two RDNs', create([cn('admin')], [cn('mallory')])],
    ['in one multi-valued RDN', create([cn('admin'), cn('mallory')])],
    ['twice with the same value', create([cn('admin')], [cn('admin')])],
  ])('gives undefined, and all values on request, for two common names %s', (_what, name) => {
    expect(name.commonName).toBeUndefined()
    expect(name.values('commonName')).toHaveLength(2)
    expect(name.values('commonName')[0]).toBe('admin')
  })

  it('gives values by property name, short name or OID', () => {
    const name = create([cn('a')], [o('x')], [cn('b')])
    for (const type of ['commonName', 'CN', '2.5.4.3']) expect(name.values(type)).toEqual(['a', 'b'])
  })

  it.each(['constructor', '__proto__', 'toString', 'cn', '', '2.5.4'])(
    'has no values of type "%s"',
    (type) => {
      expect(create([cn('a')]).values(type)).toEqual([])
    },
  )

  it('gives an array of its own on every call, and is frozen', () => {
    const name = create([cn('a')])
    const values = name.values('CN') as string[]
    values.push('admin')
    expect(name.values('CN')).toEqual(['a'])
    expect(Object.isFrozen(name)).toBe(true)
    expect(Object.isFrozen(name.rdns)).toBe(true)
  })

  it('takes text that looks like a whole name for one value, kept exactly (CVE-2026-22747, CVE-2026-47838)', () => {
    const text = 'mallory\nCN=admin, O=x/CN=root'
    const name = create([cn(text)])
    expect(name.commonName).toBe(text)
    expect(name.values('CN')).toEqual([text])
    expect(name.organization).toBeUndefined()
    expect(name.toString()).toBe('CN=mallory\\0ACN=admin\\, O=x/CN=root')
  })

  it.each([
    ['NUL', 'admin\0.example', 'CN=admin\\00.example'],
    ['ESC', '\x1b[2J', 'CN=\\1B[2J'],
    ['LF', 'a\nb', 'CN=a\\0Ab'],
    ['U+202E', 'nim\u202eda', 'CN=nim\\E2\\80\\AEda'],
    ['a plus sign and what would be another attribute', 'a+O=b', 'CN=a\\+O=b'],
    ['a backslash', 'a\\', 'CN=a\\\\'],
    ['one space', ' ', 'CN=\\ '],
    ['nothing', '', 'CN='],
  ])('escapes %s in its text, not in its value', (_what, value, text) => {
    const name = create([cn(value)])
    expect(name.commonName).toBe(value)
    expect(name.toString()).toBe(text)
  })

  it('is written last RDN first, with the values of one RDN joined by a plus sign', () => {
    expect(create([o('x')], [cn('a'), o('b')]).toString()).toBe('CN=a+O=b,O=x')
    expect(create().toString()).toBe('')
  })

  it.each([
    ['a type without a short name', attribute(EMAIL, hex('1603614062')), '1.2.840.113549.1.9.1=#1603614062'],
    ['a value that is no string', attribute(COMMON_NAME, hex('020105')), 'CN=#020105'],
  ])('is written as hexadecimal for %s', (_what, der, text) => {
    expect(create([der]).toString()).toBe(text)
  })

  it('does not confuse a string with the hexadecimal of another value', () => {
    const [number, string] = [create([attribute(COMMON_NAME, hex('020105'))]), create([cn('#020105')])]
    expect(number.toString()).toBe('CN=#020105')
    expect(string.toString()).toBe('CN=\\#020105')
  })

  it('is its text in JSON', () => {
    expect(JSON.stringify({ name: create([cn('a\n')]) })).toBe(String.raw`{"name":"CN=a\\0A"}`)
  })
})
