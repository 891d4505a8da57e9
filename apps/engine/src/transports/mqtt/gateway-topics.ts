import { deviceJson } from '@thingwire/contracts'
import { z } from 'zod'
import { notServed, payloadAdaptor } from '../payload/index.ts'
import type {
  AcceptResult,
  AttributesUpdate,
  ChildResult,
  DeviceCommand,
  DeviceGateway,
  DeviceSession,
  Uplink,
} from '../transport.ts'
import { jsonMembers } from './json-members.ts'
import { reason } from './protocol/reasons.ts'

/** What a gateway publishes under `v1/gateway/`. */
export type GatewayIntent =
  | 'connect'
  | 'disconnect'
  | 'telemetry'
  | 'attributes'
  | 'attributes/request'
  | 'rpc'
  | 'claim'

const attributesTopic = 'v1/gateway/attributes'
const attributesResponseTopic = 'v1/gateway/attributes/response'
const commandsTopic = 'v1/gateway/rpc'
const disconnectTopic = 'v1/gateway/disconnect'

/** Profile of a device that the gateway names without one (as ThingsBoard). */
const defaultType = 'default'

const name = z.string().min(1)
const connectSchema = z.object({ device: name, type: z.string().nullish() })
const attributesRequestSchema = z.object({
  id: z.number().int(),
  device: name,
  client: z.boolean(),
  key: z.string().optional(),
  keys: z.array(z.string()).optional(),
})
const answerSchema = z.object({ device: name, id: z.number().int().min(0) })

export type GatewayTopics = {
  /** Resolves once all devices of the message are accepted; a refusal is for the whole. Repeat it when the queue is busy. */
  handle(intent: GatewayIntent, topic: string, payload: Uint8Array): () => Promise<AcceptResult>
}

const malformed = (message: string): AcceptResult => ({ ok: false, code: 'PAYLOAD_MALFORMED', message })
const done: AcceptResult = { ok: true, messages: 0 }

