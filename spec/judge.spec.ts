import { judge, type Finding } from '../lib/judge.js'

const statement = {
  certificate: undefined,
  thumbprint: undefined,
  hashes: [],
  assertions: {},
  verifiedBy: undefined,
}

describe('judge', () => {
  it.each<[evidence: Finding['evidence'], problems: string[]]>([
    ['connection', ['ERR_MTLS_STORE_UNAVAILABLE']],
    ['inferred', ['ERR_MTLS_STORE_UNAVAILABLE', 'ERR_MTLS_IDENTITY_INFERRED']],
  ])('names the obstacle first where the evidence is %s and the store is away', (evidence, problems) => {
    const finding: Finding = {
      identity: undefined,
      evidence,
      statement,
      obstacle: 'ERR_MTLS_STORE_UNAVAILABLE',
    }
    expect(judge(finding, 0)).toMatchObject({ identity: undefined, evidence, problems })
  })
})
