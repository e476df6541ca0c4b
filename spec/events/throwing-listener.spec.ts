import { runNode } from '../support/example-process.js'

const PROGRAM = 'spec/events/support/throwing-listener.js'
const SERVED = 'The next listener is called.\nThe request goes on.\n'

describe('a listener that throws', () => {
  it('does no harm to the request, but ends the process as any uncaught exception does', async () => {
    const { status, stdout, stderr } = await runNode(PROGRAM)
    expect([status, stdout]).toEqual([1, SERVED])
    expect(stderr).toContain('Error: of a listener')
  })

  it('is heard of by who listens to uncaught exceptions', async () => {
    const { status, stdout } = await runNode(PROGRAM, '--caught')
    expect([status, stdout]).toEqual([0, `${SERVED}Uncaught: of a listener.\nThe process goes on.\n`])
  })
})
