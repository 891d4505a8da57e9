import type { IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { ConnectionGate } from '../../transport.ts'
import type { ConnectionOrigin } from '../protocol/client-handler.ts'

/** Where MQTT over WebSocket is served on the public port. */
export const webDoorPath = '/mqtt'

/** Names of MQTT as a WebSocket sub-protocol: that of 3.1.1 and 5, and that of 3.1. */
const subprotocols = ['mqtt', 'mqttv3.1']
/** Largest WebSocket message, bytes: room for two of the largest MQTT packets, since packets may be cut in any way. */
const maxPayload = 131_072
const probeAfterMs = 120_000
/** How long a client may take to answer a close frame, ms. */
const closeMs = 1_000

export type WebDoor = {
  /** Answers upgrades of `/mqtt`. */
  attach(app: FastifyInstance): void
  /** Upgrades are refused from now on. */
  close(): void
}

/** MQTT over WebSocket (§6 of the specification) on the public HTTP port. */
export const createWebDoor = (options: {
  gate: ConnectionGate
  /** Proxies whose X-Forwarded-For tells the address of the client. */
  isTrustedProxy: (address: string) => boolean
  accept(socket: Duplex, origin: ConnectionOrigin): void
}): WebDoor => {
  const { gate, isTrustedProxy, accept } = options
  const server = new WebSocketServer({
    noServer: true,
    maxPayload,
    perMessageDeflate: false,
    clientTracking: false,
    // [MQTT-6.0.0-4]
    handleProtocols: (offered) => subprotocols.find((name) => offered.has(name)) ?? false,
  })
  let isClosed = false

  const upgrade = (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    raw.on('error', () => raw.destroy())
    if (isClosed) return refuse(raw, '503 Service Unavailable')
    // [MQTT-6.0.0-3]
    if (!offersMqtt(request)) return refuse(raw, '400 Bad Request')
    const address = clientAddress(request, isTrustedProxy)
    const lease = gate.enter(address, () => raw.destroy())
    if (!lease) return refuse(raw, '503 Service Unavailable')
    raw.once('close', () => lease.left())
    request.socket.setNoDelay(true)
    request.socket.setKeepAlive(true, probeAfterMs)
    server.handleUpgrade(request, raw, head, (socket) =>
      accept(new WebStream(socket), { address, certificates: [], lease }),
    )
  }

  return {
    attach: (app) => {
      app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        const [path] = (request.url ?? '').split('?', 1)
        if (path === webDoorPath) upgrade(request, socket, head)
      })
    },
    close: () => {
      isClosed = true
    },
  }
}

const refuse = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

const offersMqtt = ({ headers }: IncomingMessage): boolean =>
  (headers['sec-websocket-protocol'] ?? '').split(',').some((name) => subprotocols.includes(name.trim()))

/** The nearest address that is no proxy of ours: what stands before it, the client may have written itself. */
const clientAddress = (request: IncomingMessage, isTrustedProxy: (address: string) => boolean): string => {
  const forwarded = request.headers['x-forwarded-for'] ?? ''
  const said = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded).split(',').map((part) => part.trim())
  let address = request.socket.remoteAddress ?? ''
  for (const next of said.toReversed()) {
    if (!isTrustedProxy(address) || next === '') break
    address = next
  }
  return address
}

/** The bytes of the binary messages of a WebSocket, wherever they are cut. */
class WebStream extends Duplex {
  readonly #socket: WebSocket
  #farewell: NodeJS.Timeout | null = null

  constructor(socket: WebSocket) {
    super({ allowHalfOpen: false })
    this.#socket = socket
    socket.on('message', (data: RawData, isBinary: boolean) => {
      // [MQTT-6.0.0-1]
      if (!isBinary) return this.#part(1003)
      if (!this.push(bytesOf(data))) socket.pause()
    })
    socket.on('error', () => this.destroy())
    socket.on('close', () => {
      this.push(null)
      this.destroy()
    })
  }

  override _read(): void {
    // One that is closing is read by the library itself.
    if (this.#socket.isPaused) this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.send(chunk, { binary: true }, (error) => done(error))
  }

  override _final(done: () => void): void {
    this.#part(1000)
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#farewell) clearTimeout(this.#farewell)
    this.#socket.terminate()
    done(error)
  }

  #part(code: number): void {
    if (this.#farewell) return
    this.#socket.close(code)
    this.#farewell = setTimeout(() => this.destroy(), closeMs)
  }
}

const bytesOf = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
