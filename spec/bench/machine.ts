import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus, totalmem } from 'node:os'

const PACKAGES = ['@peculiar/x509', 'lru-cache', 'express', 'mitata', 'autocannon'] as const

/** What a figure means nothing without. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly node: string
  readonly v8: string
  readonly openssl: string
  readonly packages: Readonly<Record<string, string>>
}

/** Looks where Node looks, for not every package lets its package.json be imported. */
const versionOf = (name: string): string => {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  for (const folder of folders) {
    try {
      const { version } = JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8')) as {
        version: string
      }
      return version
    } catch {
      // It is in a folder further up.
    }
  }
  return 'unknown'
}

export const describeMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  v8: process.versions.v8,
  openssl: process.versions.openssl,
  packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
})

export const formatMachine = ({ cpu, cores, memoryGiB, node, v8, openssl, packages }: Machine): string => {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB; Node ${node} (V8 ${v8}, OpenSSL ${openssl}); ${versions.join(', ')}`
}
