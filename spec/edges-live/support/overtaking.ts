import type { RequestHandler } from 'express'

/**
 * Puts requests into the worst order that they can arrive in: holds the one with the certificate back until so
 * many others have passed.
 */
export const holdBackCertificate = (others: number): RequestHandler => {
  const held: (() => void)[] = []
  let passed = 0
  return (req, _res, next) => {
    if (req.headers['cf-client-cert-der-base64']) held.push(next)
    else {
      passed++
      next()
    }
    if (held.length === 0 || passed < others) return
    passed -= others
    held.shift()?.()
  }
}

/** Leaves requests in the order in which they arrive. */
export const asTheyCome: RequestHandler = (_req, _res, next) => {
  next()
}
