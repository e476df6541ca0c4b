import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { getSystemErrorMap } from 'node:util'
import { UserError } from './user-error.js'

/**
 * The client of these files. Throws a `UserError` for files that cannot be read or do not belong together.
 * @param {{ cert: string, key: string, ca: string }} paths
 * @returns {import('./cast.js').GivenClient}
 */
export const readClient = (paths) => {
  const [cert, key, ca] = [read(paths.cert), read(paths.key), read(paths.ca)]
  const certificate = understand(paths.cert, 'a certificate in PEM', () => new X509Certificate(cert))
  const privateKey = understand(paths.key, 'an unencrypted private key in PEM', () => createPrivateKey(key))
  understand(paths.ca, 'a certificate in PEM', () => new X509Certificate(ca))
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new UserError(`${quote(paths.key)} is not the private key of ${quote(paths.cert)}.`)
  }
  understand(paths.cert, 'usable for TLS', () => createSecureContext({ cert, key }))
  const thumbprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase()
  return { name: 'you', cert, key, ca, thumbprint }
}

/** @param {string} path */
const read = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { errno = 0 } = /** @type {NodeJS.ErrnoException} */ (error)
    const [, reason = 'unknown error'] = getSystemErrorMap().get(errno) ?? []
    throw new UserError(`Cannot read ${quote(path)}: ${reason}.`)
  }
}

/**
 * What can be made of a file, or the news that it is not what it was given for.
 * @template T
 * @param {string} path
 * @param {string} wanted
 * @param {() => T} make
 */
const understand = (path, wanted, make) => {
  try {
    return make()
  } catch (error) {
    const { code = 'unknown error' } = /** @type {NodeJS.ErrnoException} */ (error)
    throw new UserError(`${quote(path)} is not ${wanted} (${code}).`)
  }
}

/** In quotes, with line breaks and escape characters escaped. */
const quote = JSON.stringify
