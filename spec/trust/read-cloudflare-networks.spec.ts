import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cloudflareNetworks, readCloudflareNetworks } from 'mtls-identity/trust'
import { ANSWER, IPV4, IPV6 } from './support/api-answer.js'

describe('readCloudflareNetworks', () => {
  let folder: string
  let file: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mtls-identity-'))
    file = join(folder, 'networks.txt')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it.each<[what: string, text: string]>([
    ['one network on a line', [...IPV4, ...IPV6].join('\n')],
    ['comments, empty lines and CRLF', `# ips-v4\r\n${IPV4.join('\r\n')}\r\n\r\n  ${IPV6.join(' # v6\r\n')}`],
    ["the answer of Cloudflare's API", JSON.stringify(ANSWER)],
    ['the same with indentation', `\n${JSON.stringify(ANSWER, null, 2)}\n`],
  ])('reads %s', async (_what, text) => {
    await writeFile(file, text)
    expect(await readCloudflareNetworks(file)).toEqual([...IPV4, ...IPV6])
    expect(await readCloudflareNetworks(pathToFileURL(file))).toEqual([...IPV4, ...IPV6])
  })

  it('gives what an update takes', async () => {
    const trust = cloudflareNetworks()
    await writeFile(file, '192.0.2.0/24')
    trust.update(await readCloudflareNetworks(file))
    expect(trust.networks).toEqual(['192.0.2.0/24'])
  })

  it.each<[what: string, text: string]>([
    ['an empty file', ''],
    ['comments alone', '# 192.0.2.0/24\n'],
    ['two lines that ran together', '131.0.72.0/222400:cb00::/32'],
    ['a page in HTML', '<!doctype html>'],
    ['half an answer', JSON.stringify(ANSWER).slice(0, -5)],
    ['a list in JSON', JSON.stringify(IPV4)],
    ['everybody', '0.0.0.0/0'],
  ])('does not take %s', async (_what, text) => {
    await writeFile(file, text)
    await expect(readCloudflareNetworks(file)).rejects.toThrow(TypeError)
  })

  it('rejects where there is no file', async () => {
    await expect(readCloudflareNetworks(file)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
