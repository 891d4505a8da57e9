import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import { connect, type AddressInfo } from 'node:net'

export type SeenRequest = { method: string; url: string; headers: IncomingMessage['headers']; body: string }

export type HttpWorld = AsyncDisposable & { port: number; url: string; seen: SeenRequest[] }

type Answer = (request: SeenRequest, response: ServerResponse, incoming: IncomingMessage) => void

const listening = async (server: ReturnType<typeof createPlainServer>): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** An HTTP server that remembers what it was asked; with `tls` it speaks HTTPS. */
export const startHttpWorld = async (answer: Answer, tls?: ServerOptions): Promise<HttpWorld> => {
  const seen: SeenRequest[] = []
  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const request = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') }
      seen.push(request)
      answer(request, response, incoming)
    })
  }
  const server = tls ? createTlsServer(tls, listener) : createPlainServer(listener)
  const port = await listening(server)
  return {
    port,
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type ProxyWorld = AsyncDisposable & { port: number; tunnels: string[]; forwarded: string[] }

/** An HTTP proxy: it forwards plain requests, and tunnels by CONNECT. With `login` it asks who one is. */
export const startProxy = async (login?: string): Promise<ProxyWorld> => {
  const tunnels: string[] = []
  const forwarded: string[] = []
  const isKnown = (headers: IncomingMessage['headers']) =>
    login === undefined || headers['proxy-authorization'] === `Basic ${Buffer.from(login).toString('base64')}`
  const server = createPlainServer((incoming, response) => {
    if (!isKnown(incoming.headers)) return void response.writeHead(407).end()
    forwarded.push(incoming.url ?? '')
    response.writeHead(200, { 'X-By': 'proxy' }).end('forwarded')
  })
  server.on('connect', (incoming, socket) => {
    socket.on('error', () => {})
    if (!isKnown(incoming.headers)) return void socket.end('HTTP/1.1 407 Who are you\r\n\r\n')
    tunnels.push(incoming.url ?? '')
    const [host = '', port = ''] = (incoming.url ?? '').split(':')
    const far = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      far.pipe(socket).pipe(far)
    })
    far.on('error', () => socket.destroy())
    socket.on('close', () => far.destroy())
  })
  const port = await listening(server)
  return {
    port,
    tunnels,
    forwarded,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
