import { randomUUID } from 'node:crypto'
import { connect, type MqttClient } from 'mqtt'
import { z } from 'zod'
import type { DeviceModel, Values } from './device-model.ts'

export type DeviceState = 'connecting' | 'connected' | 'dropped-out' | 'stopped'

export type SimulatedDevice = {
  readonly name: string
  start(): void
  /** Waits up to `graceMs` for acknowledgements under way, then closes the connection. */
  stop(graceMs: number): Promise<void>
  state(): DeviceState
  model: DeviceModel
  /** Readings acknowledged so far, those not acknowledged yet, and those given up because the memory was full. */
  counts(): { acknowledged: number; waiting: number; forgotten: number }
  /** Why it is not connected, in the words of the last failure. */
  trouble(): string | null
}

export type DeviceOptions = {
  name: string
  token: string
  mqttUrl: string
  model: DeviceModel
  /** Milliseconds between two readings. */
  periodMs: number
  /** In [0, 1): where in the period this device speaks, so that a fleet does not speak at once. */
  phase: number
  /** Recorded before it came online; sent first, then noted in the client attribute `historySentAt`. */
  history?: readonly Message[]
}

/** Readings a device remembers while it cannot send, as flash memory on a real one would. */
const memoryLimit = 5000
/** Readings of one packet when several wait; far below the payload limit of 64 KiB. */
const readingsPerPacket = 50
const backoff = { firstMs: 500, mostMs: 30_000 }
const maxInFlight = 20

const requestTopic = 'v1/devices/me/rpc/request/'
const responseTopic = 'v1/devices/me/rpc/response/'
const requestSchema = z.object({ method: z.string(), params: z.unknown() })

const requestOf = (payload: string) => {
  try {
    return requestSchema.safeParse(JSON.parse(payload)).data
  } catch {
    return undefined
  }
}

export type Message = { ts: number; values: Values }

export const createSimulatedDevice = (options: DeviceOptions): SimulatedDevice => {
  const { model } = options
  const memory: Message[] = [...(options.history ?? [])]
  const inFlight = new Set<Message[]>()
  let isHistoryDue = memory.length > 0
  const counts = { acknowledged: 0, forgotten: 0 }
  let client: MqttClient | undefined
  let state: DeviceState = 'stopped'
  let trouble: string | null = null
  let failures = 0
  let clock: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined

  const open = () => {
    state = 'connecting'
    const opened = connect(options.mqttUrl, {
      protocolVersion: 4,
      clientId: `simulated-${randomUUID().slice(0, 13)}`,
      username: options.token,
      keepalive: 60,
      connectTimeout: 10_000,
      // The library would come back at a fixed pace; a fleet needs to spread out.
      reconnectPeriod: 0,
    })
    client = opened
    opened.once('connect', () => {
      // Hung up meanwhile: nothing may be sent any more.
      if (state !== 'connecting' || opened !== client) return
      failures = 0
      trouble = null
      state = 'connected'
      tellState(opened, model.identity)
      opened.subscribe(`${requestTopic}+`, { qos: 1 }, ignoreLoss)
      send()
    })
    opened.on('message', (topic, payload) => answer(opened, topic, payload.toString()))
    opened.on('error', (error) => {
      trouble = error.message || error.name
    })
    opened.once('close', () => onClose(opened))
  }

  const onClose = (closed: MqttClient) => {
    if (closed !== client) return
    client = undefined
    closed.end(true)
    // What was not acknowledged goes first again; the same ts makes a second arrival harmless.
    memory.unshift(...[...inFlight].flat())
    inFlight.clear()
    if (state !== 'connecting' && state !== 'connected') return
    trouble ??= 'the connection was closed'
    state = 'connecting'
    failures += 1
    const waitMs = Math.min(backoff.mostMs, backoff.firstMs * 2 ** (failures - 1))
    retry = setTimeout(open, waitMs * (0.5 + Math.random() / 2))
  }

  const hangUp = (next: 'dropped-out' | 'stopped') => {
    state = next
    clearTimeout(retry)
    client?.end(true)
  }

  const send = () => {
    const to = client
    if (!to?.connected) return
    while (inFlight.size < maxInFlight && memory.length > 0) {
      const packet = memory.splice(0, readingsPerPacket)
      inFlight.add(packet)
      const payload = JSON.stringify(packet.length === 1 ? packet[0] : packet)
      to.publish('v1/devices/me/telemetry', payload, { qos: 1 }, (error) => {
        // After a close the packet is in memory again and this answer is about the past.
        if (error || to !== client || !inFlight.delete(packet)) return
        counts.acknowledged += packet.length
        if (isHistoryDue && inFlight.size + memory.length === 0) noteHistory(to)
        send()
      })
    }
  }

  const tellState = (to: MqttClient, more: object = {}) => {
    const attributes = { ...more, ...model.settings() }
    to.publish('v1/devices/me/attributes', JSON.stringify(attributes), { qos: 1 }, ignoreLoss)
  }

  /** Does a command of the platform, tells what it led to, and answers. */
  const answer = (to: MqttClient, topic: string, payload: string) => {
    if (!topic.startsWith(requestTopic)) return
    const request = requestOf(payload)
    const result = request ? model.command(request.method, request.params) : { error: 'This is no command' }
    tellState(to)
    to.publish(responseTopic + topic.slice(requestTopic.length), JSON.stringify(result), { qos: 1 }, ignoreLoss)
  }

  const noteHistory = (to: MqttClient) => {
    to.publish('v1/devices/me/attributes', JSON.stringify({ historySentAt: Date.now() }), { qos: 1 }, ignoreLoss)
    isHistoryDue = false
  }

  const tick = () => {
    const ts = Date.now()
    const values = model.sample(ts)
    if (!values) {
      if (state !== 'dropped-out') hangUp('dropped-out')
      return
    }
    if (state === 'dropped-out') open()
    memory.push({ ts, values })
    if (memory.length > memoryLimit) {
      memory.shift()
      counts.forgotten += 1
    }
    send()
  }

  return {
    name: options.name,
    model,
    state: () => state,
    trouble: () => trouble,
    counts: () => ({ ...counts, waiting: memory.length + [...inFlight].flat().length }),
    start: () => {
      open()
      clock = setTimeout(() => {
        tick()
        clock = setInterval(tick, options.periodMs)
      }, options.phase * options.periodMs)
    },
    stop: async (graceMs) => {
      clearTimeout(clock)
      clearTimeout(retry)
      state = 'stopped'
      const last = client
      if (!last) return
      await new Promise<void>((resolve) => {
        const cut = setTimeout(() => last.end(true, () => resolve()), graceMs)
        // Waits for outstanding acknowledgements, then says DISCONNECT.
        last.end(false, () => {
          clearTimeout(cut)
          resolve()
        })
      })
    },
  }
}

/** Attributes are sent again with the next connection. */
const ignoreLoss = () => {}
