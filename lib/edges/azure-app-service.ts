import { decodeBase64 } from '../field/base64.js'
import { MAX_CERTIFICATE_BYTES } from './asserted.js'
import type { Edge } from './edge.js'
import { createFieldEdge } from './field-edge.js'
import type { FieldEdgeOptions } from './field-edge-settings.js'

/** Names of the fields of `azureAppService()`. */
export interface AzureAppServiceFields {
  /** The certificate in base64. Default: `X-ARR-ClientCert`. */
  readonly certificate: string
}

/** What is set up at Azure. */
export type AzureAppServiceOptions = FieldEdgeOptions<AzureAppServiceFields>

/**
 * Azure App Service with incoming client certificates.
 * https://learn.microsoft.com/azure/app-service/app-service-web-configure-tls-mutual-auth
 * The service verifies nothing, a self-signed certificate gets through: verify at the origin.
 */
export const azureAppService = (options: AzureAppServiceOptions = {}): Edge =>
  createFieldEdge(
    {
      name: 'azureAppService',
      certificate: { field: 'X-ARR-ClientCert', maxBytes: MAX_CERTIFICATE_BYTES, decode: decodeBase64 },
    },
    options,
  )
