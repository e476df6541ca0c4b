import { readFile } from 'node:fs/promises'
import { parseAnswer, parseLines } from './network-list.js'

/**
 * Reads Cloudflare's networks from a file that the operator keeps up to date: one CIDR on a line with `#` for
 * comments, as https://www.cloudflare.com/ips-v4 and ips-v6 are, or the JSON of Cloudflare's API. Rejects
 * where the file cannot be read, and with a `TypeError` for anything else in it.
 */
export const readCloudflareNetworks = async (file: string | URL): Promise<readonly string[]> => {
  const text = await readFile(file, 'utf8')
  const parse = text.trimStart().startsWith('{') ? parseAnswer : parseLines
  return parse(text, 'the file of networks')
}
