/** What an edge says of the client on which request. */
export interface Speech {
  readonly certificateOn: 'first-request' | 'every-request'
  readonly sha256On: 'certificate' | 'every-request'
  readonly clientAuthHeaders: 'on' | 'off'
}

/** What an example says if nothing in it is changed but files and addresses. */
export const AS_WRITTEN: Speech = {
  certificateOn: 'every-request',
  sha256On: 'certificate',
  clientAuthHeaders: 'on',
}

/** Paths of PEM files. */
export interface PemFiles {
  readonly edgeCertificate: string
  readonly edgeKey: string
  /** Certificate and key in one file. */
  readonly edgeCertificateAndKey: string
  readonly clientCa: string
}

export interface Surroundings {
  /** A folder for what the edge writes, its own. */
  readonly folder: string
  readonly files: PemFiles
  /** The port of 127.0.0.1 on which the edge is to listen. */
  readonly port: number
  readonly originPort: number
  readonly speech: Speech
}

/** A server between an edge's program and the origin. */
export interface Relay {
  readonly port: number
  close(): Promise<void>
}

/** How to run a real edge. */
export interface LiveEdge {
  readonly name: string
  readonly path: string
  /** Starts what stands between the program and the origin. Default: nothing does. */
  readonly startRelay?: (originPort: number) => Promise<Relay>
  /** Writes the configuration; returns what the program is to be started with. */
  readonly configure: (surroundings: Surroundings) => {
    readonly args: readonly string[]
    readonly env?: Readonly<Record<string, string>>
  }
}

/** The field in which the edge tells who the client is, and which the middleware never sees. */
export const ORACLE_FIELD = 'X-Oracle'
