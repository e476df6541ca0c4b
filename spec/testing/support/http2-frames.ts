const DATA = 0
const HEADERS = 1
const RST_STREAM = 3
const SETTINGS = 4
const END_HEADERS = 4

const frame = (type: number, flags: number, stream: number, payload = Buffer.alloc(0)): Buffer => {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** POST, https and / from HPACK's static table, then the authority as a literal (RFC 7541 appendix A). */
const POST = Buffer.concat([Buffer.of(0x83, 0x87, 0x84, 0x41, 9), Buffer.from('localhost')])

/** What a client of HTTP/2 says first, with a request on stream 1 whose body is not at its end (RFC 9113). */
export const unfinishedPost = (body: string): Buffer =>
  Buffer.concat([
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    frame(SETTINGS, 0, 0),
    frame(HEADERS, END_HEADERS, 1, POST),
    frame(DATA, 0, 1, Buffer.from(body)),
  ])

/** Ends stream 1 without ending the body first, which Node's own client never does. */
export const resetStream = (code: number): Buffer => {
  const payload = Buffer.alloc(4)
  payload.writeUInt32BE(code)
  return frame(RST_STREAM, 0, 1, payload)
}
