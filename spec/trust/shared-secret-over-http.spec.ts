import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import express from 'express'
import { mtlsIdentity, type MtlsIdentityMiddleware } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { anyOf, sharedSecret } from 'mtls-identity/trust'
import { forwarded } from '../support/cloudflare-fields.js'
import { fakeRequest } from '../support/fake-request.js'
import { listen, type Origin } from '../support/origin.js'
import { RawClient, type FieldLines } from '../support/raw-client.js'

const SECRET = 'Vq3xr9fYw2Nf0mZkT1sB7uEj'
const OLD = 'a-secret,of-last-month'
const FIELD = 'X-Edge-Secret'
const trust = sharedSecret({ field: FIELD, secrets: [SECRET, OLD] })
const alice = createCertificateAuthority().issue({ subject: { commonName: 'alice' } })
const CERTIFICATE = forwarded(alice)

const asLine = (value: string, index: number): FieldLines[0] => [
  index === 0 ? FIELD : FIELD.toLowerCase(),
  value,
]

interface Answer {
  readonly status: number
  readonly evidence: string
  readonly all: readonly string[]
}

const createApp = (...middlewares: readonly MtlsIdentityMiddleware[]): express.Express =>
  express().use(...middlewares, (req, res) =>
    res.json({ evidence: req.mtls.evidence, all: everythingOf(req) }),
  )

const everythingOf = (req: IncomingMessage): string[] =>
  [JSON.stringify(req.headers), JSON.stringify(req.headersDistinct), ...req.rawHeaders].map((part) =>
    part.toLowerCase(),
  )

describe('sharedSecret on a real server', () => {
  let origin: Origin
  let client: RawClient

  const start = async (...middlewares: readonly MtlsIdentityMiddleware[]): Promise<void> => {
    origin = await listen(createApp(...middlewares))
    client = new RawClient(origin.port)
  }
  const ask = async (...lines: FieldLines): Promise<Answer> =>
    (await client.get('/', [...CERTIFICATE, ...lines])) as unknown as Answer

  const expectGone = ({ all }: Answer): void => {
    expect(all).toContain('host')
    for (const part of all) {
      for (const word of [FIELD, SECRET, OLD]) expect(part).not.toContain(word.toLowerCase())
    }
  }

  afterEach(async () => {
    client.close()
    await origin.close()
  })

  const edge = cloudflare({ enforced: true, sha256OnEveryRequest: true })
  const believing = mtlsIdentity({ trust, edge })

  it.each<[what: string, lines: FieldLines]>([
    ['the secret', [[FIELD, SECRET]]],
    ['the secret that is on its way out', [[FIELD, OLD]]],
    ['the secret in a field of another case', [[FIELD.toUpperCase(), SECRET]]],
    ['the secret with white space around it', [[FIELD, `  ${SECRET}\t`]]],
  ])('believes a request with %s, and takes it off', async (_what, lines) => {
    await start(believing)
    const answer = await ask(...lines)
    expect(answer).toMatchObject({ status: 200, evidence: 'certificate' })
    expectGone(answer)
  })

  it.each<[what: string, lines: FieldLines]>([
    ['nothing', []],
    ['an empty field', [[FIELD, '']]],
    ['another secret', [[FIELD, 'Vq3xr9fYw2Nf0mZkT1sB7uEk']]],
    ['the beginning of the secret', [[FIELD, SECRET.slice(0, -1)]]],
    ['the secret and more', [[FIELD, `${SECRET}j`]]],
    ['the secret in another case', [[FIELD, SECRET.toLowerCase()]]],
    ['the secret twice', [SECRET, SECRET].map(asLine)],
    ['the secret after another', ['x', SECRET].map(asLine)],
    ['the secret after nothing', ['', SECRET].map(asLine)],
    ['the secret after one that is on its way out', [OLD, SECRET].map(asLine)],
    ['both secrets in one field', [[FIELD, `${SECRET}, ${OLD}`]]],
    ['the SHA-256 of the secret', [[FIELD, createHash('sha256').update(SECRET).digest('hex')]]],
    ['more than any secret', [[FIELD, SECRET.repeat(100)]]],
  ])('does not believe a request with %s, and takes it off', async (_what, lines) => {
    await start(believing)
    const answer = await ask(...lines)
    expect(answer).toMatchObject({ status: 200, evidence: 'none' })
    expect(JSON.stringify(answer.all)).not.toContain('cf-client-cert')
    expectGone(answer)
  })

  it('does not take X_Edge_Secret for its field', async () => {
    await start(believing)
    expect(await ask(['X_Edge_Secret', SECRET])).toMatchObject({ evidence: 'none' })
  })

  it('decides for each request, not for the connection', async () => {
    await start(believing)
    const evidence = []
    for (const value of ['', SECRET, '']) evidence.push((await ask([FIELD, value])).evidence)
    expect(evidence).toEqual(['none', 'certificate', 'none'])
  })

  it('gives the same verdict to a middleware that is mounted twice', async () => {
    await start(believing, believing)
    expect(await ask([FIELD, SECRET])).toMatchObject({ evidence: 'certificate' })
  })

  it('leaves its field to another trust that reads the same one', async () => {
    const other = sharedSecret({ field: FIELD, secrets: 'the-secret-of-another-edge' })
    await start(mtlsIdentity({ trust: other, edge: { ...cloudflare(), fields: ['x-other'] } }), believing)
    expectGone(await ask([FIELD, SECRET]))
    expect(await ask([FIELD, SECRET])).toMatchObject({ evidence: 'certificate' })
    const req = fakeRequest({ fields: [[FIELD, SECRET]] })
    expect([anyOf(other, trust).isEdge(req), other.isEdge(req), trust.isEdge(req)]).toEqual([
      true,
      false,
      true,
    ])
  })
})
