// The load process of topic-space.ts: publishers that keep their window full, and subscribers that acknowledge.
import { connect, type Socket } from 'node:net'
import { generate, type Packet, parser } from 'mqtt-packet'
import { createHistogram, record } from '../harness/histogram.ts'
import type { SpacePlan, SpaceReport } from './protocol.ts'

type Client = { socket: Socket; send(packet: Packet): void; onPacket: (packet: Packet) => void }

const open = (plan: SpacePlan, token: string, isKept: boolean): Promise<Client> =>
  new Promise((resolve, reject) => {
    const socket = connect(plan.mqttPort, '127.0.0.1')
    const reader = parser({ protocolVersion: 4 })
    const client: Client = {
      socket,
      send: (packet) => socket.write(generate(packet, { protocolVersion: 4 })),
      onPacket: (packet) => (packet.cmd === 'connack' && packet.returnCode === 0 ? resolve(client) : reject(packet)),
    }
    socket.setNoDelay(true)
    socket.on('error', reject)
    socket.on('data', (chunk) => reader.parse(chunk))
    reader.on('packet', (packet: Packet) => client.onPacket(packet))
    client.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: !isKept,
      clientId: token,
      keepalive: 0,
      username: token,
    })
  })

const subscribed = (client: Client, topic: string, qos: 0 | 1): Promise<void> =>
  new Promise((resolve) => {
    client.onPacket = (packet) => {
      if (packet.cmd === 'suback') resolve()
    }
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos }] })
  })

/** Payloads begin with their number and when they were sent, µs. */
const payloadOf = (number: number, bytes: number): Buffer => {
  const payload = Buffer.alloc(Math.max(16, bytes))
  payload.writeDoubleBE(number, 0)
  payload.writeDoubleBE(performance.now() * 1_000, 8)
  return payload
}

const run = async (plan: SpacePlan): Promise<SpaceReport> => {
  const latency = createHistogram()
  const state = { published: 0, delivered: 0, isMeasured: false, isOver: false }
  const flows: { sent: number; answered: number; arrived: number[]; fill: () => void }[] = []
  for (let p = 0; p < plan.publishers; p++) {
    const topic = `bench/${p}/values`
    const flow = { sent: 0, answered: 0, arrived: Array(plan.subscribersEach).fill(0) as number[], fill: () => {} }
    flows.push(flow)
    for (let s = 0; s < plan.subscribersEach; s++) {
      const client = await open(plan, plan.tokens[plan.publishers + p * plan.subscribersEach + s] ?? '', plan.isKept)
      await subscribed(client, topic, plan.qos)
      client.onPacket = (packet) => {
        if (packet.cmd !== 'publish' || !Buffer.isBuffer(packet.payload)) return
        if (packet.qos > 0) client.send({ cmd: 'puback', messageId: packet.messageId ?? 0 })
        flow.arrived[s] = (flow.arrived[s] ?? 0) + 1
        if (!state.isMeasured) return
        state.delivered++
        record(latency, performance.now() * 1_000 - packet.payload.readDoubleBE(8))
        if (plan.qos === 0) flow.fill()
      }
    }
    const publisher = await open(plan, plan.tokens[p] ?? '', false)
    const waiting = () => flow.sent - (plan.qos > 0 ? flow.answered : Math.min(...flow.arrived))
    flow.fill = () => {
      while (!state.isOver && waiting() < plan.window) {
        const messageId = (flow.sent % 65_535) + 1
        const payload = payloadOf(++flow.sent, plan.payloadBytes)
        const common = { cmd: 'publish', topic, payload, dup: false, retain: false } as const
        publisher.send(plan.qos > 0 ? { ...common, qos: 1, messageId } : { ...common, qos: 0 })
      }
    }
    publisher.onPacket = (packet) => {
      if (packet.cmd !== 'puback') return
      flow.answered++
      if (state.isMeasured) state.published++
      flow.fill()
    }
  }
  const pump = setInterval(() => {
    for (const flow of flows) flow.fill()
  }, 2)
  await new Promise((resolve) => setTimeout(resolve, plan.warmUpMs))
  state.isMeasured = true
  const beganMs = performance.now()
  const before = flows.reduce((sum, { sent }) => sum + sent, 0)
  await new Promise((resolve) => setTimeout(resolve, plan.measureMs))
  state.isMeasured = false
  const seconds = (performance.now() - beganMs) / 1_000
  const sent = flows.reduce((sum, flow) => sum + flow.sent, 0) - before
  state.isOver = true
  clearInterval(pump)
  const wanted = ({ sent: all, answered }: (typeof flows)[number]) => (plan.qos > 0 ? answered : all)
  const missing = () =>
    flows.reduce((sum, flow) => sum + flow.arrived.reduce((less, got) => less + Math.max(0, wanted(flow) - got), 0), 0)
  const deadline = performance.now() + 10_000
  while (missing() > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
  return {
    published: plan.qos > 0 ? state.published : sent,
    delivered: state.delivered,
    seconds,
    latency,
    missing: missing(),
  }
}

process.once('message', (plan: SpacePlan) => {
  run(plan).then(
    (report) => process.send?.(report, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
