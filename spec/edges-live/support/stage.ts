import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

export const edgeAuthority = createCertificateAuthority({ subject: { commonName: 'Live Edge CA' } })
const edgeCertificate = edgeAuthority.issue({
  subject: { commonName: 'localhost' },
  subjectAltName: [{ type: 'dNSName', value: 'localhost' }],
  extendedKeyUsage: ['serverAuth'],
})

/** What an edge needs for its handshakes, in this folder. */
export const writePemFiles = (folder: string): PemFiles => {
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
export const startEdge = async (
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
  const origin = await startOracleOrigin(options, order)
  const closeOrigin = async (): Promise<void> => {
    await origin.close()
    rmSync(folder, { recursive: true })
  }
  try {
    const surroundings = { folder, files: writePemFiles(folder), originPort: origin.port, speech }
    const { port, stop } = await startEdge(edge, surroundings)
    const close = async (): Promise<void> => {
      await stop()
      await closeOrigin()
    }
    const url = `https://localhost:${port}`
    return { url, port, ca: edgeAuthority.certificate, originPort: origin.port, close }
  } catch (error) {
    await closeOrigin()
    throw error
  }
}
