import type { ServerResponse } from 'node:http'
import { fetchCloudflareNetworks, type FetchCloudflareNetworksOptions } from 'mtls-identity/trust'
import { listen, type Origin } from '../support/origin.js'
import { ANSWER, IPV4, IPV6 } from './support/api-answer.js'

const { result } = ANSWER
const answering =
  (body: unknown): typeof fetch =>
  () =>
    Promise.resolve(Response.json(body))
const HANGING: typeof fetch = () => new Promise(() => undefined)

describe('fetchCloudflareNetworks', () => {
  it("asks Cloudflare's API, following no redirection", async () => {
    const send = jest.fn(answering(ANSWER))
    expect(await fetchCloudflareNetworks({ fetch: send })).toEqual([...IPV4, ...IPV6])
    expect(send.mock.calls).toEqual([
      ['https://api.cloudflare.com/client/v4/ips', expect.objectContaining({ redirect: 'error' })],
    ])
  })

  it("uses Node's own fetch where no other is given", async () => {
    const send = jest.spyOn(globalThis, 'fetch').mockImplementation(answering(ANSWER))
    expect(await fetchCloudflareNetworks()).toEqual([...IPV4, ...IPV6])
    send.mockRestore()
  })

  it.each<[what: string, body: unknown]>([
    ['null', null],
    ['no success', { ...ANSWER, success: false }],
    ['success that is only truthy', { ...ANSWER, success: 'true' }],
    ['no result', { success: true }],
    ['a result that is null', { ...ANSWER, result: null }],
    ['no IPv4', { ...ANSWER, result: { ...result, ipv4_cidrs: [] } }],
    ['no IPv6', { ...ANSWER, result: { ...result, ipv6_cidrs: [] } }],
    ['IPv6 left out', { ...ANSWER, result: { ipv4_cidrs: IPV4 } }],
    ['text in place of a list', { ...ANSWER, result: { ...result, ipv4_cidrs: '192.0.2.0/24' } }],
    ['an address without a prefix', { ...ANSWER, result: { ...result, ipv4_cidrs: ['192.0.2.1'] } }],
    ['a number', { ...ANSWER, result: { ...result, ipv6_cidrs: [6] } }],
    ['everybody', { ...ANSWER, result: { ...result, ipv4_cidrs: ['0.0.0.0/0'] } }],
    ['everybody as IPv6', { ...ANSWER, result: { ...result, ipv6_cidrs: ['::ffff:0:0/96'] } }],
  ])('does not take an answer with %s', async (_what, body) => {
    await expect(fetchCloudflareNetworks({ fetch: answering(body) })).rejects.toThrow(TypeError)
  })

  it.each([201, 204, 403, 429, 500])('does not take an answer of status %i', async (status) => {
    const send = (): Promise<Response> => Promise.resolve(new Response(null, { status }))
    await expect(fetchCloudflareNetworks({ fetch: send })).rejects.toThrow(String(status))
  })

  it('does not take an answer without a body, nor repeat what does not read', async () => {
    const send = (body: string | null) => (): Promise<Response> => Promise.resolve(new Response(body))
    await expect(fetchCloudflareNetworks({ fetch: send(null) })).rejects.toThrow(TypeError)
    await expect(fetchCloudflareNetworks({ fetch: send('<secret>') })).rejects.not.toThrow('<')
  })

  it('does not wait longer than it is told, whatever makes the request', async () => {
    await expect(fetchCloudflareNetworks({ fetch: HANGING, timeoutMs: 5 })).rejects.toThrow('in time')
  })

  it('ends with its signal, before and while it asks', async () => {
    const reason = new Error('shutting down')
    const before = fetchCloudflareNetworks({ fetch: HANGING, signal: AbortSignal.abort(reason) })
    await expect(before).rejects.toBe(reason)
    const controller = new AbortController()
    const during = fetchCloudflareNetworks({ fetch: HANGING, signal: controller.signal })
    controller.abort(reason)
    await expect(during).rejects.toBe(reason)
    const { signal } = new AbortController()
    expect(await fetchCloudflareNetworks({ fetch: answering(ANSWER), signal })).toHaveLength(4)
  })

  it('has no other option', async () => {
    const options = { timeout: 5 } as FetchCloudflareNetworksOptions
    await expect(fetchCloudflareNetworks(options)).rejects.toThrow("'timeout'")
  })
})

describe('fetchCloudflareNetworks from a real server', () => {
  let origin: Origin

  const fetchFrom = async (
    answer: (res: ServerResponse) => void,
    options: FetchCloudflareNetworksOptions = {},
  ): Promise<readonly string[]> => {
    origin = await listen((_req, res) => {
      answer(res)
    })
    return fetchCloudflareNetworks({ ...options, fetch: (_url, init) => fetch(origin.url, init) })
  }
  afterEach(() => origin.close())

  it('reads an answer that comes in parts', async () => {
    const [head, tail] = [JSON.stringify(ANSWER).slice(0, 50), JSON.stringify(ANSWER).slice(50)]
    const networks = await fetchFrom((res) => {
      res.write(head)
      setTimeout(() => res.end(tail), 20)
    })
    expect(networks).toEqual([...IPV4, ...IPV6])
  })

  it.each<[what: string, answer: (res: ServerResponse) => void, message: string]>([
    ['a redirection', (res) => res.writeHead(302, { location: '/elsewhere' }).end(), 'fetch failed'],
    [
      'more than a list',
      (res) => res.end(JSON.stringify({ ...ANSWER, more: 'x'.repeat(65_536) })),
      'more than',
    ],
    ['an answer that never begins', () => undefined, 'in time'],
    ['an answer that never ends', (res) => res.write('{'), 'in time'],
    ['a connection that breaks', (res) => res.destroy(), 'fetch failed'],
  ])('does not take %s', async (_what, answer, message) => {
    const timeoutMs = message === 'in time' ? 100 : 10_000
    await expect(fetchFrom(answer, { timeoutMs })).rejects.toThrow(message)
  })
})
