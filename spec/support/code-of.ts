/** The code of the error that this throws; `undefined` if it throws none. */
export const codeOf = (run: () => unknown): unknown => {
  try {
    run()
    return undefined
  } catch (error) {
    return (error as { code?: unknown }).code ?? error
  }
}
