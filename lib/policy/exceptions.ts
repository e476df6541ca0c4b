import type { MtlsIdentityErrorCode } from '../errors.js'
import { assertOptionNames, resolveFlag } from '../option-check.js'

/** Problems that a guard may be told to overlook, each by its name. All default to false. */
export interface IdentityExceptions {
  /** Lets clients pass that are only inferred: behind a pooling edge that can be anybody. */
  readonly dangerouslyAllowInferred?: boolean
  /** Lets certificates pass that nobody verified: anybody can make one with any name in it. */
  readonly dangerouslyAllowNotVerified?: boolean
  readonly dangerouslyAllowExpired?: boolean
  readonly dangerouslyAllowNotYetValid?: boolean
  readonly dangerouslyAllowRevoked?: boolean
}

const CODES: Readonly<Record<keyof IdentityExceptions, MtlsIdentityErrorCode>> = {
  dangerouslyAllowInferred: 'ERR_MTLS_IDENTITY_INFERRED',
  dangerouslyAllowNotVerified: 'ERR_MTLS_CERTIFICATE_NOT_VERIFIED',
  dangerouslyAllowExpired: 'ERR_MTLS_CERTIFICATE_EXPIRED',
  dangerouslyAllowNotYetValid: 'ERR_MTLS_CERTIFICATE_NOT_YET_VALID',
  dangerouslyAllowRevoked: 'ERR_MTLS_CERTIFICATE_REVOKED',
}

const NAMES = Object.keys(CODES) as readonly (keyof IdentityExceptions)[]

/** The codes of the problems to overlook. Throws a `TypeError` for an unknown or wrong option. */
export const resolveExceptions = (exceptions: IdentityExceptions): ReadonlySet<MtlsIdentityErrorCode> => {
  assertOptionNames(exceptions, NAMES, 'requireIdentity()')
  return new Set(NAMES.filter((name) => resolveFlag(exceptions[name], name)).map((name) => CODES[name]))
}
