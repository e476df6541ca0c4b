import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as edges from 'mtls-identity/edges'
import type { Edge } from 'mtls-identity/edges'

const ROOT = join(__dirname, '../..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const [SECTION = ''] = /^## Every edge\n[^]*?(?=^## )/m.exec(README) ?? []

const ROWS = SECTION.split('\n').filter((line) => line.startsWith('| `'))
const rowOf = (call: string): string => ROWS.find((row) => row.startsWith(`| \`${call}`)) ?? ''

/** The edges of the table as they are without names of the operator's own. */
const EDGES: readonly (readonly [call: string, edge: Edge])[] = [
  ['cloudflare()', edges.cloudflare()],
  ['cloudflareWorker(', edges.cloudflareWorker()],
  ['rfc9440()', edges.rfc9440()],
  ["awsAlb({ mode: 'verify' })", edges.awsAlb({ mode: 'verify' })],
  ["awsAlb({ mode: 'passthrough' })", edges.awsAlb({ mode: 'passthrough' })],
  ['cloudFront()', edges.cloudFront()],
  ['googleLoadBalancer(', edges.googleLoadBalancer()],
  ['azureAppService()', edges.azureAppService()],
  ['envoy()', edges.envoy()],
  ['nginx(', edges.nginx()],
  ['haproxy(', edges.haproxy()],
  ['traefik()', edges.traefik()],
  ['caddy(', edges.caddy()],
  ['apache(', edges.apache()],
  ['directTls()', edges.directTls()],
]

/** The names of a row: whole ones, ends of names (`-Subject`), and beginnings (`Cf-Cert-*`). */
const namesIn = (row: string): readonly string[] =>
  [...(row.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => String(name).toLowerCase())

const isNamed = (field: string, names: readonly string[]): boolean =>
  names.some((name) => {
    if (name.endsWith('*')) return field.startsWith(name.slice(0, -1))
    return name.startsWith('-') ? field.endsWith(name) : field === name
  })

/** The names that the option `fields` has, by what is said of one that it has not. */
const optionsOf = (create: (options: { fields: Record<string, string> }) => Edge): readonly string[] => {
  try {
    create({ fields: { unheardOf: 'X-Spec' } })
  } catch (error) {
    return String(error)
      .replace(/^.*options are /, '')
      .split(', ')
  }
  throw new Error('It takes any name.')
}

const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim())
/** Every line of an example, in whichever of its files. */
const exampleLines = (folder: string): ReadonlySet<string> => {
  const files = readdirSync(join(ROOT, 'examples', folder), { recursive: true, withFileTypes: true })
  const texts = files
    .filter((file) => file.isFile() && file.name !== 'README.md')
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
  return new Set(texts.flatMap(linesOf))
}

/** The blocks of code of a language in the section. */
const blocksOf = (language: string): readonly string[] =>
  [...SECTION.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) =>
    String(text),
  )

describe('the table of every edge in the README', () => {
  it('has a row for each preset', () => {
    const presets = Object.keys(edges).filter((name) => !['decodeBase64', 'readSingleton'].includes(name))
    const named = EDGES.map(([call]) => /^\w+/.exec(call)?.[0])
    expect([...new Set(named)].sort()).toEqual(presets.sort())
    expect(ROWS).toHaveLength(EDGES.length)
  })

  it.each(EDGES)('names every field that %s takes, and no other', (call, edge) => {
    const names = namesIn(rowOf(call))
    expect(edge.fields.filter((field) => !isNamed(field, names))).toEqual([])
    const whole = names.filter((name) => /^[a-z]+(-[a-z0-9]+)+$/.test(name))
    const optional = call === 'cloudflare()' ? edges.cloudflare({ clientAuthHeaders: true }).fields : []
    expect(whole.filter((name) => ![...edge.fields, ...optional].includes(name))).toEqual([])
  })

  it.each<[call: string, create: (options?: { fields: Record<string, string> }) => Edge]>([
    ['cloudflareWorker(', edges.cloudflareWorker],
    ['rfc9440()', edges.rfc9440],
    ['cloudFront()', edges.cloudFront],
    ['googleLoadBalancer(', edges.googleLoadBalancer],
    ['azureAppService()', edges.azureAppService],
    ['nginx(', edges.nginx],
    ['haproxy(', edges.haproxy],
    ['traefik()', edges.traefik],
    ['caddy(', edges.caddy],
    ['apache(', edges.apache],
  ])('names what %s reads by name alone', (call, create) => {
    const isByName = (option: string): boolean =>
      create({ fields: { [option]: 'X-Spec' } }).fields.length > create().fields.length
    const byName = optionsOf(create).filter(isByName)
    const [, named = ''] = /\((`\w+`(?:, `\w+`)*)\)/.exec(rowOf(call).split('|')[2] ?? '') ?? []
    expect(named.split(', ').join()).toBe(byName.map((option) => `\`${option}\``).join())
  })

  it.each([
    ['haproxy', 'haproxy'],
    ['nginx', 'nginx'],
    ['caddyfile', 'caddy'],
    ['apache', 'apache'],
  ])('quotes the lines for %s as they stand in the example that is tested', (language, folder) => {
    const known = exampleLines(folder)
    const blocks = blocksOf(language)
    expect(blocks.length).toBeGreaterThan(1)
    expect(blocks.flatMap(linesOf).filter((line) => !known.has(line))).toEqual([])
  })

  it('tells the origin what the comments of the examples tell it', () => {
    const told = [
      ...SECTION.matchAll(/`((?:haproxy|nginx|caddy|apache)\(\{ (?:fields: \{|enforced)[^`]+\))`/g),
    ]
    const examples = ['haproxy', 'nginx', 'caddy', 'apache'].flatMap((folder) => [...exampleLines(folder)])
    expect(told.length).toBeGreaterThan(4)
    expect(
      told
        .map(([, call]) => String(call))
        .filter((call) => !examples.some((line) => line.startsWith('# ') && line.includes(call))),
    ).toEqual(["nginx({ fields: { certificate: 'X-My-Cert' } })"])
  })

  it('links to sections and examples that exist', () => {
    const headings = [...README.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      String(title).toLowerCase().replaceAll(' ', '-'),
    )
    const anchors = [...SECTION.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
    const folders = [...SECTION.matchAll(/\]\((examples\/[^)#]+)[^)]*\)/g)].map(([, path]) => String(path))
    expect(anchors.filter((anchor) => !headings.includes(String(anchor)))).toEqual([])
    expect(folders.length).toBeGreaterThan(4)
    expect(folders.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})
