import type { Message } from '@thingwire/contracts'
import {
  type Departure,
  defineHandler,
  errorText,
  isEnvironmentError,
  newMessageId,
  type NodeContext,
} from '@thingwire/rules'
import { evaluateDevice } from './evaluation.ts'
import { deviceProfile } from './manifest.ts'
import { newsOf, tickType } from './news.ts'
import {
  createRuleShelf,
  type DeviceAtWork,
  type DueNews,
  loadDevices,
  touchedBy,
  type Wanted,
} from './ruled-devices.ts'
import { carryOut } from './rulings.ts'
import { SeenValues } from './seen-values.ts'

/** Durations are looked at so often while no values come. */
const harvestMs = 60_000
/** Devices for which messages are made at a time. */
const harvestChunk = 1_000

type Labels = 'Alarm Created' | 'Alarm Updated' | 'Alarm Severity Updated' | 'Alarm Cleared' | 'Success'

export const deviceProfileHandler = defineHandler(deviceProfile, async (_, context) => {
  const { ports, nodeId, ruleChainId, tenantId } = context
  const seen = new SeenValues()
  const rulesOf = createRuleShelf((problem, { profileName }) =>
    ports.log.info(`Device profile ${profileName}: ${problem}`, { nodeId, ruleChainId }),
  )
  const series = {
    ...{ ruleChainId, ruleNodeId: nodeId, name: 'harvest', generation: '1', type: tickType, queueName: null },
    originator: { entityType: 'TENANT' as const, id: tenantId },
  }

  /** Each device with a rule that waits gets a message, so that it is evaluated in its place among the device's others. */
  const harvest = async (tick: Message): Promise<void> => {
    const nowMs = ports.clock.now()
    if ((await ports.series.next(series, tick, { dueMs: nowMs + harvestMs, state: null })) === 'stale') return
    let afterId: string | null = null
    for (;;) {
      const ids: string[] = await ports.alarmRules.timed(nodeId, afterId, harvestChunk)
      if (ids.length > 0) await ports.messages.enqueue(ids.map((id) => timePassed(id, nowMs, context)))
      afterId = ids.at(-1) ?? null
      if (ids.length < harvestChunk) return
    }
  }

  await ports.series.begin(series, { dueMs: ports.clock.now() + harvestMs, state: null })
  return {
    handle: async (batch) => {
      for (const message of batch) if (isTick(message)) await harvest(message)
      const { byMessage, wanted } = await readBatch(batch, { context, rulesOf, seen })
      const devices = await loadDevices(wanted, { ...context, seen })
      const results = devices.map((at) => ({ at, ...evaluateDevice(at) }))
      const done = await carryOut(
        results.flatMap(({ rulings }) => rulings),
        context,
      )
      for (const { rulings, failed } of results) {
        for (const [message, error] of failed) byMessage.set(message, [{ message, connection: 'Failure', error }])
        for (const ruling of rulings) {
          const departure = done.get(ruling)
          if (departure) byMessage.get(ruling.message)?.push(departure)
        }
      }
      await keepCounts(devices, context)
      for (const { device, rules, items } of devices)
        for (const { news } of items) for (const one of news) seen.note(device.id, rules, one.news)
      return batch.flatMap((message) => byMessage.get(message) ?? [])
    },
  }
})

const isTick = ({ type, originator }: Message): boolean => type === tickType && originator.entityType === 'TENANT'

const timePassed = (id: string, nowMs: number, { nodeId, ruleChainId, tenantId }: NodeContext): Message => ({
  id: newMessageId(),
  ts: nowMs,
  type: tickType,
  tenantId,
  originator: { entityType: 'DEVICE', id },
  customerId: null,
  metadata: {},
  dataType: 'JSON',
  data: '{}',
  ruleChainId,
  ruleNodeId: nodeId,
})

type Reading = { context: NodeContext; rulesOf: ReturnType<typeof createRuleShelf>; seen: SeenValues }

/** Where each message goes by itself, and the devices of which something is to be evaluated. */
const readBatch = async (
  batch: readonly Message[],
  { context, rulesOf, seen }: Reading,
): Promise<{ byMessage: Map<Message, Departure<Labels>[]>; wanted: Wanted[] }> => {
  const byMessage = new Map<Message, Departure<Labels>[]>()
  const concerned = new Map<string, Message[]>()
  for (const message of batch) {
    const { originator, type } = message
    // Messages that this node sends to itself end here.
    byMessage.set(message, type === tickType ? [] : [{ message, connection: 'Success' }])
    if (originator.entityType !== 'DEVICE' || type === 'ENTITY_UPDATED') continue
    if (type === 'ENTITY_DELETED') seen.forget(originator.id)
    else concerned.set(originator.id, [...(concerned.get(originator.id) ?? []), message])
  }
  const ids = [...concerned.keys()]
  const devices = ids.length > 0 ? await context.ports.alarmRules.devices(ids) : []
  const wanted = ids.flatMap((id, index): Wanted[] => {
    const messages = concerned.get(id) ?? []
    const device = devices[index]
    if (!device) {
      for (const message of messages) byMessage.set(message, [])
      return []
    }
    const rules = rulesOf(device)
    const items = messages.flatMap((message) => {
      try {
        const news = rules.alarms.length > 0 || message.type === tickType ? newsOf(message) : []
        return news.length > 0
          ? [{ message, news: news.map((one) => ({ news: one, touched: touchedBy(one, rules) })) }]
          : []
      } catch (error) {
        byMessage.set(message, [{ message, connection: 'Failure', error: errorText(error) }])
        return []
      }
    })
    const keys = missingKeys(items.flatMap(({ news }) => news))
    return keys === null ? [] : [{ device, rules, items, keys }]
  })
  return { byMessage, wanted }
}

/** What must be read before the news can be evaluated; null: they have nothing evaluated. */
const missingKeys = (all: readonly DueNews[]): ReadonlySet<string> | null => {
  const [first] = all
  // The first news bring these before anything is evaluated.
  const brought = first?.news.kind === 'values' ? first.news.values : null
  const keys = new Set<string>()
  let isDue = false
  for (const { news, touched } of all) {
    isDue ||= news.kind !== 'values' || touched.length > 0
    for (const alarm of touched) for (const key of alarm.keys) if (!brought?.has(key)) keys.add(key)
  }
  return isDue ? keys : null
}

const keepCounts = async (devices: readonly DeviceAtWork[], { ports, nodeId, ruleChainId }: NodeContext) => {
  const changes = devices.flatMap(({ device, counts, items }) => {
    if (!counts.isChanged) return []
    const stored = counts.stored(items.at(-1)?.message.id ?? '')
    return [{ deviceId: device.id, counts: stored, isTimed: counts.isTimed }]
  })
  if (changes.length === 0) return
  try {
    await ports.alarmRules.keepCounts(nodeId, changes)
  } catch (error) {
    if (isEnvironmentError(error)) throw error
    ports.log.info(`What alarm rules have counted is not kept: ${errorText(error)}`, { nodeId, ruleChainId })
  }
}
