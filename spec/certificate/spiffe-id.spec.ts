import type { GeneralName, GeneralNameType } from '../../lib/certificate/general-name.js'
import { spiffeIdOf } from '../../lib/certificate/spiffe-id.js'

const uri = (value: string, type: GeneralNameType = 'uniformResourceIdentifier'): GeneralName => ({
  type,
  value,
})

describe('spiffeIdOf', () => {
  it.each([
    'spiffe://example.org',
    'spiffe://example.org/service',
    'spiffe://prod_1.example-2.org/ns/web/sa/Front-End_1.x',
    'spiffe://example.org/...',
    'spiffe://example.org/.hidden',
    `spiffe://${'a'.repeat(255)}`,
    `spiffe://a/${'b'.repeat(2036)}`,
  ])('takes %.60s', (id) => {
    expect(spiffeIdOf([uri(id)])).toBe(id)
  })

  it('ignores names of other types', () => {
    expect(spiffeIdOf([uri('a.example', 'dNSName'), uri('spiffe://a/b')])).toBe('spiffe://a/b')
  })

  it.each<[string, readonly GeneralName[]]>([
    ['no name', []],
    ['two URIs', [uri('spiffe://a/b'), uri('spiffe://a/c')]],
    ['a URI beside it', [uri('spiffe://a/b'), uri('https://a')]],
    ['a DNS name that looks like one', [uri('spiffe://a/b', 'dNSName')]],
    ['another scheme', [uri('https://a/b')]],
    ['a scheme in capitals', [uri('SPIFFE://a/b')]],
    ['no trust domain', [uri('spiffe:///b')]],
    ['capitals in the trust domain', [uri('spiffe://A/b')]],
    ['a port', [uri('spiffe://a:1/b')]],
    ['a user', [uri('spiffe://u@a/b')]],
    ['a query', [uri('spiffe://a/b?c')]],
    ['a fragment', [uri('spiffe://a/b#c')]],
    ['a slash at the end', [uri('spiffe://a/b/')]],
    ['an empty segment', [uri('spiffe://a//b')]],
    ['a dot segment', [uri('spiffe://a/./b')]],
    ['a double-dot segment', [uri('spiffe://a/b/../c')]],
    ['a double-dot segment at the end', [uri('spiffe://a/..')]],
    ['a percent sign', [uri('spiffe://a/%62')]],
    ['a line break', [uri('spiffe://a/b\n')]],
    ['a second URI in one', [uri('spiffe://a/b, URI:spiffe://a/c')]],
    ['a trust domain of 256 bytes', [uri(`spiffe://${'a'.repeat(256)}`)]],
    ['2,049 bytes', [uri(`spiffe://a/${'b'.repeat(2038)}`)]],
  ])('gives undefined for %s', (_what, names) => {
    expect(spiffeIdOf(names)).toBeUndefined()
  })
})