/** The devices behind the gateway of one connection. */
export const createGatewayTopics = (options: {
  gateway: DeviceGateway
  session: DeviceSession
  /** Writes to the gateway, with the quality of service that it subscribed the topic with; whether it was taken. */
  send: (topic: string, body: string) => Promise<boolean>
  /** Version 5: the gateway is told whose uplink failed, before its connection ends for it (as ThingsBoard). */
  isToldFailures: boolean
}): GatewayTopics => {
  const { gateway, session, send, isToldFailures } = options
  const children = new Map<string, Promise<ChildResult>>()

  const join = async (deviceName: string, deviceType: string): Promise<ChildResult> => {
    const joined = await gateway.child(session, { deviceName, deviceType })
    if (!joined.ok) {
      children.delete(deviceName)
      return joined
    }
    const child = joined.session
    child.onClose = (reason) => {
      children.delete(deviceName)
      gateway.close(child, reason)
    }
    child.onAttributes = (update) => void send(attributesTopic, updateBody(deviceName, update))
    child.onCommand = (command) => send(commandsTopic, commandBody(deviceName, command))
    gateway.wantsCommands(child)
    return joined
  }

  /** Devices that the gateway did not name before come in by being spoken of. */
  const childOf = (deviceName: string, deviceType = defaultType): Promise<ChildResult> => {
    const known = children.get(deviceName)
    if (known) return known
    const joining = join(deviceName, deviceType).catch((error: unknown) => {
      children.delete(deviceName)
      throw error
    })
    children.set(deviceName, joining)
    return joining
  }

  const withChild = async (
    deviceName: string,
    work: (child: DeviceSession) => Promise<AcceptResult>,
  ): Promise<AcceptResult> => {
    const joined = await childOf(deviceName)
    return joined.ok ? work(joined.session) : joined
  }

  const disconnect = async (deviceName: string): Promise<AcceptResult> => {
    const joined = await children.get(deviceName)
    children.delete(deviceName)
    if (joined?.ok) gateway.close(joined.session, 'the gateway disconnected it')
    return done
  }

  const tellFailure = (result: PromiseSettledResult<AcceptResult>, device: string | undefined) => {
    if (result.status === 'rejected' || result.value.ok || result.value.code === 'PAYLOAD_MALFORMED') return
    const why = result.value.code === 'RATE_LIMITED' ? reason.messageRateTooHigh : reason.unspecified
    void send(disconnectTopic, JSON.stringify({ device, reason: why }))
  }

  /** Uplinks of many devices. What was accepted is not offered again when the rest has to wait. */
  const uplinks = (
    kind: Uplink['kind'],
    { topic, text, opening }: { topic: string; text: string; opening: '[' | '{' },
  ): (() => Promise<AcceptResult>) => {
    const members = jsonMembers(text)
    let waiting = members?.filter(([, value]) => value.startsWith(opening)) ?? []
    const isNothing = !members || (members.length > 0 && waiting.length === 0)
    if (isNothing) return async () => malformed('No values of devices are in the body')
    return async () => {
      const results = await Promise.allSettled(
        waiting.map(([deviceName, value]) =>
          withChild(deviceName, (child) => {
            const payload = Buffer.from(value)
            // The gateway's message is JSON, whatever the profile of the device behind it says.
            return gateway.accept(child, { kind, payload, format: 'JSON', ...(child.settings.mqtt && { topic }) })
          }),
        ),
      )
      const failed = results.find(({ status }) => status === 'rejected')
      if (isToldFailures) results.forEach((result, index) => void tellFailure(result, waiting[index]?.[0]))
      waiting = waiting.filter((_, index) => results[index]?.status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
      const all = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      return all.find(({ ok }) => !ok) ?? done
    }
  }

  const claims = async (text: string): Promise<AcceptResult> => {
    const members = jsonMembers(text)
    if (!members) return malformed('The claim is not understood')
    const results = await Promise.all(
      members.map(([deviceName, value]) =>
        withChild(deviceName, async (child) => {
          await gateway.offerClaim(child, Buffer.from(value))
          return done
        }),
      ),
    )
    return results.find(({ ok }) => !ok) ?? done
  }

  const answerAttributes = async (text: string): Promise<AcceptResult> => {
    const request = parsed(attributesRequestSchema, text)
    const keys = request?.keys ?? (request?.key === undefined ? null : [request.key])
    if (!request || !keys) return malformed('The attribute request is not understood')
    const { id, device, client } = request
    return withChild(device, async (child) => {
      const read = await gateway.readAttributes(child, client ? { clientKeys: keys } : { sharedKeys: keys })
      const values = (client ? read.client : read.shared) ?? {}
      const [only] = keys
      const answer = keys.length === 1 && only !== undefined ? { value: values[only] } : { values }
      void send(attributesResponseTopic, JSON.stringify({ id, device, ...answer }))
      return done
    })
  }

  const answerCommand = async (text: string): Promise<AcceptResult> => {
    const answer = parsed(answerSchema, text)
    const data = jsonMembers(text)?.findLast(([member]) => member === 'data')?.[1]
    if (!answer || data === undefined) return malformed('The answer is not understood')
    return withChild(answer.device, async (child) => {
      await gateway.answerCommand(child, answer.id, data)
      return done
    })
  }

  const connect = async (text: string): Promise<AcceptResult> => {
    const wanted = parsed(connectSchema, text)
    if (!wanted) return malformed('The body names no device')
    const joined = await childOf(wanted.device, wanted.type?.trim() || defaultType)
    return joined.ok ? done : joined
  }

  return {
    handle: (intent, topic, payload) => {
      // What gateways say is JSON so far.
      if (payloadAdaptor(null, session.settings)?.type !== 'JSON')
        return async () => malformed(notServed(null, session.settings))
      const text = Buffer.from(payload).toString('utf8')
      switch (intent) {
        case 'connect':
          return () => connect(text)
        case 'disconnect':
          return async () => {
            const wanted = parsed(connectSchema, text)
            return wanted ? disconnect(wanted.device) : malformed('The body names no device')
          }
        case 'telemetry':
          return uplinks('telemetry', { topic, text, opening: '[' })
        case 'attributes':
          return uplinks('attributes', { topic, text, opening: '{' })
        case 'attributes/request':
          return () => answerAttributes(text)
        case 'rpc':
          return () => answerCommand(text)
        case 'claim':
          return () => claims(text)
      }
    },
  }
}

const parsed = <T>(schema: z.ZodType<T>, text: string): T | null => {
  const read = deviceJson(text)
  const result = read && schema.safeParse(read.value)
  return result?.success ? result.data : null
}

const updateBody = (device: string, update: AttributesUpdate): string =>
  JSON.stringify({ device, data: update.deleted ? { deleted: update.deleted } : (update.values ?? {}) })

/** `params` is JSON already. */
const commandBody = (device: string, { id, method, params }: DeviceCommand): string =>
  `{"device":${JSON.stringify(device)},"data":{"id":${id},"method":${JSON.stringify(method)},"params":${params}}}`
