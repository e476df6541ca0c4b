const warn = (message: string, code: string): void => {
  process.emitWarning(message, { type: 'MtlsIdentityWarning', code })
}

/** Warns that the shared store does not answer; again only after it did in between. */
export const warnStoreUnavailable = (): void => {
  warn(
    'The identity store does not answer. Clients that only another process has seen are not known until it does.',
    'MTLS_IDENTITY_STORE_UNAVAILABLE',
  )
}

/** Warns that the shared store gave back something that cannot be what was put there. */
export const warnStorePoisoned = (): void => {
  warn(
    'The identity store gave back a value that does not belong to its key; it was not used. Somebody else writes there.',
    'MTLS_IDENTITY_STORE_POISONED',
  )
}
