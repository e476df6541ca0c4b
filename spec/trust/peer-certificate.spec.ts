import { X509Certificate } from 'node:crypto'
import { createCertificateAuthority } from 'mtls-identity/testing'
import { originPull } from 'mtls-identity/trust'
import { buildCertificate, utcTime } from '../support/build-certificate.js'
import { tlv } from '../support/der.js'
import { fakeRequest } from '../support/fake-request.js'
import { tlsRequest, tlsSocket } from './support/tls-request.js'

const HOUR_MS = 3_600_000
const authority = createCertificateAuthority()
const notAfter = new Date(Math.floor(Date.now() / 1_000) * 1_000 + HOUR_MS)
const edge = authority.issue({ subject: { commonName: 'edge' }, notAfter })
const trust = (): ReturnType<typeof originPull> =>
  originPull({ thumbprints: edge.thumbprint, ca: authority.certificate })

describe('the certificate of a peer', () => {
  afterEach(() => {
    jest.restoreAllMocks()
  })

  it.each<[what: string, socket: object]>([
    ['a socket without TLS', { remoteAddress: '127.0.0.1' }],
    ['a server that asks for none', { ...tlsSocket(edge), authorized: false }],
    ['a verdict that is only truthy', { ...tlsSocket(edge), authorized: 1 }],
    ['a verdict without a certificate', { ...tlsSocket(edge), getPeerX509Certificate: () => undefined }],
    ['a verdict of something else than TLS', { authorized: true }],
    [
      'a certificate without bytes',
      { ...tlsSocket(edge), getPeerX509Certificate: () => ({ raw: Buffer.alloc(0) }) },
    ],
    ['a resumed session', { ...tlsSocket(edge), isSessionReused: () => true }],
    ['a session of which nobody says whether it is', { ...tlsSocket(edge), isSessionReused: undefined }],
  ])('makes nobody the edge on %s', (_what, socket) => {
    jest.spyOn(process, 'emitWarning').mockReturnValue()
    expect(trust().isEdge(fakeRequest({ socket }))).toBe(false)
  })

  it("is nobody's when its dates do not read", () => {
    const validity = tlv(0x30, utcTime('200101000000Z'), utcTime('491331235959Z'))
    const der = buildCertificate({ validity })
    const { fingerprint256 } = new X509Certificate(der)
    expect(originPull({ thumbprints: fingerprint256 }).isEdge(tlsRequest({ der }))).toBe(false)
  })

  it('is read once on each connection', () => {
    const read = jest.fn(() => new X509Certificate(edge.der))
    const socket = { ...tlsSocket(edge), getPeerX509Certificate: read }
    const pull = trust()
    expect([1, 2, 3].map(() => pull.isEdge(fakeRequest({ socket })))).toEqual([true, true, true])
    expect(read).toHaveBeenCalledTimes(1)
  })

  it('is read once too on a connection that it does not speak for', () => {
    const read = jest.fn(() => undefined)
    const socket = { ...tlsSocket(edge), getPeerX509Certificate: read }
    const pull = trust()
    expect([1, 2, 3].map(() => pull.isEdge(fakeRequest({ socket })))).toEqual([false, false, false])
    expect(read).toHaveBeenCalledTimes(1)
  })

  it("ends being the edge's on an open connection when it expires", () => {
    const pull = trust()
    const socket = tlsSocket(edge)
    const isEdgeAt = (time: number): boolean => {
      jest.spyOn(Date, 'now').mockReturnValue(time)
      return pull.isEdge(fakeRequest({ socket }))
    }
    const end = notAfter.getTime()
    expect([end - 1, end, end + 1].map(isEdgeAt)).toEqual([true, true, false])
    expect(isEdgeAt(end - 100 * HOUR_MS)).toBe(false)
  })
})
