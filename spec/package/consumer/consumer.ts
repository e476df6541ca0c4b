/**
 * The program of somebody who installed the package: an Express 4 and an Express 5 origin behind an edge.
 * The spec compiles and runs it in a CommonJS and in an ES module project.
 */
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Agent, get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import express5 from 'express'
import express4 from 'express4'
import { mtlsIdentity, requireIdentity } from 'mtls-identity'
import { cloudflare } from 'mtls-identity/edges'
import { createCertificateAuthority, createEdge, type TestEdge } from 'mtls-identity/testing'

const authority = createCertificateAuthority()
const alice = authority.issue({ subject: { commonName: 'alice' } })

const startOrigin = async (express: typeof express5) => {
  const app = express()
  app.use(mtlsIdentity({ trust: 'loopback', edge: cloudflare({ clientAuthHeaders: true }) }))
  app.get('/', requireIdentity(), (req, res) => {
    const { evidence, identity, problems } = req.mtls
    const subject = req.clientCertificate?.subject
    res.json({ evidence, problems, subject, thumbprint: identity?.thumbprint })
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const ask = async (edge: TestEdge, agent: Agent): Promise<{ status: number | undefined; body: unknown }> => {
  const [response] = (await once(get(edge.url, { agent }), 'response')) as [IncomingMessage]
  const body = await text(response)
  return { status: response.statusCode, body: response.statusCode === 200 ? JSON.parse(body) : undefined }
}

const visit = async (express: typeof express5) => {
  const server = await startOrigin(express)
  const { port } = server.address() as AddressInfo
  const edge = await createEdge({
    origin: `http://127.0.0.1:${port}`,
    clientCa: authority.certificate,
    clientAuthHeaders: true,
  })
  const connection = { ca: edge.ca, keepAlive: true, maxSockets: 1 }
  const client = new Agent({ ...connection, cert: alice.chain, key: alice.privateKey })
  const anonymous = new Agent(connection)
  const answers = [await ask(edge, client), await ask(edge, client), await ask(edge, anonymous)]
  client.destroy()
  anonymous.destroy()
  await edge.close()
  server.close()
  return answers
}

const main = async () => {
  const report = {
    thumbprint: alice.thumbprint,
    express4: await visit(express4),
    express5: await visit(express5),
  }
  console.log(JSON.stringify(report))
}

void main()
