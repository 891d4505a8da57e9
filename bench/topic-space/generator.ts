// The load process of topic-space.ts: publishers that keep their window full, and subscribers that acknowledge.
import { connect, type Socket } from 'node:net'
import { createHistogram, record } from '../harness/histogram.ts'
import { connectPacket } from '../ingest/wire.ts'
import type { SpacePlan, SpaceReport } from './protocol.ts'
import { acknowledgement, createReader, publish, type Received, subscribe } from './wire.ts'

type Client = { socket: Socket; onPacket: (packet: Received) => void }

const open = (plan: SpacePlan, token: string, isKept: boolean): Promise<Client> =>
  new Promise((resolve, reject) => {
    const socket = connect(plan.mqttPort, '127.0.0.1')
    const client: Client = {
      socket,
      onPacket: ({ type, code }) =>
        type === 'connack' && code === 0 ? resolve(client) : reject(new Error(`CONNACK ${code}`)),
    }
    socket.setNoDelay(true)
    socket.on('error', reject)
    socket.on(
      'data',
      createReader((packet) => client.onPacket(packet)),
    )
    socket.write(connectPacket(token, token, 4, isKept))
  })

const subscribed = (client: Client, topic: string, qos: 0 | 1): Promise<void> =>
  new Promise((resolve) => {
    client.onPacket = ({ type }) => {
      if (type === 'suback') resolve()
    }
    client.socket.write(subscribe(topic, qos))
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
        if (packet.type !== 'publish') return
        if (packet.messageId > 0) client.socket.write(acknowledgement(packet.messageId))
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
        const messageId = plan.qos > 0 ? (flow.sent % 65_535) + 1 : 0
        publisher.socket.write(publish(topic, payloadOf(++flow.sent, plan.payloadBytes), messageId))
      }
    }
    publisher.onPacket = (packet) => {
      if (packet.type !== 'puback') return
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
