import { once } from 'node:events'
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet'
import type { ClientHandler, ConnectionOptions, PublishAnswer } from '../transports/mqtt/protocol/client-handler.ts'
import type { MqttConnection } from '../transports/mqtt/protocol/connection.ts'
import { createMqttEngine } from '../transports/mqtt/protocol/engine.ts'
import type { ConnectPacket, PublishPacket } from '../transports/mqtt/protocol/packets.ts'
import { refusedFilter } from '../transports/mqtt/protocol/reasons.ts'

export type RawMqtt = {
  socket: Socket
  send(...packets: (Packet | Buffer)[]): void
  /** The next packet of the server, or null when it closed instead. */
  next(): Promise<Packet | null>
}

/** A client that says whatever the test wants, in the encoding of another library. */
export const rawMqtt = async (port: number, protocolVersion: 3 | 4 | 5): Promise<RawMqtt> => {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const reader = parser({ protocolVersion })
  const received: (Packet | null)[] = []
  const waiting: ((packet: Packet | null) => void)[] = []
  const arrive = (packet: Packet | null) => {
    const resolve = waiting.shift()
    if (resolve) resolve(packet)
    else received.push(packet)
  }
  reader.on('packet', arrive)
  socket.on('data', (chunk: Buffer) => reader.parse(chunk))
  socket.on('error', () => {})
  socket.on('close', () => arrive(null))
  return {
    socket,
    send: (...packets) => {
      const bytes = packets.map((packet) => (Buffer.isBuffer(packet) ? packet : generate(packet, { protocolVersion })))
      socket.write(Buffer.concat(bytes))
    },
    next: () => {
      const packet = received.shift()
      return packet === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(packet)
    },
  }
}

export const connectPacket = (protocolVersion: 3 | 4 | 5, more: Partial<IConnectPacket> = {}): IConnectPacket => ({
  cmd: 'connect',
  protocolId: protocolVersion === 3 ? 'MQIsdp' : 'MQTT',
  protocolVersion,
  clean: true,
  keepalive: 0,
  clientId: 'client',
  username: 'token',
  ...more,
})

/** What the protocol engine told its application. */
export type Observed = {
  connection: MqttConnection
  packet: ConnectPacket
  publishes: { packet: PublishPacket; answer: PublishAnswer }[]
  acknowledged: [messageId: number, isTaken: boolean][]
  closed: string[]
  touches: number
}

/** The protocol engine alone, on a free port. Publishes are acknowledged at once unless `answers` is false. */
export const mqttEngineUnderTest = async (
  options: Partial<ConnectionOptions> & { answers?: boolean } = {},
): Promise<AsyncDisposable & { port: number; clients: Observed[]; faults: Error[]; stop(): Promise<void> }> => {
  const clients: Observed[] = []
  const faults: Error[] = []
  const handlerOf = (observed: Observed): ClientHandler => ({
    publish: (packet, answer) => {
      observed.publishes.push({ packet, answer })
      if (options.answers !== false) answer()
    },
    subscribe: (subscriptions) =>
      subscriptions.map(({ filter, qos }) => (filter.startsWith('v1/') ? Math.min(qos, 1) : refusedFilter(filter))),
    subscribed: () => {},
    unsubscribe: (filters) => filters.map((filter) => (filter.startsWith('v1/') ? 0x11 : 0x8f)),
    acknowledged: (...call) => observed.acknowledged.push(call),
    touch: () => {
      observed.touches++
    },
    closed: (why) => observed.closed.push(why),
  })
  const engine = createMqttEngine({
    connect: async (connection, packet) => {
      const observed = { connection, packet, publishes: [], acknowledged: [], closed: [], touches: 0 }
      clients.push(observed)
      return { isAccepted: true, handler: handlerOf(observed) }
    },
    onFault: (_connection, fault) => faults.push(fault),
    receiveMaximum: 8_192,
    ...options,
  })
  const lease = { locate: () => true, asks: () => true, stays: () => {}, isKnown: () => {}, left: () => {} }
  const server = createServer((socket) => engine.accept(socket, { address: '127.0.0.1', certificates: [], lease }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  engine.start()
  let stopped: Promise<void> | null = null
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    await engine.stop(Date.now() + 2_000)
    await closed
  }
  return {
    port: (server.address() as AddressInfo).port,
    clients,
    faults,
    stop: () => (stopped ??= stop()),
    [Symbol.asyncDispose]: () => (stopped ??= stop()),
  }
}
