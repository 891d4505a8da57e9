import type { Duplex } from 'node:stream'
import type { ConnectionOptions, ConnectionOrigin } from './client-handler.ts'
import { MqttConnection } from './connection.ts'
import { reason } from './reasons.ts'

const sweepMs = 1_000

/** The connections of one listener. */
export type MqttEngine = {
  /** The socket closes when its peer does (`allowHalfOpen` is false). */
  accept(socket: Duplex, origin: ConnectionOrigin): void
  start(): void
  /** Reads no more, waits for the answers of what was read, says goodbye; nothing is left open at the deadline. */
  stop(deadlineMs: number): Promise<void>
}

/** MQTT 3.1, 3.1.1 and 5 on any socket. */
export const createMqttEngine = (options: ConnectionOptions): MqttEngine => {
  const connections = new Map<Duplex, MqttConnection>()
  let sweeping: NodeJS.Timeout | null = null

  const sweep = () => {
    const now = performance.now()
    for (const connection of connections.values()) connection.sweep(now)
  }

  const until = async (isDone: () => boolean, deadlineMs: number): Promise<void> => {
    while (!isDone() && Date.now() < deadlineMs) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  return {
    accept: (socket, origin) => {
      const connection = new MqttConnection(socket, options, origin)
      connections.set(socket, connection)
      // `close` follows, which is all there is to know.
      socket.on('error', () => {})
      socket.once('close', () => {
        connections.delete(socket)
        connection.gone()
        origin.lease.left()
      })
    },
    start: () => {
      sweeping = setInterval(sweep, sweepMs)
      sweeping.unref()
    },
    stop: async (deadlineMs) => {
      for (const connection of connections.values()) connection.drain()
      const isSettled = () => [...connections.values()].every(({ unansweredPublishes }) => unansweredPublishes === 0)
      await until(isSettled, deadlineMs)
      for (const connection of connections.values()) connection.end(reason.shuttingDown, 'the server stops')
      for (const socket of connections.keys()) socket.end()
      await until(() => connections.size === 0, Math.min(deadlineMs, Date.now() + 500))
      for (const socket of connections.keys()) socket.destroy()
      if (sweeping) clearInterval(sweeping)
      sweeping = null
    },
  }
}
