import {
  type Alarm,
  type AlarmSeverity,
  AppError,
  alarmSeverities,
  type EntityId,
  type Message,
  messageTs,
} from '@thingwire/contracts'
import {
  type AlarmToRaise,
  type Departure,
  defineHandler,
  failureOf,
  fillTemplate,
  type NodeContext,
} from '@thingwire/rules'
import type { z } from 'zod'
import { loadDetails, withPrevious } from '../alarming/details.ts'
import { alarmInData, type MessageAlarm } from '../alarming/message-alarm.ts'
import { alarmMessage, tellOf } from '../alarming/tell.ts'
import { createAlarm } from './manifest.ts'

type Config = z.output<typeof createAlarm.config>
type Details = Awaited<ReturnType<typeof loadDetails>>

/** A message whose alarm is to be found or made. */
type Wish = { message: Message; type: string; given: MessageAlarm | null }
type Ready = { message: Message; raise: AlarmToRaise }
/** What is known of the active alarm of an originator and type while the batch runs. */
type Known = Pick<Alarm, 'originator' | 'details'> | null

export const createAlarmHandler = defineHandler(createAlarm, async (config, context) => {
  const { severity: fixed } = config
  if (!config.dynamicSeverity && !isSeverity(fixed))
    throw new AppError('RULE_CHAIN_INVALID', `Incorrect Alarm Severity value: ${fixed ?? 'null'}`)
  const usesScript = !config.useMessageAlarmData || config.overwriteAlarmDetails
  const details = usesScript ? await loadDetails(config, context) : null

  return {
    handle: async (batch, signal) => {
      const left = new Map<Message, Departure<'Created' | 'Updated'>>()
      const wishes = batch.flatMap((message): Wish[] => {
        try {
          const given = config.useMessageAlarmData ? alarmInData(message.data) : null
          return [{ message, given, type: given?.type ?? filled(config.alarmType ?? '', message) }]
        } catch (error) {
          left.set(message, failureOf(message, error))
          return []
        }
      })
      const ready = await describe(wishes, { config, details, context, signal, left })
      await raise(ready, context, left)
      return batch.flatMap((message) => left.get(message) ?? [])
    },
  }
})

const keyOf = (originator: EntityId, type: string): string => `${originator.id} ${type}`

/** Messages of one originator and type see each other's alarms, so they go one after the other; all others together. */
const describe = async (
  wishes: readonly Wish[],
  work: {
    config: Config
    details: Details | null
    context: NodeContext
    signal: AbortSignal
    left: Map<Message, Departure<'Created' | 'Updated'>>
  },
): Promise<Ready[]> => {
  const { config, details, context, signal, left } = work
  const groups = Map.groupBy(wishes, ({ message, type }) => keyOf(message.originator, type))
  const firsts = [...groups.values()].flatMap(([first]) => first ?? [])
  const active = await context.ports.alarms.active(
    firsts.map(({ message, type }) => ({ originator: message.originator, type })),
  )
  const known = new Map<string, Known>([...groups.keys()].map((key, index) => [key, active[index] ?? null]))
  const ready = new Map<Wish, Ready>()
  const rounds = Math.max(0, ...[...groups.values()].map((group) => group.length))
  for (let round = 0; round < rounds; round++) {
    const turn = [...groups].flatMap(([key, group]) => {
      const wish = group[round]
      return wish ? [{ key, wish, existing: known.get(key) ?? null }] : []
    })
    const scripted = turn.filter(({ wish, existing }) => details && (!wish.given || existing))
    const answers = details
      ? await details(
          scripted.map(({ wish, existing }) => withPrevious(wish.message, existing?.details)),
          signal,
        )
      : []
    const made = new Map(scripted.map(({ wish }, index) => [wish, answers[index]]))
    for (const { key, wish, existing } of turn) {
      const answer = made.get(wish)
      if (answer?.ok === false) {
        left.set(wish.message, { message: wish.message, connection: 'Failure', error: answer.error })
        continue
      }
      try {
        const own = answer?.ok ? { details: answer.value } : {}
        const raise = { ...alarmOf(wish, { config, existing, nowMs: context.ports.clock.now() }), ...own }
        ready.set(wish, { message: wish.message, raise })
        known.set(key, raise)
      } catch (error) {
        left.set(wish.message, failureOf(wish.message, error))
      }
    }
  }
  return wishes.flatMap((wish) => ready.get(wish) ?? [])
}

const alarmOf = (
  { message, type, given }: Wish,
  { config, existing, nowMs }: { config: Config; existing: Known; nowMs: number },
): AlarmToRaise => {
  if (!given) {
    const ts = messageTs(message)
    return {
      ...{ originator: message.originator, type, severity: severityOf(config, message), startTs: ts, endTs: ts },
      details: null,
      propagate: config.propagate,
      propagateToOwner: config.propagateToOwner,
      propagateToTenant: config.propagateToTenant,
      propagateRelationTypes: config.relationTypes,
    }
  }
  const startTs = given.startTs ?? nowMs
  const originator = existing?.originator ?? given.originator ?? message.originator
  return { ...given, originator, startTs, endTs: given.endTs ?? startTs }
}

const raise = async (
  ready: readonly Ready[],
  context: NodeContext,
  left: Map<Message, Departure<'Created' | 'Updated'>>,
): Promise<void> => {
  if (ready.length === 0) return
  const outcomes = await context.ports.alarms.raise(ready.map((one) => one.raise))
  const raised = ready.flatMap(({ message }, index) => {
    const outcome = outcomes[index]
    if (!outcome?.ok) {
      left.set(message, { message, connection: 'Failure', error: outcome?.error ?? 'The alarm was not stored' })
      return []
    }
    const { alarm, isNew } = outcome.value
    return [{ message, alarm, isNew, type: isNew ? ('ENTITY_CREATED' as const) : ('ENTITY_UPDATED' as const) }]
  })
  const untold = await tellOf(raised, context)
  for (const one of raised) {
    const message = alarmMessage(one.message, one.alarm, { [one.isNew ? 'isNewAlarm' : 'isExistingAlarm']: 'true' })
    const error = untold.get(one)
    const connection = one.isNew ? ('Created' as const) : ('Updated' as const)
    left.set(one.message, error === undefined ? { message, connection } : { message, connection: 'Failure', error })
  }
}

const isSeverity = (text: unknown): text is AlarmSeverity => alarmSeverities.some((known) => known === text)

const filled = (template: string, message: Message): string => {
  const result = fillTemplate(template, message)
  if (!result.ok) throw new Error(result.message)
  return result.text
}

const severityOf = ({ severity }: Config, message: Message): AlarmSeverity => {
  const text = filled(severity ?? '', message)
  if (isSeverity(text)) return text
  throw new Error('Used incorrect pattern or Alarm Severity not included in message')
}
