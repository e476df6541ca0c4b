import { allOf, anyOf, peers, sharedSecret, type Trust, type TrustOption } from 'mtls-identity/trust'
import { fakeRequest, loopbackSocket } from '../support/fake-request.js'

const SECRET = 'Vq3xr9fYw2Nf0mZkT1sB7uEj'
const from = (address: string): ReturnType<typeof fakeRequest> =>
  fakeRequest({ socket: loopbackSocket(address) })
const own = (verdict: unknown): Trust => ({ isEdge: () => verdict as boolean })

describe.each([
  ['anyOf', anyOf],
  ['allOf', allOf],
])('a member of %s', (name, combine) => {
  it.each<[what: string, member: TrustOption]>([
    ['an address', '192.0.2.1'],
    ['a list of addresses', ['192.0.2.0/24', 'loopback']],
    ['a trust', peers('192.0.2.1')],
    ['a function', (req) => req.socket.remoteAddress === '192.0.2.1'],
    ['a combination', anyOf(allOf('192.0.2.1'))],
  ])('may be %s', (_what, member) => {
    const trust = combine(member)
    expect([trust.isEdge(from('192.0.2.1')), trust.isEdge(from('203.0.113.9'))]).toEqual([true, false])
  })

  it.each<[what: string, verdict: unknown]>([
    ['a number', 1],
    ['a string', 'true'],
    ['an object', {}],
    ['a promise of true', Promise.resolve(true)],
    ['nothing', undefined],
  ])('believes nobody by %s', (_what, verdict) => {
    expect(combine(() => verdict as boolean).isEdge(fakeRequest())).toBe(false)
    expect(combine(own(verdict)).isEdge(fakeRequest())).toBe(false)
  })

  it.each<[what: string, members: unknown[], named: string]>([
    ['nothing', [], name],
    ['an empty list of addresses', [[]], 'peers'],
    ['undefined', ['loopback', undefined], `${name}()[1]`],
    ['null', [null], `${name}()[0]`],
    ['true', [true], `${name}()[0]`],
    ['an object that decides nothing', [{ isEdge: true }], `${name}()[0]`],
  ])('is not %s', (_what, members, named) => {
    const make = (): unknown => combine(...(members as TrustOption[]))
    expect(make).toThrow(TypeError)
    expect(make).toThrow(named)
  })

  it('has its fields named, and its secret taken off, whatever the others say', () => {
    const trust = combine(
      '192.0.2.1',
      sharedSecret({ field: 'X-A', secrets: SECRET }),
      { ...own(true), fields: ['x-own'] },
      combine('loopback', sharedSecret({ field: 'X-B', secrets: SECRET })),
    )
    expect(trust.fields).toEqual(['x-a', 'x-own', 'x-b'])
    for (const address of ['192.0.2.1', '127.0.0.1']) {
      for (const secret of [SECRET, SECRET.toLowerCase()]) {
        const req = fakeRequest({
          socket: loopbackSocket(address),
          fields: [
            ['X-A', secret],
            ['X-B', secret],
          ],
        })
        trust.isEdge(req)
        expect([Object.keys(req.headers), req.rawHeaders]).toEqual([['host'], ['Host', 'origin.test']])
      }
    }
  })
})

describe.each([
  ['anyOf', anyOf, [false, true, true, true]],
  ['allOf', allOf, [false, false, false, true]],
])('%s', (_name, combine, expected) => {
  it('believes by its table of truth', () => {
    const table = [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ]
    const verdicts = table.map((row) => combine(...row.map(own)).isEdge(fakeRequest()))
    expect(verdicts).toEqual(expected)
  })

  it('puts every request to all, and remembers none of their verdicts', () => {
    const members = [true, false, true].map((verdict) => jest.fn(() => verdict))
    const trust = combine(...members)
    const socket = loopbackSocket()
    trust.isEdge(fakeRequest({ socket }))
    trust.isEdge(fakeRequest({ socket }))
    for (const member of members) expect(member).toHaveBeenCalledTimes(2)
  })
})
