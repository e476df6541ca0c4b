import { oncePerConnection } from '../../lib/trust/trust.js'
import { fakeRequest } from '../support/fake-request.js'

describe('oncePerConnection', () => {
  it.each([true, false])('keeps to the verdict %s', (verdict) => {
    const isEdge = jest.fn(() => verdict)
    const trust = oncePerConnection(isEdge)
    const req = fakeRequest()
    expect([trust.isEdge(req), trust.isEdge(req)]).toEqual([verdict, verdict])
    expect(isEdge).toHaveBeenCalledTimes(1)
  })
})
