import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program that a spec runs, and where it comes from. */
export interface Binary {
  readonly command: string
  /** What to install on Debian. */
  readonly packages: string
  /** Whether this one can do what is asked of it. Default: any can. */
  readonly isComplete?: (path: string) => boolean
}

/** Real programs on a busy machine take their time. */
const TIMEOUT_MS = 60_000
/** Where a user that is not root does not look, but servers are. */
const MORE_FOLDERS = ['/usr/local/sbin', '/usr/sbin']

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The path of a program; `undefined` where it is not installed. */
export const findBinary = ({ command, isComplete = () => true }: Binary): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter), ...MORE_FOLDERS]
    .map((folder) => join(folder, command))
    .find((path) => isExecutable(path) && isComplete(path))

/** Specs that need a program. Where it is missing they are skipped, and say so; in CI they fail. */
export const describeWith = (binary: Binary, title: string, specs: (path: string) => void): void => {
  const { command, packages } = binary
  const path = findBinary(binary)
  jest.setTimeout(TIMEOUT_MS)
  const missing = `${command} is not here: apt-get install ${packages}`
  if (path !== undefined) {
    describe(title, () => {
      // That edges share origin connections is no news here.
      beforeAll(() => {
        jest.spyOn(process, 'emitWarning').mockReturnValue()
      })
      afterAll(() => {
        jest.restoreAllMocks()
      })
      specs(path)
    })
  } else if (process.env['CI'] === 'true') {
    it(`${title}: ${command} is installed`, () => {
      throw new Error(missing)
    })
  } else {
    console.warn(`Skipped: ${title}. ${missing}`)
    describe.skip(title, () => {
      specs(command)
    })
  }
}
