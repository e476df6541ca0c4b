import { assertOptionNames } from '../option-check.js'
import { resolveProfile, type RedactionProfile } from './profile.js'

/** Options of the adapters for loggers. */
export interface AdapterOptions {
  /** How much is said about who is calling. Default: `'full'`. */
  readonly profile?: RedactionProfile
}

/** The profile that is asked for. Throws a `TypeError` that names the option or its owner. */
export const resolveAdapterProfile = (options: AdapterOptions, owner: string): RedactionProfile => {
  assertOptionNames(options, ['profile'], owner)
  return resolveProfile(options.profile)
}
