import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { systemClock } from '../lib/clock.js'
import { Arrivals } from '../lib/continuity/arrivals.js'
import { Certificates } from '../lib/continuity/certificates.js'
import type { EdgeStatement } from '../lib/edges/edge.js'
import { Prover } from '../lib/prover.js'
import { base64Of } from './support/cloudflare-fields.js'
import { codeOf } from './support/code-of.js'

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })
const bob = authority.issue({ subject: { commonName: 'bob' } })

const statement = (hashes: readonly string[]): EdgeStatement => ({
  certificate: base64Of(alice.der),
  thumbprint: undefined,
  hashes,
  assertions: {},
  verifiedBy: undefined,
})

describe('a certificate that is known, in a text that is not', () => {
  let certificates: Certificates
  let prover: Prover

  beforeEach(() => {
    const arrivals = new Arrivals({ maxMs: 0, maxWaiters: 1, maxWaitersPerKey: 1 }, systemClock)
    certificates = new Certificates({ maxCertificates: 2, clock: systemClock, arrivals, shared: undefined })
    for (const { thumbprint, der } of [alice, bob]) certificates.admit(thumbprint, der, [])
    prover = new Prover(cloudflare(), certificates)
  })

  it.each<[what: string, hashes: readonly string[]]>([
    ['its hash', [alice.thumbprint]],
    ['no hash', []],
  ])('is not admitted again with %s', (_what, hashes) => {
    const known = certificates.get(alice.thumbprint)
    const admit = jest.spyOn(certificates, 'admit')
    expect(prover.prove(statement(hashes))?.identity).toBe(known)
    expect(admit).not.toHaveBeenCalled()
  })

  it('is refused under the hash of another one that is known', () => {
    expect(codeOf(() => prover.prove(statement([bob.thumbprint])))).toBe('ERR_MTLS_THUMBPRINT_MISMATCH')
  })
})
