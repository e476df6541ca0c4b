import { once } from 'node:events'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { alice, authority, bob, mallory } from './support/certificates.js'
import { connectHttp1, credentials, PROTOCOLS } from './support/clients.js'
import { useStage } from './support/stage.js'

const stage = useStage()

describe('createEdge', () => {
  it('says where it listens', async () => {
    const { edge } = await stage()
    expect(edge.url).toBe(`https://localhost:${edge.port}`)
  })

  it('shows the certificate that it was given', async () => {
    const own = createCertificateAuthority({ subject: { commonName: 'Own CA' } })
    const minted = own.issue({
      subject: {},
      subjectAltName: [{ type: 'dNSName', value: 'localhost' }],
      extendedKeyUsage: ['serverAuth'],
    })
    const { client, edge } = await stage({ certificate: { ...minted, ca: own.certificate } })
    expect(edge.ca).toBe(own.certificate)
    await expect(client(alice).send()).resolves.toMatchObject({ status: 200 })
  })

  it.each([
    ['1.2', 'TLSv1.2'],
    ['1.3', 'TLSv1.3'],
  ] as const)('resumes no session of TLS %s', async (_version, maxVersion) => {
    const { edge } = await stage()
    const options = { port: edge.port, maxVersion, ...credentials(edge, alice) }
    let session: Buffer | undefined
    const first = connectTls(options)
    first.on('session', (ticket) => (session = ticket))
    first.end('GET / HTTP/1.0\r\n\r\n')
    first.resume()
    await once(first, 'close')
    const second: TLSSocket = connectTls({ ...options, ...(session && { session }) })
    await once(second, 'secureConnect')
    expect(second.isSessionReused()).toBe(false)
    second.destroy()
  })

  it.each(PROTOCOLS)(
    'refuses what does not verify if it is to enforce, over %s',
    async (_protocol, connect) => {
      const { client } = await stage({
        enforce: true,
        revoked: (thumbprint) => thumbprint === bob.thumbprint,
      })
      const callers = [mallory, alice, bob, undefined].map((minted) => client(minted, connect))
      const statuses = []
      for (const caller of [...callers, ...callers]) statuses.push((await caller.send()).status)
      expect(statuses).toEqual([403, 200, 200, 200, 403, 200, 200, 200])
    },
  )

  it('survives clients that speak no TLS and no HTTP', async () => {
    const { client, edge } = await stage()
    const plain = (await import('node:net')).connect(edge.port, '127.0.0.1')
    plain.on('error', () => undefined)
    plain.end('GET / HTTP/1.1\r\n\r\n').resume()
    await once(plain, 'close')
    const garbage = connectTls({ port: edge.port, ...credentials(edge) })
    garbage.end('garbage\r\n\r\n').resume()
    await once(garbage, 'close')
    await expect(client(alice).send()).resolves.toMatchObject({ status: 200 })
  })
})

describe('close', () => {
  it.each(PROTOCOLS)('ends open connections and can be called again, over %s', async (_protocol, connect) => {
    const { client, edge } = await stage()
    const caller = client(alice, connect)
    await caller.send()
    await expect(Promise.all([edge.close(), edge.close()])).resolves.toEqual([undefined, undefined])
    await expect(connectHttp1(edge, alice).send()).rejects.toThrow('ECONNREFUSED')
  })

  it('ends a handshake that was never finished', async () => {
    const { edge } = await stage({ clientCa: [authority.certificate] })
    const socket = (await import('node:net')).connect(edge.port, '127.0.0.1')
    await once(socket, 'connect')
    const closed = once(socket.resume(), 'close')
    await edge.close()
    await expect(closed).resolves.toBeDefined()
  })
})
