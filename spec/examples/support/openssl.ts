import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

const openssl = (folder: string, args: readonly string[]): void => {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}

/** Whether there is an `openssl` to run. */
export const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

/** Makes a root authority: `<name>.pem` and `<name>.key` in the folder. */
export const makeAuthority = (folder: string, name: string): void => {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
  openssl(folder, ['req', '-x509', ...P256, ...files, '-subj', `/CN=${name}`, '-days', '2'])
}

/** Makes a client certificate with this common name: `<name>.pem` and `<name>.key` in the folder. */
export const issueClient = (folder: string, name: string, options: ClientOptions): void => {
  const { authority, commonName = name } = options
  const config = ['[req]', 'prompt=no', 'utf8=yes', 'distinguished_name=dn', '[dn]', `CN=${commonName}`]
  writeFileSync(join(folder, `${name}.cnf`), config.join('\n'))
  const request = ['-keyout', `${name}.key`, '-out', `${name}.csr`, '-config', `${name}.cnf`]
  openssl(folder, ['req', '-new', ...P256, ...request])
  const issuer = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial']
  openssl(folder, ['x509', '-req', '-in', `${name}.csr`, ...issuer, '-out', `${name}.pem`, '-days', '2'])
}

export interface ClientOptions {
  /** The name of the authority that issues the certificate. */
  readonly authority: string
  /** Default: the name of the files. */
  readonly commonName?: string
}
