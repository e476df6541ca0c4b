import { decodeUrlPem } from '../field/url-pem.js'
import { decodeValidity, MAX_VALIDITY_BYTES } from '../field/validity-text.js'
import { ASSERTED, MAX_CERTIFICATE_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import { createFieldEdge } from './field-edge.js'
import type { FieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `cloudFront()`. */
export interface CloudFrontFields {
  /** Default: `CloudFront-Viewer-Cert-Pem`. */
  readonly certificate: string
  /** Default: `CloudFront-Viewer-Cert-Present`. */
  readonly presented: string
  /** Default: `CloudFront-Viewer-Cert-Sha256`. */
  readonly sha256: string
  /** Default: `CloudFront-Viewer-Cert-Serial-Number`. */
  readonly serialNumber: string
  /** Default: `CloudFront-Viewer-Cert-Issuer`. */
  readonly issuer: string
  /** Default: `CloudFront-Viewer-Cert-Subject`. */
  readonly subject: string
  /** Default: `CloudFront-Viewer-Cert-Validity`. */
  readonly validity: string
}

/** What is set up at CloudFront. */
export type CloudFrontOptions = FieldEdgeOptions<CloudFrontFields>

const FIELD = 'CloudFront-Viewer-Cert'

/**
 * Amazon CloudFront with viewer mTLS.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewer-mtls-headers.html
 * In modes Required and Optional it refuses what it cannot verify, which `enforced` declares: no field says
 * so, and in mode Passthrough the same fields are sent of any certificate.
 */
export const cloudFront = (options: CloudFrontOptions = {}): Edge =>
  createFieldEdge(
    {
      name: 'cloudFront',
      certificate: { field: `${FIELD}-Pem`, maxBytes: MAX_CERTIFICATE_BYTES, decode: decodeUrlPem },
      asserted: {
        presented: { ...ASSERTED.presentedBit, field: `${FIELD}-Present` },
        sha256: { ...ASSERTED.sha256, field: `${FIELD}-Sha256` },
        serialNumber: { ...ASSERTED.serialNumber, field: `${FIELD}-Serial-Number` },
        issuer: { ...ASSERTED.issuer, field: `${FIELD}-Issuer` },
        subject: { ...ASSERTED.subject, field: `${FIELD}-Subject` },
        validity: { field: `${FIELD}-Validity`, maxBytes: MAX_VALIDITY_BYTES, decode: decodeValidity },
      },
      // Without a certificate CloudFront has no hash to overwrite the viewer's own with.
      isVouched: ({ presented }) => presented === true,
    },
    options,
  )
