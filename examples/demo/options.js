import { parseArgs } from 'node:util'
import { readClient } from './given-client.js'
import { UserError } from './user-error.js'

export const HELP = `Usage: npm run demo [-- --audit --cert <file> --key <file> --ca <file>]

Shows who an origin says each request is from, behind an edge that ends mutual TLS.
Without files all certificates are made up; with them, one of the clients is you:

  --cert  your certificate in PEM, followed by any intermediate ones
  --key   its private key in PEM, not encrypted
  --ca    the certificate in PEM of the authority that issued it
  --audit the origin's audit log instead: lines to read on a terminal, JSON in a pipe;
          then it is compared with who the clients were
  --help  this text

Exit status: 0 if no wrong identity was free of problems, 1 if one was, 2 if the demo
could not be run as asked.`

/**
 * What the command line asks for. Throws a `UserError` for what cannot be done.
 * @param {string[]} args
 * @returns {{ help?: boolean, audit?: boolean | undefined, given?: import('./cast.js').GivenClient }}
 */
export const readOptions = (args) => {
  const { help, audit, cert, key, ca } = parse(args)
  if (help) return { help }
  if (cert === undefined && key === undefined && ca === undefined) return { audit }
  if (cert === undefined || key === undefined || ca === undefined) {
    throw new UserError('--cert, --key and --ca are given together or not at all.')
  }
  return { audit, given: readClient({ cert, key, ca }) }
}

/** @param {string[]} args */
const parse = (args) => {
  const options = /** @type {const} */ ({
    cert: { type: 'string' },
    key: { type: 'string' },
    ca: { type: 'string' },
    audit: { type: 'boolean' },
    help: { type: 'boolean' },
  })
  try {
    return parseArgs({ args, options }).values
  } catch {
    throw new UserError('The demo takes --audit, --cert <file>, --key <file> and --ca <file>, or --help.')
  }
}
