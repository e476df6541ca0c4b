import { admitCertificate } from '../../lib/certificate/admit.js'
import { CertificateIdentity } from '../../lib/certificate/identity.js'
import { thumbprintOf } from '../../lib/certificate/thumbprint.js'

/** The identity of a certificate, as the middleware admits it. */
export const createIdentity = (der: Uint8Array, chain: readonly Uint8Array[] = []): CertificateIdentity =>
  new CertificateIdentity(admitCertificate(der, thumbprintOf(der), chain), () => undefined)
