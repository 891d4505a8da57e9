import mqtt, { type MqttClient } from 'mqtt'

export type NumberedClients = {
  /** Numbers acknowledged so far, per device; number n of a device was sent with `ts = baseTs + n`. */
  acknowledged: readonly Set<number>[]
  sent(): number
  unacknowledged(): number
  /** Stops sending; what is under way is still awaited by the clients. */
  stopSending(): void
  close(): Promise<void>
}

const tickMs = 10
/**
 * Beyond it a device that cannot send keeps its numbers to itself, as a device with little memory does. Small, because
 * MQTT.js repeats what it kept one by one after a reconnect, and takes new messages no faster until it is through.
 */
const usualInFlight = 50

/**
 * Devices that publish numbered messages with QoS 1 and never send a number again unless their protocol does: each
 * reconnects by itself and repeats what was not acknowledged.
 */
export const startNumberedClients = async (options: {
  port: number
  tokens: readonly string[]
  messagesPerSecond: number
  baseTs: number
  /** Of each device, not acknowledged. */
  maxInFlight?: number
}): Promise<NumberedClients> => {
  const { tokens, baseTs, maxInFlight = usualInFlight } = options
  const acknowledged = tokens.map(() => new Set<number>())
  const next = tokens.map(() => 0)
  const inFlight = tokens.map(() => 0)
  const clients = await Promise.all(tokens.map((token) => connect(options.port, token)))
  let due = 0
  let turn = 0

  const publish = (device: number) => {
    const number = next[device] ?? 0
    next[device] = number + 1
    inFlight[device] = (inFlight[device] ?? 0) + 1
    const payload = JSON.stringify({ ts: baseTs + number, values: { n: number } })
    clients[device]?.publish('v1/devices/me/telemetry', payload, { qos: 1 }, (error) => {
      inFlight[device] = (inFlight[device] ?? 0) - 1
      if (!error) acknowledged[device]?.add(number)
    })
  }

  const timer = setInterval(() => {
    due += (options.messagesPerSecond * tickMs) / 1000
    for (; due >= 1; due--) {
      turn = (turn + 1) % tokens.length
      if ((inFlight[turn] ?? 0) < maxInFlight) publish(turn)
    }
  }, tickMs)

  return {
    acknowledged,
    sent: () => next.reduce((sum, count) => sum + count, 0),
    unacknowledged: () => inFlight.reduce((sum, count) => sum + count, 0),
    stopSending: () => clearInterval(timer),
    close: async () => {
      clearInterval(timer)
      await Promise.all(clients.map((client) => client.endAsync(true)))
    },
  }
}

const connect = async (port: number, token: string): Promise<MqttClient> => {
  const client = await mqtt.connectAsync({
    host: '127.0.0.1',
    port,
    username: token,
    protocolVersion: 4,
    // The session of the client lives on in its own memory: that is what repeats unacknowledged messages.
    clean: true,
    reconnectPeriod: 200,
    keepalive: 30,
  })
  client.on('error', () => {})
  return client
}
