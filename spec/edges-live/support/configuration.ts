import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const EXAMPLES = join(__dirname, '../../../examples')

/** Where a file of `examples` is. */
export const examplePath = (path: string): string => join(EXAMPLES, path)

/** A file of `examples`, as users copy it. */
export const readExample = (path: string): string => readFileSync(examplePath(path), 'utf8')

/** Puts another text where an example says what users are to change; it must stand there exactly once. */
export const replaceOnce = (text: string, from: string, to: string): string => {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} is there ${parts.length - 1} times`)
  return parts.join(to)
}

/** Puts lines in front of one that is there exactly once. */
export const insertBefore = (text: string, line: string, ...lines: readonly string[]): string =>
  replaceOnce(text, line, [...lines, line].join('\n'))
