// Prints what a request comes to whose event has a listener that throws, and what else hears of that.
import { mtlsIdentity } from 'mtls-identity'
import { onEvent } from 'mtls-identity/events'

onEvent('mtls-identity:recognised', () => {
  throw new Error('of a listener')
})
onEvent('mtls-identity:recognised', () => {
  console.log('The next listener is called.')
})
if (process.argv.includes('--caught')) {
  process.on('uncaughtException', ({ message }) => {
    console.log(`Uncaught: ${message}.`)
  })
}

const request = { headers: { host: 'origin.test' }, rawHeaders: [], socket: { remoteAddress: '127.0.0.1' } }
const middleware = mtlsIdentity({ trust: 'loopback' })
middleware(
  /** @type {import('node:http').IncomingMessage} */ (/** @type {unknown} */ (request)),
  /** @type {import('node:http').ServerResponse} */ (/** @type {unknown} */ ({})),
  (error) => {
    console.log(error === undefined ? 'The request goes on.' : 'The request fails.')
  },
)
setImmediate(() => {
  console.log('The process goes on.')
})
