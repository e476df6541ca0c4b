import type { IncomingHttpHeaders } from 'node:http'

/**
 * What a request has in each field that is read, as it is there. The names stand here in full, for V8 looks up a
 * constant sooner than a variable.
 */
export class CloudflareTexts {
  readonly certificate: unknown
  readonly sha256: unknown
  readonly presented: unknown
  readonly verified: unknown
  readonly revoked: unknown
  readonly assertedSha256: unknown
  readonly serialNumber: unknown
  readonly subject: unknown
  readonly issuer: unknown
  readonly notBefore: unknown
  readonly notAfter: unknown

  constructor(headers: IncomingHttpHeaders) {
    this.certificate = headers['cf-client-cert-der-base64']
    this.sha256 = headers['cf-client-cert-sha256']
    this.presented = headers['cf-cert-presented']
    this.verified = headers['cf-cert-verified']
    this.revoked = headers['cf-cert-revoked']
    this.assertedSha256 = headers['cf-cert-sha256']
    this.serialNumber = headers['cf-cert-serial']
    this.subject = headers['cf-cert-subject-dn-rfc2253']
    this.issuer = headers['cf-cert-issuer-dn-rfc2253']
    this.notBefore = headers['cf-cert-not-before']
    this.notAfter = headers['cf-cert-not-after']
  }

  /** Whether there is the same in all of them. */
  areIn(headers: IncomingHttpHeaders): boolean {
    return (
      this.certificate === headers['cf-client-cert-der-base64'] &&
      this.sha256 === headers['cf-client-cert-sha256'] &&
      this.presented === headers['cf-cert-presented'] &&
      this.verified === headers['cf-cert-verified'] &&
      this.revoked === headers['cf-cert-revoked'] &&
      this.assertedSha256 === headers['cf-cert-sha256'] &&
      this.serialNumber === headers['cf-cert-serial'] &&
      this.subject === headers['cf-cert-subject-dn-rfc2253'] &&
      this.issuer === headers['cf-cert-issuer-dn-rfc2253'] &&
      this.notBefore === headers['cf-cert-not-before'] &&
      this.notAfter === headers['cf-cert-not-after']
    )
  }
}
