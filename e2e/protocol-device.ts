import { createHash } from 'node:crypto'
import { connectAsync, type MqttClient } from 'mqtt'
import { z } from 'zod'

const answerTimeoutMs = 10_000

const parse = (payload: Buffer | string): unknown => JSON.parse(payload.toString())

/** The next message whose topic fits; rejects when none came in time. Ask for it before what leads to it is sent. */
const nextMessage = (client: MqttClient, fits: (topic: string) => boolean, timeoutMs = answerTimeoutMs) =>
  new Promise<Buffer>((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(new Error('No message came in time.'))), timeoutMs)
    const onMessage = (topic: string, payload: Buffer) => {
      if (fits(topic)) settle(() => resolve(payload))
    }
    const settle = (end: () => void) => {
      clearTimeout(timer)
      client.off('message', onMessage)
      end()
    }
    client.on('message', onMessage)
  })

const request = async (client: MqttClient, topic: string, payload: string, answerTopic: string): Promise<Buffer> => {
  const answer = nextMessage(client, (came) => came === answerTopic)
  // The publish may fail first; a rejection that nobody awaits yet would end the run.
  answer.catch(() => {})
  await client.publishAsync(topic, payload, { qos: 1 })
  return answer
}

export const connectMqtt = (mqttUrl: string, username: string): Promise<MqttClient> =>
  connectAsync(mqttUrl, { protocolVersion: 4, username, reconnectPeriod: 200 })

const provisionedSchema = z.object({
  status: z.literal('SUCCESS'),
  credentialsType: z.literal('ACCESS_TOKEN'),
  credentialsValue: z.string(),
})

/** A device that knows only the key and secret of its profile asks for its credentials; resolves to its token. */
export const provision = async (mqttUrl: string, device: { name: string; key: string; secret: string }) => {
  const client = await connectMqtt(mqttUrl, 'provision')
  try {
    await client.subscribeAsync('/provision/response', { qos: 1 })
    const body = { deviceName: device.name, provisionDeviceKey: device.key, provisionDeviceSecret: device.secret }
    const answer = await request(client, '/provision/request', JSON.stringify(body), '/provision/response')
    return provisionedSchema.parse(parse(answer)).credentialsValue
  } finally {
    await client.endAsync()
  }
}

/** A device says that whoever knows the key may have it. */
export const offerToClaim = async (mqttUrl: string, token: string, secretKey: string) => {
  const client = await connectMqtt(mqttUrl, token)
  await client.publishAsync('v1/devices/me/claim', JSON.stringify({ secretKey, durationMs: 60_000 }), { qos: 1 })
  await client.endAsync()
}

const commandSchema = z.object({ method: z.string(), params: z.unknown() })
export type Command = z.infer<typeof commandSchema>

/** A device that does what `obey` says; undefined is no answer at all. Every command is kept. */
export const connectObedient = async (mqttUrl: string, token: string, obey: (command: Command) => unknown) => {
  const client = await connectMqtt(mqttUrl, token)
  const commands: Command[] = []
  const requests = 'v1/devices/me/rpc/request/'
  client.on('message', (topic, payload) => {
    if (!topic.startsWith(requests)) return
    const command = commandSchema.parse(parse(payload))
    commands.push(command)
    const answer = obey(command)
    if (answer !== undefined)
      client.publish(`v1/devices/me/rpc/response/${topic.slice(requests.length)}`, JSON.stringify(answer), { qos: 1 })
  })
  await client.subscribeAsync(`${requests}+`, { qos: 1 })
  return {
    commands,
    tell: (values: unknown) => client.publishAsync('v1/devices/me/telemetry', JSON.stringify(values), { qos: 1 }),
    close: () => client.endAsync(),
  }
}

const firmwareSchema = z.object({
  fw_title: z.string(),
  fw_version: z.string(),
  fw_size: z.number(),
  fw_checksum: z.string(),
  fw_checksum_algorithm: z.literal('SHA256'),
})

/** A device that waits for news of a firmware, fetches it in pieces and checks it, as its boot loader would. */
export const connectUpdater = async (mqttUrl: string, token: string) => {
  const client = await connectMqtt(mqttUrl, token)
  await client.subscribeAsync(['v1/devices/me/attributes', 'v2/fw/response/+/chunk/+'], { qos: 1 })
  const news = nextMessage(client, (topic) => topic === 'v1/devices/me/attributes', 30_000)
  news.catch(() => {})
  return {
    update: async (chunkBytes: number) => {
      const firmware = firmwareSchema.parse(parse(await news))
      const chunks: Buffer[] = []
      for (let index = 0; index * chunkBytes < firmware.fw_size; index += 1)
        chunks.push(
          await request(
            client,
            `v2/fw/request/7/chunk/${index}`,
            String(chunkBytes),
            `v2/fw/response/7/chunk/${index}`,
          ),
        )
      const image = Buffer.concat(chunks)
      const isWhole = createHash('sha256').update(image).digest('hex') === firmware.fw_checksum
      return { title: firmware.fw_title, version: firmware.fw_version, image, chunks: chunks.length, isWhole }
    },
    close: () => client.endAsync(),
  }
}

/** A gateway that brings devices: it connects them and sends what they measure. */
export const connectGateway = async (mqttUrl: string, token: string) => {
  const client = await connectMqtt(mqttUrl, token)
  const publish = (topic: string, payload: unknown) =>
    client.publishAsync(`v1/gateway/${topic}`, JSON.stringify(payload), { qos: 1 })
  return {
    bring: (device: string) => publish('connect', { device }),
    tell: (values: Record<string, unknown>) =>
      publish('telemetry', Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]))),
    close: () => client.endAsync(),
  }
}
