import { readFileSync, writeFileSync } from 'node:fs'

const FILE = 'README.md'

/** The text with what stands between the two comments of this name replaced. Throws where they are not there. */
export const replaceBetween = (text: string, name: string, replacement: string): string => {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`There is no place for ${name} in ${FILE}.`)
  return `${text.slice(0, from)}${begin}\n\n${replacement}\n\n${text.slice(to)}`
}

/** Writes what a command has found into the README, where a pair of comments has its name. */
export const writeToReadme = (name: string, text: string): void => {
  writeFileSync(FILE, replaceBetween(readFileSync(FILE, 'utf8'), name, text))
}
