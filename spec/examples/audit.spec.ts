import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSelfSigned } from 'mtls-identity/testing'
import { ecsViolations } from '../audit/support/ecs-violations.js'
import { runNode } from '../support/example-process.js'
import { authority, connect, useExample } from './support/example-stage.js'

const folder = mkdtempSync(join(tmpdir(), 'mtls-identity-'))
const file = join(folder, 'audit.ndjson')
const alice = authority.issue({ subject: { commonName: "alice'); DROP TABLE log; --" } })
const impostor = createSelfSigned({ subject: { commonName: 'alice' } })

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('examples/audit', () => {
  const stage = useExample('audit', { environment: { AUDIT_FILE: file } })

  /** The lines in the file, when there are so many: the last response may be here before its line is. */
  const linesOf = async (count: number): Promise<string[]> => {
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    if (lines.length >= count) return lines
    await connect(stage.edge)('/')
    return linesOf(count)
  }

  it('writes ECS to a file, and SQL says who called and who was refused', async () => {
    const [client, stranger, anonymous] = [
      connect(stage.edge, alice),
      connect(stage.edge, impostor),
      connect(stage.edge),
    ]
    for (const path of ['/', '/keys/1', '/keys/2']) expect((await client(path)).status).toBe(200)
    expect((await stranger('/keys/1')).status).toBe(403)
    expect((await anonymous('/keys/1')).status).toBe(403)
    const records = (await linesOf(5)).map((line) => JSON.parse(line) as object)
    expect(records.flatMap(ecsViolations)).toEqual([])

    const { status, stdout, stderr } = await runNode('examples/audit/query.js', file)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/))
    const name = "CN=alice')\\; DROP TABLE log\\; --"
    expect(rows).toContainEqual([name, alice.thumbprint.slice(0, 8), '3'])
    expect(rows).toContainEqual(['CN=alice', 'ERR_MTLS_CERTIFICATE_NOT_VERIFIED', '403', '1'])
    expect(rows).toContainEqual(['-', '-', '403', '1'])
    expect(rows).toContainEqual(['/keys/:id', 'thumbprint', '2'])
    expect(stdout).toMatch(/^ {2}lost\n {2}0$/m)
  })
})
