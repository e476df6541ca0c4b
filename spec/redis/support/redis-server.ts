import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { createClient } from 'redis'
import { freePorts } from './free-ports.js'
import { Output } from './output.js'

export const HOST = '127.0.0.1'

/** What a TLS connection to the server is made with: it asks its clients for a certificate. */
export interface RedisTls {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

export interface RedisServerOptions {
  /** A cluster of one node, which has all the slots. Default: false. */
  readonly isCluster?: boolean
  /** Writes every command to disk before it answers, so that nothing is lost when it is killed. Default: false. */
  readonly isDurable?: boolean
}

const isInstalled = (): boolean => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

/** `describe`, skipped aloud where there is no `redis-server`. In CI its specs fail instead. */
export const describeWithRedis = ((): jest.Describe => {
  if (isInstalled() || process.env['CI'] === 'true') return describe
  process.stderr.write('There is no redis-server on PATH: the specs that need one are skipped.\n')
  return describe.skip
})()

/** A real redis-server of a spec's own, over plain TCP and TLS, in a folder of its own. */
export class RedisServer {
  #child: ChildProcess | undefined

  constructor(
    readonly port: number,
    readonly tlsPort: number,
    readonly tls: RedisTls,
    private readonly folder: string,
    private readonly args: readonly string[],
  ) {}

  /** Starts it, the second time on the same ports and with what it has on disk. */
  async start(onListening?: () => Promise<unknown>): Promise<void> {
    const child = spawn('redis-server', this.args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error))
    const output = new Output(child.stdout)
    await Promise.race([output.waitFor(/Ready to accept connections/), failed])
    await onListening?.()
    if (this.args.includes('--cluster-enabled')) await output.waitFor(/Cluster state changed: ok/)
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (child?.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }

  /** It keeps its connections, and answers nothing until `thaw()`. */
  freeze(): void {
    this.#child?.kill('SIGSTOP')
  }

  thaw(): void {
    this.#child?.kill('SIGCONT')
  }

  /** Ends it and removes its files. */
  async close(): Promise<void> {
    await this.stop('SIGKILL')
    rmSync(this.folder, { recursive: true })
  }
}

/** Starts a server that keeps nothing on disk, unless it is to be durable. */
export const startRedis = async (options: RedisServerOptions = {}): Promise<RedisServer> => {
  try {
    return await startOnFreePorts(options)
  } catch {
    // Somebody else may have taken a port since it was free.
    return startOnFreePorts(options)
  }
}

/** One server that is standalone, and one that is a cluster: both, or none. */
export const startBothKinds = async (): Promise<readonly [standalone: RedisServer, cluster: RedisServer]> => {
  const standalone = await startRedis()
  try {
    return [standalone, await startRedis({ isCluster: true })]
  } catch (error) {
    await standalone.close()
    throw error
  }
}

const startOnFreePorts = async ({ isCluster, isDurable }: RedisServerOptions): Promise<RedisServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'mtls-identity-redis-'))
  const tls = writeTlsFiles(folder)
  const [port = 0, tlsPort = 0, busPort = 0] = await freePorts(3)
  const server = new RedisServer(port, tlsPort, tls, folder, [
    ...['--bind', HOST, '--port', `${port}`, '--save', ''],
    ...['--tls-port', `${tlsPort}`, '--tls-cert-file', 'redis.pem', '--tls-key-file', 'redis.key'],
    ...['--tls-ca-cert-file', 'ca.pem', '--tls-auth-clients', 'yes'],
    ...(isCluster === true ? clusterArguments(busPort) : []),
    ...(isDurable === true ? ['--appendonly', 'yes', '--appendfsync', 'always'] : []),
  ])
  try {
    await server.start(isCluster === true ? () => assignSlots(port) : undefined)
    return server
  } catch (error) {
    await server.close()
    throw error
  }
}

const writeTlsFiles = (folder: string): RedisTls => {
  const authority = createCertificateAuthority()
  const server = authority.issue({
    subject: { commonName: 'redis' },
    subjectAltName: [{ type: 'iPAddress', value: HOST }],
    extendedKeyUsage: ['serverAuth'],
  })
  const client = authority.issue({ subject: { commonName: 'origin' } })
  writeFileSync(join(folder, 'ca.pem'), authority.certificate)
  writeFileSync(join(folder, 'redis.pem'), server.chain)
  writeFileSync(join(folder, 'redis.key'), server.privateKey, { mode: 0o600 })
  return { ca: authority.certificate, cert: client.chain, key: client.privateKey }
}

const clusterArguments = (busPort: number): string[] => [
  ...[
    '--cluster-enabled',
    'yes',
    '--cluster-port',
    `${busPort}`,
    '--cluster-announce-ip',
    HOST,
    '--tls-cluster',
    'yes',
  ],
]

const assignSlots = async (port: number): Promise<void> => {
  const admin = await createClient({ socket: { host: HOST, port } }).connect()
  await admin.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', '0', '16383'])
  admin.destroy()
}
