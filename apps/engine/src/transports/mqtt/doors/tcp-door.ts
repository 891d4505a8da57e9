import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import { errorFields, type Logger } from '../../../observability/logger.ts'
import type { ConnectionGate, ConnectionLease } from '../../transport.ts'
import type { ConnectionOrigin } from '../protocol/client-handler.ts'
import { awaitStart } from './await-start.ts'
import { createClientCertificates } from './client-certificates.ts'
import { readClientHello } from './client-hello.ts'
import { readProxyHeader } from './proxy-header.ts'
import type { ServerCertificate } from './server-certificate.ts'
import { createTurns, type Turn } from './turns.ts'

export type TcpDoorOptions = {
  host: string
  port: number
  gate: ConnectionGate
  /** Whether a connection from this address begins with a header of the PROXY protocol; null: none does. */
  isProxy: ((address: string) => boolean) | null
  /** Null: without TLS. */
  certificate: ServerCertificate | null
  /** Longest time for a TLS handshake, ms; the gate's clock for strangers runs meanwhile. */
  handshakeMs: number
  accept(socket: Duplex, origin: ConnectionOrigin): void
  logger: Logger
}

export type TcpDoor = {
  port(): number
  open(): Promise<void>
  /** Takes nobody in any more, and cuts those that have not got through the door. Resolves when all have left. */
  close(): Promise<void>
}

type Arrival = { socket: Socket; address: string; lease: ConnectionLease }
/** Waiting for its handshake, or in it. */
type Handshake = { arrival: Arrival; turn: Turn | null }

/**
 * Handshakes at a time. With ten thousand at once on a busy machine all would be given up before the first is done; these
 * take a fraction of a second.
 */
const mostHandshakes = 256
/** A handshake is two round trips; a client that takes longer goes on, and another one begins. */
const longestTurnMs = 1_000
/** Probes for peers that vanished, which clients without keep alive leave to us. */
const probeAfterMs = 120_000

/** A TCP port: header of a proxy and TLS handshake, where they are asked for, then MQTT. */
export const createTcpDoor = (options: TcpDoorOptions): TcpDoor => {
  const { gate, isProxy, certificate, logger } = options
  /** Sockets that are not handed on yet. */
  const inside = new Set<Socket>()
  /** Under a name that a socket and the TLS connection on it share. */
  const handshakes = new Map<string, Handshake>()
  const turns = createTurns({ most: mostHandshakes, holdMs: longestTurnMs })
  const certificatesOf = createClientCertificates()
  let server: Server | null = null
  let tls: TlsServer | null = null

  const handOn = ({ socket, address, lease }: Arrival, through: Socket, certificates: readonly string[]) => {
    inside.delete(socket)
    options.accept(through, { address, lease, certificates })
  }

  const admit = (arrival: Arrival) => {
    const { socket } = arrival
    if (!tls) return handOn(arrival, socket, [])
    const name = nameOf(socket)
    const handshake: Handshake = { arrival, turn: null }
    handshakes.set(name, handshake)
    socket.once('close', () => {
      handshake.turn?.end()
      // Its port may have a new owner already.
      if (handshakes.get(name) === handshake) handshakes.delete(name)
    })
    awaitStart(socket, readClientHello, () => {
      // What more it sends waits with its system.
      socket.pause()
      handshake.turn = turns.take(() => tls?.emit('connection', socket))
    })
  }

  const arrive = (socket: Socket) => {
    const own = socket.remoteAddress
    if (own === undefined) return void socket.destroy()
    const isBehindProxy = isProxy?.(own) ?? false
    const lease = gate.enter(isBehindProxy ? null : own, () => socket.destroy())
    if (!lease) return void socket.destroy()
    // `close` follows, which is all there is to know.
    socket.on('error', () => {})
    socket.once('close', () => {
      inside.delete(socket)
      lease.left()
    })
    inside.add(socket)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, probeAfterMs)
    if (!isBehindProxy) return admit({ socket, address: own, lease })
    awaitStart(socket, readProxyHeader, (header) => {
      const address = header.address ?? own
      if (lease.locate(address)) admit({ socket, address, lease })
      else socket.destroy()
    })
  }

  const openTls = async (shown: ServerCertificate): Promise<TlsServer> => {
    const first = await shown.start((changed) => tls?.setSecureContext(changed))
    // A certificate is wanted and not needed, and any will do: whose it is decides what is stored about the device.
    const created = createTlsServer({
      ...first,
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: options.handshakeMs,
    })
    created.on('tlsClientError', (error, socket) => {
      logger.debug(errorFields(error), 'a TLS handshake failed')
      socket.destroy()
    })
    created.on('secureConnection', (socket) => {
      const handshake = handshakes.get(nameOf(socket))
      handshake?.turn?.end()
      if (handshake) handOn(handshake.arrival, socket, certificatesOf(socket))
      else socket.destroy()
    })
    return created
  }

  return {
    port: () => (server?.address() as AddressInfo | null)?.port ?? 0,
    open: async () => {
      if (certificate) tls = await openTls(certificate)
      const created = createTcpServer(arrive)
      try {
        await new Promise<void>((resolve, reject) => {
          created.once('error', reject)
          created.listen({ host: options.host, port: options.port, backlog: 4_096 }, resolve)
        })
      } catch (error) {
        certificate?.stop()
        throw error
      }
      created.on('error', (error) => logger.error(errorFields(error), 'mqtt server error'))
      server = created
    },
    close: async () => {
      const closing = server
      server = null
      certificate?.stop()
      const closed = closing ? new Promise<void>((resolve) => closing.close(() => resolve())) : Promise.resolve()
      for (const socket of inside) socket.destroy()
      await closed
    },
  }
}

const nameOf = ({ remoteAddress, remotePort, localAddress }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress}`
