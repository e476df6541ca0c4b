import express from 'express'
import { requireIdentity, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import request from 'supertest'
import { createMiddleware } from '../../../lib/middleware.js'
import { ANONYMOUS, forwarded, SHA256_FIELD, transformed } from '../../support/cloudflare-fields.js'
import type { FieldLines } from '../../support/raw-client.js'
import { TestClock } from '../../support/test-clock.js'
import type { Samples } from './prometheus-text.js'

const DAY_MS = 86_400_000
const DAY_SECONDS = 86_400
const authority = createCertificateAuthority()

/** A clock at the start of a second; no two looks at how long something takes are at the same time. */
export class TickingClock extends TestClock {
  constructor() {
    super()
    this.stepWallClock(-(this.now() % 1_000))
  }

  override monotonicMs(): number {
    this.advance(4)
    this.stepWallClock(-4)
    return super.monotonicMs()
  }
}

/** Asks an origin for a path with these fields, and gives the status of the answer. */
export type Ask = (path: string, fields: FieldLines) => Promise<number>

/** An Express application behind Cloudflare with "Add TLS client auth headers", `/admin` behind a guard. */
export const createOrigin = (
  clock: TestClock,
  options: MtlsIdentityOptions = {},
  ...before: express.RequestHandler[]
): Ask => {
  const app = express().set('env', 'test')
  const edge = cloudflare({ clientAuthHeaders: true })
  app.use(...before, createMiddleware({ trust: 'loopback', edge, wait: { maxMs: 0 }, ...options }, clock))
  app.use('/admin', requireIdentity())
  app.use((_req, res) => res.end())
  return async (path, fields) => (await request(app).get(path).set(Object.fromEntries(fields))).status
}

/** One of every outcome that a request can have. */
export const makeTraffic = async (clock: TestClock): Promise<void> => {
  const notAfter = new Date(clock.now() + 12 * DAY_MS)
  const alice = authority.issue({ subject: { commonName: 'alice' }, notAfter })
  const bob = authority.issue({ subject: { commonName: 'bob' } })
  const ask = createOrigin(clock)
  await ask('/', [...forwarded(alice), ...transformed(alice)])
  await ask('/admin', transformed(alice))
  await ask('/admin', transformed(alice, 'true'))
  await ask('/admin', ANONYMOUS)
  await ask('/', transformed(bob))
  await ask('/', [...forwarded(alice), ...transformed(bob)])
  await ask('/', [[SHA256_FIELD, 'alice'], ...transformed(alice)])
  await createOrigin(clock, { trust: '192.0.2.1' })('/', forwarded(alice))
}

/** What that traffic measures, by the names that it has in Prometheus. */
export const SAMPLES: Samples = {
  'mtls_identity_requests_total{evidence="certificate",outcome="identified"}': 1,
  'mtls_identity_requests_total{evidence="thumbprint",outcome="identified"}': 1,
  'mtls_identity_requests_total{evidence="thumbprint",outcome="problem"}': 2,
  'mtls_identity_requests_total{evidence="none",outcome="anonymous"}': 1,
  'mtls_identity_requests_total{evidence="none",outcome="refused"}': 2,
  'mtls_identity_requests_total{evidence="none",outcome="untrusted_peer"}': 1,
  'mtls_identity_request_problems_total{evidence="thumbprint",problem="ERR_MTLS_CERTIFICATE_REVOKED"}': 1,
  'mtls_identity_request_problems_total{evidence="thumbprint",problem="ERR_MTLS_CERTIFICATE_NOT_VERIFIED"}': 1,
  'mtls_identity_request_problems_total{evidence="thumbprint",problem="ERR_MTLS_CERTIFICATE_UNKNOWN"}': 1,
  'mtls_identity_request_problems_total{evidence="none",problem="ERR_MTLS_THUMBPRINT_MISMATCH"}': 1,
  'mtls_identity_request_problems_total{evidence="none",problem="ERR_MTLS_FIELD_INVALID"}': 1,
  'mtls_identity_request_problems_total{evidence="none",problem="ERR_MTLS_UNTRUSTED_PEER"}': 1,
  'mtls_identity_request_denials_total{code="ERR_MTLS_CERTIFICATE_NOT_VERIFIED"}': 1,
  'mtls_identity_request_denials_total{code="ERR_MTLS_IDENTITY_REQUIRED"}': 1,
  'mtls_identity_certificate_cache_lookups_total{result="miss"}': 2,
  'mtls_identity_certificate_cache_lookups_total{result="hit"}': 2,
  'mtls_identity_certificate_parse_duration_seconds_sum{source="request"}': 0.004,
  'mtls_identity_certificate_parse_duration_seconds_count{source="request"}': 1,
  'mtls_identity_certificate_time_to_expiry_seconds_sum{verified_by="edge"}': 12 * DAY_SECONDS,
  'mtls_identity_certificate_time_to_expiry_seconds_count{verified_by="edge"}': 1,
}
