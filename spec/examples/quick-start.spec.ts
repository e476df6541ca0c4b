import { authority, connect, useExample } from './support/example-stage.js'

const ops = authority.issue({ subject: { commonName: 'ops' } })
const dev = authority.issue({ subject: { commonName: 'dev' } })

describe('examples/quick-start', () => {
  const stage = useExample('quick-start')

  it('knows the client on every request of its connection', async () => {
    const get = connect(stage.edge, ops)
    const first = await get('/')
    const later = await get('/')
    expect(first.body).toEqual({ subject: 'CN=ops', evidence: 'certificate' })
    expect(later.body).toEqual({ subject: 'CN=ops', evidence: 'thumbprint' })
  })

  it('takes a client without a certificate for nobody', async () => {
    const anonymous = await connect(stage.edge)('/')
    expect(anonymous.body).toEqual({ evidence: 'none' })
  })

  it.each([
    ['lets the right client in', ops, 200],
    ['refuses another client', dev, 403],
    ['refuses a client without a certificate', undefined, 403],
  ])('%s', async (_, client, status) => {
    const response = await connect(stage.edge, client)('/admin')
    expect(response.status).toBe(status)
  })
})
