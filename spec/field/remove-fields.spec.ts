import type { IncomingMessage } from 'node:http'
import { removeFields } from '../../lib/field/remove-fields.js'
import type { FieldLines } from '../support/raw-client.js'
import { receive, receiveHttp2 } from '../support/receive.js'

const NAMES = new Set(['x-field', 'x-other'])
const SENT: FieldLines = [
  ['X-Field', 'secret-1'],
  ['Accept', 'x-field'],
  ['x_field', 'kept'],
  ['x-FIELD', 'secret-2'],
  ['x-other', 'secret-3'],
]

interface Left {
  readonly headers: IncomingMessage['headers']
  readonly distinct: Readonly<Record<string, unknown>> | undefined
  readonly raw: readonly string[]
}

const left = (req: IncomingMessage): Left => ({
  headers: { ...req.headers },
  distinct: (req as Partial<IncomingMessage>).headersDistinct && { ...req.headersDistinct },
  raw: [...req.rawHeaders],
})

const KEPT: Left = {
  headers: { host: 'origin.test', accept: 'x-field', x_field: 'kept' },
  distinct: { host: ['origin.test'], accept: ['x-field'], x_field: ['kept'] },
  raw: ['Host', 'origin.test', 'Accept', 'x-field', 'x_field', 'kept'],
}

describe('removeFields', () => {
  it('takes every line of the fields off a request, and nothing else', async () => {
    const found = await receive(SENT, (req) => {
      removeFields(req, NAMES)
      return left(req)
    })
    expect(found).toEqual(KEPT)
  })

  it('does so whether or not somebody has read the fields before', async () => {
    const found = await receive(SENT, (req) => {
      const seen = [req.headers['x-field'], req.headersDistinct['x-field']]
      removeFields(req, NAMES)
      return { seen, ...left(req) }
    })
    expect(found).toEqual({ seen: ['secret-1, secret-2', ['secret-1', 'secret-2']], ...KEPT })
  })

  it('leaves a request without the fields as it is', async () => {
    const found = await receive([['Accept', 'a']], (req) => {
      const before = req.rawHeaders
      removeFields(req, NAMES)
      return { isSame: req.rawHeaders === before, ...left(req) }
    })
    expect(found).toEqual({
      isSame: true,
      headers: { host: 'origin.test', accept: 'a' },
      distinct: { host: ['origin.test'], accept: ['a'] },
      raw: ['Host', 'origin.test', 'Accept', 'a'],
    })
  })

  it('takes away a field that somebody has put into the headers alone', async () => {
    const headers = await receive([], (req) => {
      req.headers['x-field'] = 'secret'
      removeFields(req, NAMES)
      return { ...req.headers }
    })
    expect(headers).toEqual({ host: 'origin.test' })
  })

  it('keeps the array of lines that others may hold', async () => {
    const isSame = await receive(SENT, (req) => {
      const { rawHeaders } = req
      removeFields(req, NAMES)
      return rawHeaders === req.rawHeaders
    })
    expect(isSame).toBe(true)
  })

  it('takes a field named constructor off, and nothing off Object.prototype', async () => {
    const headers = await receive([['constructor', 'a']], (req) => {
      removeFields(req, new Set(['constructor', 'tostring', '__proto__']))
      return { own: Object.keys(req.headers), inherited: typeof req.headers.constructor }
    })
    expect(headers).toEqual({ own: ['host'], inherited: 'function' })
  })

  it('takes them off an HTTP/2 request, which has no headersDistinct', async () => {
    const found = await receiveHttp2({ 'x-field': ['secret-1', 'secret-2'], accept: 'a' }, (req) => {
      removeFields(req, NAMES)
      return left(req)
    })
    expect(found.distinct).toBeUndefined()
    expect(found.headers).toMatchObject({ accept: 'a' })
    expect(found.headers).not.toHaveProperty('x-field')
    expect(found.raw).toContain('accept')
    expect(found.raw.join()).not.toMatch(/x-field|secret/)
  })
})
