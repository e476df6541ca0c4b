import type { IncomingMessage } from 'node:http'
import type { MtlsContext } from '../context.js'
import { recognised, untrustedPeer } from './channels.js'

/** Tells whoever listens who a request from the edge is from. */
export const publishRecognition = (request: IncomingMessage, context: MtlsContext): void => {
  if (recognised.hasSubscribers) recognised.publish(Object.freeze({ request, context }))
}

/** Tells whoever listens that a request did not come from the edge. */
export const publishUntrustedPeer = (request: IncomingMessage): void => {
  if (untrustedPeer.hasSubscribers) untrustedPeer.publish(Object.freeze({ request }))
}
