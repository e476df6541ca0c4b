import { connect as connectTls } from 'node:tls'
import { text } from 'node:stream/consumers'
import { alice, bob } from './support/certificates.js'
import { connectHttp1, credentials, PROTOCOLS } from './support/clients.js'
import { type Seen, valuesOf } from './support/echo.js'
import { see, useStage } from './support/stage.js'

const stage = useStage()

const FORGED = ['Cf-Client-Cert-Der-Base64', 'Zm9yZ2Vk', 'Cf-Client-Cert-Sha256', bob.thumbprint]

describe.each(PROTOCOLS)('clientFields over %s', (_protocol, connect) => {
  it.each([
    ['Cf-Client-Cert-Der-Base64', 'strip', []],
    ['Cf-Client-Cert-Sha256', 'strip', []],
    ['CF-CLIENT-CERT-SHA256', 'strip', []],
    ['Cf-Cert-Verified', 'strip', []],
    ['Cf-Cert-Anything', 'strip', []],
    ['X-Connection-Id', 'strip', ['the id']],
    ['Cf_Client_Cert_Sha256', 'strip', ['forged', 'twice']],
    ['Cf-Ray', 'strip', ['forged', 'twice']],
    ['Cf-Client-Cert-Der-Base64', 'pass', ['forged', 'twice']],
    ['CF-CLIENT-CERT-SHA256', 'pass', ['forged', 'twice']],
    ['Cf-Cert-Sha256', 'pass', ['forged', 'twice']],
    ['Cf-Cert-Verified', 'pass', ['false']],
    ['X-Connection-Id', 'pass', ['the id']],
  ] as const)('treat %s of an anonymous client: %s', async (name, clientFields, wanted) => {
    const { client } = await stage({
      clientFields,
      clientAuthHeaders: clientFields === 'pass',
      connectionIdField: 'X-Connection-Id',
      randomId: () => 'the id',
    })
    const seen = await see(client(undefined, connect), { lines: [name, 'forged', name, 'twice'] })
    expect(valuesOf(seen, name)).toEqual(wanted)
  })

  it('let a forged pair through on every request but the first, if they pass', async () => {
    const { client } = await stage({ clientFields: 'pass' })
    const caller = client(alice, connect)
    const seen = [await see(caller, { lines: FORGED }), await see(caller, { lines: FORGED })]
    expect(seen.map((request) => valuesOf(request, 'Cf-Client-Cert-Der-Base64'))).toEqual([
      [Buffer.from(alice.der).toString('base64')],
      ['Zm9yZ2Vk'],
    ])
    expect(seen.map((request) => valuesOf(request, 'Cf-Client-Cert-Sha256'))).toEqual([
      [alice.thumbprint],
      [bob.thumbprint],
    ])
  })

  it('never let a client take the edge’s own fields away', async () => {
    const { client } = await stage()
    const lines = connect === connectHttp1 ? ['Connection', 'Cf-Client-Cert-Sha256, Cf-Connecting-IP'] : []
    const seen = await see(client(alice, connect), { lines })
    expect(valuesOf(seen, 'Cf-Client-Cert-Sha256')).toEqual([alice.thumbprint])
    expect(valuesOf(seen, 'Cf-Connecting-IP')).toEqual(['127.0.0.1'])
  })
})

describe.each(PROTOCOLS)('forwarded requests over %s', (_protocol, connect) => {
  it('keep method, target, Host and other fields', async () => {
    const { client, edge } = await stage()
    const lines = ['X-Some', 'one', 'X-Some', 'two']
    const seen = await see(client(alice, connect), { method: 'OPTIONS', path: '/a%20b?c=d', lines })
    expect(seen).toMatchObject({ method: 'OPTIONS', url: '/a%20b?c=d' })
    expect(valuesOf(seen, 'Host')).toEqual([`localhost:${edge.port}`])
    expect(valuesOf(seen, 'X-Some')).toEqual(['one', 'two'])
  })

  it('carry the address of the client, whatever it says of itself', async () => {
    const { client } = await stage()
    const lines = ['Cf-Connecting-IP', '192.0.2.1', 'X-Forwarded-For', '192.0.2.1, 192.0.2.2']
    const seen = await see(client(alice, connect), { lines })
    expect(valuesOf(seen, 'Cf-Connecting-IP')).toEqual(['127.0.0.1'])
    expect(valuesOf(seen, 'X-Forwarded-For')).toEqual(['192.0.2.1, 192.0.2.2, 127.0.0.1'])
  })

  it('carry cookies in one field', async () => {
    const { client } = await stage()
    const seen = await see(client(alice, connect), { lines: ['Cookie', 'a=1', 'Cookie', 'b=2'] })
    expect(valuesOf(seen, 'Cookie')).toEqual(['a=1; b=2'])
  })
})

describe('fields for the next hop only', () => {
  it('do not reach the origin', async () => {
    const { client } = await stage()
    const lines = [
      'Connection',
      'keep-alive, X-Hop',
      'X-Hop',
      '1',
      'Keep-Alive',
      '1',
      'Proxy-Connection',
      '1',
    ]
    const seen = await see(client(), { method: 'POST', lines: [...lines, 'TE', 'trailers'], body: '' })
    const names = ['X-Hop', 'Keep-Alive', 'Proxy-Connection', 'TE']
    expect(names.flatMap((name) => valuesOf(seen, name))).toEqual([])
    expect(valuesOf(seen, 'Connection')).toEqual(['keep-alive'])
  })

  it('do not reach the client', async () => {
    const { client } = await stage({
      listener: (_request, response) => {
        response.writeHead(200, { Connection: 'close, X-Hop', 'X-Hop': '1', 'X-End': '1' }).end()
      },
    })
    const { headers } = await client().send()
    expect(headers).toMatchObject({ 'x-end': '1', connection: 'keep-alive' })
    expect(headers).not.toHaveProperty('x-hop')
  })
})

describe('Host', () => {
  it('is the origin’s own where a client of HTTP/1.0 has none', async () => {
    const { edge, origin } = await stage()
    const socket = connectTls({ port: edge.port, ...credentials(edge) })
    socket.write('GET / HTTP/1.0\r\n\r\n')
    const [, body = ''] = (await text(socket)).split('\r\n\r\n')
    const { port } = origin.address() as { port: number }
    expect(valuesOf(JSON.parse(body) as Seen, 'Host')).toEqual([`127.0.0.1:${port}`])
  })
})

describe('a body of unknown length', () => {
  it.each(PROTOCOLS)('is chunked for the origin, also with GET, over %s', async (protocol, connect) => {
    const { client } = await stage({
      listener: (request, response) => {
        void text(request).then((body) =>
          response.end(`${String(request.headers['transfer-encoding'])} ${body}`),
        )
      },
    })
    const lines = protocol === 'HTTP/1.1' ? ['Transfer-Encoding', 'chunked'] : []
    const { body } = await client(alice, connect).send({ lines, body: 'hello' })
    expect(body).toBe('chunked hello')
  })

  it.each(PROTOCOLS)('is not made up for a body with a length over %s', async (_protocol, connect) => {
    const { client } = await stage()
    const lines = ['Content-Length', '5']
    const seen = await see(client(alice, connect), { method: 'POST', lines, body: 'hello' })
    expect(valuesOf(seen, 'Content-Length')).toEqual(['5'])
    expect(valuesOf(seen, 'Transfer-Encoding')).toEqual([])
  })
})
