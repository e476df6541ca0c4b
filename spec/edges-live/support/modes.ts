import { connectionId, type MtlsIdentityOptions } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { AS_WRITTEN, type Speech } from './live-edge.js'

/** An agreement between an edge and the middleware. */
export interface Mode {
  readonly name: string
  readonly speech: Speech
  readonly origin: MtlsIdentityOptions
  /** Whether every request tells whose it is, so that none may stay unknown. */
  readonly isTold: boolean
}

const ON_FIRST: Speech = { certificateOn: 'first-request', sha256On: 'certificate', clientAuthHeaders: 'off' }
const enforced = cloudflare({ enforced: true })

/** More than the default, for the machine of a test may be busier than an origin. */
const wait = { maxMs: 400 }

export const FIRST: Mode = {
  name: 'first request, nothing else',
  speech: ON_FIRST,
  origin: { edge: enforced },
  isTold: false,
}

export const FIRST_AND_CLIENT_AUTH: Mode = {
  name: 'first request + Cf-Cert-*',
  speech: { ...ON_FIRST, clientAuthHeaders: 'on' },
  origin: { edge: cloudflare({ clientAuthHeaders: true }), wait },
  isTold: true,
}

export const EVERY: Mode = {
  name: 'every request, nothing else',
  speech: { ...AS_WRITTEN, clientAuthHeaders: 'off' },
  origin: { edge: enforced },
  isTold: true,
}

export const FIRST_AND_CONNECTION_ID: Mode = {
  name: 'first request + connection id',
  speech: ON_FIRST,
  origin: { edge: enforced, continuity: connectionId('X-Connection-Id'), wait },
  isTold: true,
}

export const FIRST_AND_SHA256: Mode = {
  name: 'first request + SHA-256 on every',
  speech: { ...ON_FIRST, sha256On: 'every-request' },
  origin: { edge: cloudflare({ enforced: true, sha256OnEveryRequest: true }), wait },
  isTold: true,
}

export const EVERY_AND_CLIENT_AUTH: Mode = {
  name: 'every request + Cf-Cert-*',
  speech: AS_WRITTEN,
  origin: { edge: cloudflare({ clientAuthHeaders: true }) },
  isTold: true,
}

/** For an edge that looks at no revocation list, and so says nothing about revocation. */
export const EVERY_AND_CLIENT_AUTH_ENFORCED: Mode = {
  name: 'every request + Cf-Cert-*, enforced',
  speech: AS_WRITTEN,
  origin: { edge: cloudflare({ clientAuthHeaders: true, enforced: true }) },
  isTold: true,
}

export const ALL_MODES = [FIRST, FIRST_AND_CLIENT_AUTH, EVERY, FIRST_AND_CONNECTION_ID, FIRST_AND_SHA256]
