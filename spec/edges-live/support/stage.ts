import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestHandler } from 'express'
import { createCertificateAuthority, type TestEdge } from 'mtls-identity/testing'
import { authority } from './cast.js'
import { findFreePort } from './free-port.js'
import type { LiveEdge, PemFiles } from './live-edge.js'
import type { Mode } from './modes.js'
import { startOracleOrigin } from './oracle-origin.js'
import { asTheyCome } from './overtaking.js'
import { startProgram, type Program } from './program.js'

const ATTEMPTS = 3

/** A real edge, and the port of 127.0.0.1 on which the origin behind it listens. */
export interface Stage extends TestEdge {
  readonly originPort: number
}

const edgeAuthority = createCertificateAuthority({ subject: { commonName: 'Live Edge CA' } })
const edgeCertificate = edgeAuthority.issue({
  subject: { commonName: 'localhost' },
  subjectAltName: [{ type: 'dNSName', value: 'localhost' }],
  extendedKeyUsage: ['serverAuth'],
})

const writePemFiles = (folder: string): PemFiles => {
  const write = (name: string, pem: string): string => {
    const path = join(folder, name)
    writeFileSync(path, pem, { mode: 0o600 })
    return path
  }
  const { chain, privateKey } = edgeCertificate
  return {
    edgeCertificate: write('edge.pem', chain),
    edgeKey: write('edge.key', privateKey),
    edgeCertificateAndKey: write('edge-and-key.pem', chain + privateKey),
    clientCa: write('client-ca.pem', authority.certificate),
  }
}

/** Starts the edge on a free port; on another one if somebody was faster. */
const startEdge = async (
  { path, configure }: LiveEdge,
  surroundings: Omit<Parameters<LiveEdge['configure']>[0], 'port'>,
): Promise<Program & { port: number }> => {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort()
    try {
      const program = await startProgram({ path, port, ...configure({ ...surroundings, port }) })
      return { ...program, port }
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
    }
  }
}

/** Sets up a real edge, with an origin behind it that agrees with it. */
export const setStage = async (
  edge: LiveEdge,
  { speech, origin: options }: Mode,
  order: RequestHandler = asTheyCome,
): Promise<Stage> => {
  const folder = mkdtempSync(join(tmpdir(), 'mtls-identity-edge-'))
  const closers = [() => rm(folder, { recursive: true })]
  const close = async (): Promise<void> => {
    for (const closeOne of closers.reverse()) await closeOne()
  }
  try {
    const origin = await startOracleOrigin(options, order)
    closers.push(() => origin.close())
    const relay = await edge.startRelay?.(origin.port)
    if (relay !== undefined) closers.push(() => relay.close())
    const originPort = relay?.port ?? origin.port
    const { port, stop } = await startEdge(edge, { folder, files: writePemFiles(folder), originPort, speech })
    closers.push(stop)
    const url = `https://localhost:${port}`
    return { url, port, ca: edgeAuthority.certificate, originPort: origin.port, close }
  } catch (error) {
    await close()
    throw error
  }
}
