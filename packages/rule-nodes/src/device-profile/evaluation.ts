import type { Message } from '@thingwire/contracts'
import { type AlarmDecision, errorText, evaluateAlarm } from '@thingwire/rules'
import type { News } from './news.ts'
import type { DeviceAtWork, DueNews } from './ruled-devices.ts'

/** A decision that a message of a device has led to. `ts`: of the values, epoch ms. */
export type Ruling = { message: Message; at: DeviceAtWork; decision: AlarmDecision; ts: number }

/**
 * Evaluates the messages of one device, in their order; each meets the values, counts and alarms as those before have
 * left them. A message whose rules cannot be evaluated is answered with the reason, and the next one goes on.
 */
export const evaluateDevice = (at: DeviceAtWork): { rulings: Ruling[]; failed: Map<Message, string> } => {
  const rulings: Ruling[] = []
  const failed = new Map<Message, string>()
  at.counts.retain(new Set(at.rules.alarms.map(({ id }) => id)))
  // What this device's counts contain already when a batch runs again.
  const counted = at.items.findIndex(({ message }) => message.id === at.counts.seen)
  for (const [index, { message, news }] of at.items.entries()) {
    try {
      for (const one of news) rulings.push(...evaluate(at, one, { message, isRepeated: index <= counted }))
    } catch (error) {
      failed.set(message, errorText(error))
    }
  }
  return { rulings, failed }
}

const evaluate = (
  at: DeviceAtWork,
  { news, touched }: DueNews,
  on: { message: Message; isRepeated: boolean },
): Ruling[] => {
  if (news.kind === 'alarm over') {
    end(at, news)
    return []
  }
  if (news.kind === 'values')
    for (const [key, value] of news.values) {
      if (value) at.values.set(key, value)
      else at.values.delete(key)
    }
  const changed = news.kind === 'values' ? news.values : null
  const { message, isRepeated } = on
  return touched.flatMap((alarm) => {
    const active = at.active.get(alarm.type) ?? null
    const { counts, values, customer, tenant } = at
    const facts = { values, customer, tenant }
    const decision = evaluateAlarm(alarm, { facts, ts: news.ts, changed, isRepeated, active, counts })
    if (!decision) return []
    const { severity, details } = decision
    if (severity === null) at.active.delete(alarm.type)
    else at.active.set(alarm.type, { alarm: active?.alarm ?? null, severity, details })
    return [{ message, at, decision, ts: news.ts }]
  })
}

/** Somebody else has ended an alarm: its rules begin anew. */
const end = (at: DeviceAtWork, { alarmId, alarmType }: Extract<News, { kind: 'alarm over' }>): void => {
  const active = at.active.get(alarmType)
  // Another one may have begun since.
  if (active && active.alarm?.id.id !== alarmId) return
  at.active.delete(alarmType)
  for (const { id, type } of at.rules.alarms) if (type === alarmType) at.counts.resetAlarm(id)
}
