import crypto from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import http2 from 'node:http2'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { sharedSecret, type SharedSecretOptions } from 'mtls-identity/trust'
import { fakeRequest } from '../support/fake-request.js'

const SECRET = 'Vq3xr9fYw2Nf0mZkT1sB7uEj'
const OLD = 'a-secret,of-last-month'
const FIELD = 'X-Edge-Secret'
const trust = sharedSecret({ field: FIELD, secrets: [SECRET, OLD] })

describe('sharedSecret', () => {
  it('knows each stream of HTTP/2 by its own field', async () => {
    const server = http2.createServer((req, res) => {
      const isEdge = trust.isEdge(req as unknown as IncomingMessage)
      res.end(JSON.stringify([isEdge, FIELD.toLowerCase() in req.headers, req.rawHeaders.includes(SECRET)]))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const ask = (headers: http2.OutgoingHttpHeaders): Promise<string> => text(session.request(headers))
    const answers = await Promise.all([ask({ [FIELD]: SECRET }), ask({}), ask({ [FIELD]: [SECRET, SECRET] })])
    session.close()
    server.close()
    expect(answers).toEqual(['[true,false,false]', '[false,false,false]', '[false,false,false]'])
  })

  it.each([SECRET, OLD, 'another-secret-of-somebody'])(
    'compares with every secret, whatever %s is',
    (secret) => {
      const timingSafeEqual = jest.spyOn(crypto, 'timingSafeEqual')
      trust.isEdge(fakeRequest({ fields: [[FIELD, secret]] }))
      expect(
        timingSafeEqual.mock.calls.map((digests) => digests.map(({ byteLength }) => byteLength)),
      ).toEqual([
        [32, 32],
        [32, 32],
      ])
      timingSafeEqual.mockRestore()
    },
  )

  it('does not believe a request with more fields than Node reads', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => [`X-${index}`, ''] as const)
    expect(trust.isEdge(fakeRequest({ fields: [[FIELD, SECRET], ...many] }))).toBe(false)
  })

  it('names its field and shows its secrets to nobody', () => {
    expect(trust.fields).toEqual(['x-edge-secret'])
    expect(inspect(trust, { showHidden: true, depth: null }) + JSON.stringify(trust)).not.toContain(SECRET)
  })

  it.each<[what: string, options: unknown, named: string]>([
    ['a field that is none', { field: 'X Edge', secrets: SECRET }, 'field'],
    ['a field of HTTP', { field: 'Authorization', secrets: SECRET }, 'field'],
    ['no secret', { field: FIELD }, 'secrets'],
    ['an empty list', { field: FIELD, secrets: [] }, 'secrets'],
    ['a short secret', { field: FIELD, secrets: [SECRET, 'fifteen-letters'] }, 'secrets'],
    ['a long secret', { field: FIELD, secrets: 'x'.repeat(1_025) }, 'secrets'],
    ['a secret with a space', { field: FIELD, secrets: 'sixteen letters and a space' }, 'secrets'],
    ['a secret beyond ASCII', { field: FIELD, secrets: 'ein-größeres-geheimnis' }, 'secrets'],
    ['a secret that is no text', { field: FIELD, secrets: [Buffer.from(SECRET)] }, 'secrets'],
    ['another option', { field: FIELD, secret: SECRET }, "'secret'"],
  ])('does not take %s, and does not repeat it', (_what, options, named) => {
    const make = (): unknown => sharedSecret(options as SharedSecretOptions)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(named)
    expect(make).not.toThrow(SECRET)
    expect(make).not.toThrow('letters')
  })
})
