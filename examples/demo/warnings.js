/**
 * Keeps the warnings of this process, which Node would print into the middle of a table. Returns a function
 * that gives those that have come since it was last called.
 * @returns {() => Warning[]}
 */
export const collectWarnings = () => {
  /** @type {Warning[]} */
  const warnings = []
  process.removeAllListeners('warning')
  process.on('warning', (warning) => warnings.push(warning))
  return () => warnings.splice(0)
}

/** @typedef {Error & { code?: string }} Warning */
