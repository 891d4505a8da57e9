import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** Posts by CoAP with nothing but RFC 7252 in hand, and tells the code of the answer: `2.01`, `4.00`, … */
export const coapPost = async (port: number, path: string, payload: string): Promise<string> => {
  const options = path.split('/').map((part, i) => {
    const text = Buffer.from(part)
    // Uri-Path is option 11: the first is 11 from the start, the others 0 from the one before.
    const delta = i === 0 ? 11 : 0
    const isLong = text.length > 12
    const head = isLong ? [(delta << 4) | 13, text.length - 13] : [(delta << 4) | text.length]
    return Buffer.concat([Buffer.from(head), text])
  })
  const confirmablePost = Buffer.of(0x40, 0x02, 0x12, 0x34)
  const socket = createSocket('udp4')
  try {
    socket.send(Buffer.concat([confirmablePost, ...options, Buffer.of(0xff), Buffer.from(payload)]), port, '127.0.0.1')
    const [answer] = await once(socket, 'message', { signal: AbortSignal.timeout(5_000) })
    const code = Buffer.from(answer).readUInt8(1)
    return `${code >> 5}.${String(code & 31).padStart(2, '0')}`
  } finally {
    socket.close()
  }
}
