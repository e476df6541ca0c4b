import { CLIENT_ADDRESS_FIELD, type Fields, forwardedFields, transformFields } from './fields.js'
import type { Certificate } from './certificates.js'
import { CONNECTION_ID_FIELD } from './world.js'

/** What a client adds to its own request: nothing, or what is meant to look like it came from the edge. */
export const FORGERIES = [
  'nothing',
  'a certificate and its hash',
  'a hash',
  'assertions of the transform',
  'a certificate and assertions',
  'a connection id',
  'an address',
] as const

export type Forgery = (typeof FORGERIES)[number]

/** Whom an attacker would like to be: somebody's certificate, and the id of somebody's connection. */
export interface Victim {
  readonly certificate: Certificate
  readonly connectionId: string
}

export const forge = (forgery: Forgery, { certificate, connectionId }: Victim): Fields => {
  const pair = forwardedFields(certificate)
  switch (forgery) {
    case 'nothing':
      return []
    case 'a certificate and its hash':
      return pair
    case 'a hash':
      return pair.slice(1)
    case 'assertions of the transform':
      return transformFields(certificate, 'valid')
    case 'a certificate and assertions':
      return [...pair, ...transformFields(certificate, 'valid')]
    case 'a connection id':
      return [[CONNECTION_ID_FIELD, connectionId]]
    case 'an address':
      return [[CLIENT_ADDRESS_FIELD, '192.0.2.66']]
  }
}
