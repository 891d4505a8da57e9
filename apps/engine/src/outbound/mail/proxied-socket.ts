import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { ProxySettings } from '@thingwire/rules'
import type { OutboundGuard } from '../address-guard/outbound-guard.ts'
import { guarded } from '../system-client.ts'

type Target = { host: string; port: number }

/** A connection to a server, or to it through the tunnel of an HTTP proxy; either address is looked at. */
export const openSocket = async (
  target: Target,
  how: { guard: OutboundGuard; proxy: ProxySettings | null; timeoutMs: number },
): Promise<Socket> => {
  const { guard, proxy, timeoutMs } = how
  guard.check(target.host)
  const { host, port } = proxy ?? target
  const socket = connect({ host, port, ...guarded(guard, host) })
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    await once(socket, 'connect', { signal })
    if (proxy) await tunnel(socket, target, proxy, signal)
    return socket
  } catch (error) {
    socket.destroy()
    throw signal.aborted ? new Error(`no connection within ${timeoutMs} ms`) : error
  }
}

/** The longest head of an answer that a proxy may send. */
const mostHead = 16_384

const tunnel = async (socket: Socket, { host, port }: Target, proxy: ProxySettings, signal: AbortSignal) => {
  const login = Buffer.from(`${proxy.user ?? ''}:${proxy.password ?? ''}`).toString('base64')
  const lines = [
    `CONNECT ${host}:${port} HTTP/1.1`,
    `Host: ${host}:${port}`,
    ...(proxy.user ? [`Proxy-Authorization: Basic ${login}`] : []),
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  let head = ''
  while (!head.includes('\r\n\r\n')) {
    const [chunk]: unknown[] = await once(socket, 'data', { signal })
    head += Buffer.isBuffer(chunk) ? chunk.toString('latin1') : ''
    if (head.length > mostHead) throw new Error('the proxy does not answer as one')
  }
  const [, status = ''] = /^HTTP\/1\.[01] (\d{3})/.exec(head) ?? []
  if (status !== '200') throw new Error(`the proxy answers ${status || 'no HTTP'}`)
  const rest = head.slice(head.indexOf('\r\n\r\n') + 4)
  socket.pause()
  if (rest !== '') socket.unshift(Buffer.from(rest, 'latin1'))
}
