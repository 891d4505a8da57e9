import type { Alarm, Message } from '@thingwire/contracts'
import { type Departure, defineHandler, failureOf, fillTemplate, type NodeContext } from '@thingwire/rules'
import { loadDetails, withPrevious } from '../alarming/details.ts'
import { alarmMessage, tellOf } from '../alarming/tell.ts'
import { clearAlarm } from './manifest.ts'

type Left = Map<Message, Departure<'Cleared' | 'False' | 'Success'>>
/** A message and the type of the alarm that it means; null: its originator is the alarm. */
type Wish = { message: Message; type: string | null }
type Found = { message: Message; alarm: Alarm }

export const clearAlarmHandler = defineHandler(clearAlarm, async (config, context) => {
  const details = await loadDetails(config, context)

  /** One message of each alarm; those behind it meet an alarm that is cleared, unless its script fails. */
  const clear = async (found: readonly Found[], signal: AbortSignal, left: Left): Promise<void> => {
    let waiting = [...Map.groupBy(found, ({ alarm }) => alarm.id.id).values()]
    while (waiting.length > 0) {
      const turn = waiting.flatMap(([first]) => first ?? [])
      const answers = await details(
        turn.map(({ message, alarm }) => withPrevious(message, alarm.details)),
        signal,
      )
      const failed = new Set<string>()
      const scripted = turn.flatMap((one, index) => {
        const answer = answers[index]
        if (answer?.ok) return [{ ...one, details: answer.value }]
        const error = answer?.error ?? 'The script gave no answer'
        left.set(one.message, { message: one.message, connection: 'Failure', error })
        failed.add(one.alarm.id.id)
        return []
      })
      await settle(scripted, context, left)
      for (const [, ...later] of waiting)
        for (const { message, alarm } of later)
          if (!failed.has(alarm.id.id)) left.set(message, { message, connection: 'False' })
      waiting = waiting.flatMap(([first, ...later]) =>
        first && failed.has(first.alarm.id.id) && later.length > 0 ? [later] : [],
      )
    }
  }

  return {
    handle: async (batch, signal) => {
      const left: Left = new Map()
      const wishes = batch.flatMap((message): Wish[] => {
        if (message.originator.entityType === 'ALARM') return [{ message, type: null }]
        const type = fillTemplate(config.alarmType ?? '', message)
        if (type.ok) return [{ message, type: type.text }]
        left.set(message, failureOf(message, new Error(type.message)))
        return []
      })
      await clear(await find(wishes, context, left), signal, left)
      return batch.flatMap((message) => left.get(message) ?? [])
    },
  }
})

const find = async (wishes: readonly Wish[], { ports }: NodeContext, left: Left): Promise<Found[]> => {
  const named = wishes.filter(({ type }) => type === null)
  const typed = wishes.flatMap(({ message, type }) => (type === null ? [] : [{ originator: message.originator, type }]))
  const [byId, byType] = await Promise.all([
    named.length > 0 ? ports.alarms.read(named.map(({ message }) => message.originator.id)) : [],
    typed.length > 0 ? ports.alarms.active(typed) : [],
  ])
  const [ids, types] = [byId.values(), byType.values()]
  return wishes.flatMap(({ message, type }) => {
    const alarm = (type === null ? ids : types).next().value
    if (alarm && !alarm.cleared) return [{ message, alarm }]
    left.set(message, { message, connection: 'False' })
    return []
  })
}

const settle = async (
  ready: readonly (Found & { details: unknown })[],
  context: NodeContext,
  left: Left,
): Promise<void> => {
  if (ready.length === 0) return
  const clearTs = context.ports.clock.now()
  const outcomes = await context.ports.alarms.clear(
    ready.map(({ alarm, details }) => ({ alarmId: alarm.id.id, clearTs, details })),
  )
  const cleared = ready.flatMap(({ message }, index) => {
    const outcome = outcomes[index]
    if (outcome?.isChanged) return [{ message, alarm: outcome.alarm, type: 'ALARM_CLEAR' as const }]
    // Somebody else was faster.
    left.set(message, { message, connection: 'Success' })
    return []
  })
  const untold = await tellOf(cleared, context)
  for (const one of cleared) {
    const message = alarmMessage(one.message, one.alarm, { isClearedAlarm: 'true' })
    const error = untold.get(one)
    left.set(
      one.message,
      error === undefined ? { message, connection: 'Cleared' } : { message, connection: 'Failure', error },
    )
  }
}
