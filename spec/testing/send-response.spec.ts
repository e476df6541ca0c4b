import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { sendStatus } from '../../lib/testing/send-response.js'

const answerOf = async (listener: (response: ServerResponse) => void): Promise<IncomingMessage> => {
  const server = createServer((_request, response) => {
    listener(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  server.close()
  return response
}

describe('sendStatus', () => {
  it('answers with the status and none of the fields that were to go along', async () => {
    const response = await answerOf((answer) => {
      answer.setHeader('X-Secret', '1')
      sendStatus(answer, 502)
    })
    expect(response.statusCode).toBe(502)
    expect(response.headers).not.toHaveProperty('x-secret')
    expect(await text(response)).toBe('')
  })

  it('breaks off an answer that has begun', async () => {
    const response = await answerOf((answer) => {
      answer.write('half of it', () => {
        sendStatus(answer, 502)
      })
    })
    expect(response.statusCode).toBe(200)
    await expect(text(response)).rejects.toThrow('aborted')
  })
})
