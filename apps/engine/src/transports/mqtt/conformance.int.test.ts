import { type DriverClient, type Outcome, type TransportDriver, transportConformance } from '@thingwire/testing'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { startConformanceWorld } from '../../testing/conformance-world.ts'

type Version = 3 | 4 | 5

const open = (port: number | undefined, protocolVersion: Version, options: IClientOptions): Promise<MqttClient> =>
  mqtt.connectAsync(
    `mqtt://127.0.0.1:${port}`,
    { protocolVersion, reconnectPeriod: 0, ...(protocolVersion === 3 && { protocolId: 'MQIsdp' }), ...options },
    false,
  )

const isRefusal = (error: unknown) =>
  error instanceof Error && /not authorized|identifier rejected|bad user name/i.test(error.message)

const clientOf = (client: MqttClient): DriverClient => {
  client.on('error', () => {})
  const ended = new Promise<void>((resolve) => client.once('close', () => resolve()))
  const refused = ended.then(() => 'refused' as const)
  const send = (topic: string, body: string): Promise<Outcome> =>
    Promise.race([
      client.publishAsync(topic, body, { qos: 1 }).then(
        () => 'accepted' as const,
        () => 'refused' as const,
      ),
      refused,
    ])
  const hear = async (filter: string, heard: (topic: string, payload: Buffer) => void) => {
    const pattern = new RegExp(`^${filter.replaceAll('+', '[^/]+')}$`)
    client.on('message', (topic, payload) => {
      if (pattern.test(topic)) heard(topic, payload)
    })
    await client.subscribeAsync(filter, { qos: 1 })
  }
  let requests = 0
  /** The answer that comes on a topic of its own; `refused` when the request is. */
  const ask = async (topic: string, answers: string, body: string): Promise<unknown | 'refused'> => {
    const id = ++requests
    let answered = (_answer: string) => {}
    const answer = new Promise<string>((resolve) => {
      answered = resolve
    })
    await hear(`${answers}/+`, (at, payload) => {
      if (at === `${answers}/${id}`) answered(payload.toString())
    })
    if ((await send(`${topic}/${id}`, body)) === 'refused') return 'refused'
    return JSON.parse(await answer)
  }
  return {
    ended,
    telemetry: (body) => send('v1/devices/me/telemetry', body),
    attributes: (body) => send('v1/devices/me/attributes', body),
    readAttributes: (keys) =>
      ask('v1/devices/me/attributes/request', 'v1/devices/me/attributes/response', JSON.stringify(keys)),
    hearAttributes: (heard) =>
      hear('v1/devices/me/attributes', (_topic, payload) => heard(JSON.parse(payload.toString()))),
    hearCommands: (heard) =>
      hear('v1/devices/me/rpc/request/+', (topic, payload) =>
        heard({ id: Number(topic.split('/').at(-1)), ...JSON.parse(payload.toString()) }),
      ),
    answerCommand: (id, body) => send(`v1/devices/me/rpc/response/${id}`, body),
    askServer: (body) => ask('v1/devices/me/rpc/request', 'v1/devices/me/rpc/response', body),
    claim: (body) => send('v1/devices/me/claim', body),
    download: async ({ kind }, partBytes) => {
      const base = kind === 'FIRMWARE' ? 'v2/fw' : 'v2/sw'
      const parts: Buffer[] = []
      let came = () => {}
      await hear(`${base}/response/1/chunk/+`.replace('/1/', '/+/'), (_topic, payload) => {
        parts.push(payload)
        came()
      })
      for (let chunk = 0; ; chunk++) {
        const part = new Promise<void>((resolve) => {
          came = resolve
        })
        client.publish(`${base}/request/1/chunk/${chunk}`, String(partBytes), { qos: 1 })
        if ((await Promise.race([part, refused])) === 'refused') return 'refused'
        if ((parts.at(-1)?.length ?? 0) < partBytes) return Buffer.concat(parts)
      }
    },
    close: () => client.endAsync(true),
  }
}

const driver = (version: Version): TransportDriver => ({
  name: `MQTT level ${version}`,
  largestBodyBytes: 65_536,
  connect: async (ports, token) => {
    try {
      return clientOf(await open(ports.mqtt, version, { username: token }))
    } catch (error) {
      if (isRefusal(error)) return null
      throw error
    }
  },
  provision: async (ports, body) => {
    const client = await open(ports.mqtt, version, { username: 'provision' })
    client.on('error', () => {})
    try {
      const answer = new Promise<unknown>((resolve) =>
        client.on('message', (_topic, payload) => resolve(JSON.parse(payload.toString()))),
      )
      const closed = new Promise<'refused'>((resolve) => client.once('close', () => resolve('refused')))
      await client.subscribeAsync('/provision/response', { qos: 1 })
      const refused = client.publishAsync('/provision/request', body, { qos: 1 }).then(
        () => closed,
        () => 'refused' as const,
      )
      return await Promise.race([answer, closed, refused])
    } finally {
      await client.endAsync(true)
    }
  },
})

for (const version of [3, 4, 5] as const) transportConformance(driver(version), startConformanceWorld)
