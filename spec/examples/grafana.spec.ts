import request from 'supertest'
import { freePorts } from '../redis/support/free-ports.js'
import { authority, connect, useExample } from './support/example-stage.js'

const ops = authority.issue({ subject: { commonName: 'ops' } })

describe('examples/grafana', () => {
  const environment: NodeJS.ProcessEnv = {}
  let metrics: string

  beforeAll(async () => {
    const [port] = await freePorts(1)
    environment['METRICS_PORT'] = String(port)
    metrics = `http://127.0.0.1:${port}`
  })

  const stage = useExample('grafana', { environment })

  it('counts what its clients do, on a port of its own', async () => {
    const get = connect(stage.edge, ops)
    expect((await get('/')).status).toBe(200)
    expect((await get('/admin')).status).toBe(200)
    expect((await connect(stage.edge)('/admin')).status).toBe(403)
    const { text, type } = await request(metrics).get('/')
    expect(type).toBe('text/plain')
    expect(text).toContain('mtls_identity_requests_total{evidence="certificate",outcome="identified"} 1\n')
    expect(text).toContain('mtls_identity_requests_total{evidence="thumbprint",outcome="identified"} 1\n')
    expect(text).toContain('mtls_identity_request_denials_total{code="ERR_MTLS_IDENTITY_REQUIRED"} 1\n')
  })
})
