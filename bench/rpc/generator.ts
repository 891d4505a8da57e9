// The load process of rpc.ts: devices that answer, and callers that send them commands at a given rate.
import { Agent, request } from 'node:http'
import mqtt, { type MqttClient } from 'mqtt'
import { createHistogram, type Histogram, record } from '../harness/histogram.ts'
import type { RpcPlan, RpcReport } from './protocol.ts'

const agent = new Agent({ keepAlive: true, maxSockets: 500 })

const ask = (plan: RpcPlan, path: string, body?: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(
      `${plan.httpUrl}${path}`,
      {
        agent,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          'x-authorization': `Bearer ${plan.token}`,
          ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }))
        response.once('error', reject)
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })

/** A device that says the parameters of each command back. */
const startDevice = async (plan: RpcPlan, token: string): Promise<MqttClient> => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${plan.mqttPort}`, { username: token, reconnectPeriod: 0 })
  client.on('message', (topic, payload) => {
    const { params }: { params: unknown } = JSON.parse(payload.toString())
    client.publish(topic.replace('request', 'response'), JSON.stringify(params))
  })
  await client.subscribeAsync('v1/devices/me/rpc/request/+', { qos: 1 })
  return client
}

/** Calls `once` at each moment that is due, however long the ones before take; resolves when all have ended. */
const atRate = async (plan: RpcPlan, once: (index: number, dueMs: number) => Promise<void>): Promise<void> => {
  const beganMs = performance.now()
  const count = Math.floor(((plan.warmUpMs + plan.measureMs) * plan.rate) / 1_000)
  const all: Promise<void>[] = []
  while (all.length < count) {
    const dueMs = beganMs + (all.length * 1_000) / plan.rate
    const early = dueMs - performance.now()
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
    all.push(once(all.length, dueMs))
  }
  await Promise.all(all)
}

const run = async (plan: RpcPlan): Promise<RpcReport> => {
  const report: RpcReport = {
    latency: createHistogram(),
    baseline: createHistogram(),
    commands: 0,
    answered: 0,
    wrong: 0,
    refused: {},
  }
  const clients = await Promise.all(plan.devices.map(({ token }) => startDevice(plan, token)))
  const warmUp = (plan.warmUpMs * plan.rate) / 1_000
  const note = (histogram: Histogram, index: number, dueMs: number) => {
    if (index >= warmUp) record(histogram, (performance.now() - dueMs) * 1_000)
  }
  const deviceOf = (index: number) => plan.devices[index % plan.devices.length]?.id ?? ''
  await atRate(plan, async (index, dueMs) => {
    report.commands++
    const body = JSON.stringify({ method: 'echo', params: { n: index }, timeout: 10_000 })
    const { status, text } = await ask(plan, `/api/rpc/twoway/${deviceOf(index)}`, body)
    note(report.latency, index, dueMs)
    if (status !== 200) report.refused[status] = (report.refused[status] ?? 0) + 1
    else if (text === JSON.stringify({ n: index })) report.answered++
    else report.wrong++
  })
  await atRate(plan, async (index, dueMs) => {
    await ask(plan, `/api/device/${deviceOf(index)}`)
    note(report.baseline, index, dueMs)
  })
  await Promise.all(clients.map((client) => client.endAsync()))
  return report
}

process.once('message', (plan: RpcPlan) => {
  void run(plan).then((report) => process.send?.(report, () => process.disconnect?.()))
})
