import type { Alarm, Message } from '@thingwire/contracts'
import type { Departure, NodeContext } from '@thingwire/rules'
import { alarmMessage } from '../alarming/tell.ts'
import type { Ruling } from './evaluation.ts'

type Label = 'Alarm Created' | 'Alarm Updated' | 'Alarm Severity Updated' | 'Alarm Cleared'
export type AlarmDeparture = Departure<Label>

/** Does what was decided about alarms, all of a kind by one call, and answers what goes on, by ruling. */
export const carryOut = async (
  rulings: readonly Ruling[],
  context: NodeContext,
): Promise<Map<Ruling, AlarmDeparture>> => {
  const left = new Map<Ruling, AlarmDeparture>()
  const alarms = new Map<string, Alarm>()
  let waiting = [...Map.groupBy(rulings, keyOf).values()]
  while (waiting.length > 0) {
    const turn = waiting.map(sameKind)
    const heads = turn.flatMap(({ head }) => head)
    await raise(
      heads.filter(({ decision }) => decision.severity !== null),
      { context, alarms, left },
    )
    await clear(
      heads.filter(({ decision }) => decision.severity === null),
      { context, alarms, left },
    )
    waiting = turn.flatMap(({ rest }) => (rest.length > 0 ? [rest] : []))
  }
  return left
}

const keyOf = ({ at, decision }: Ruling): string => `${at.device.id} ${decision.alarm.type}`

/** Those at the head that raise, or that clear: an alarm must have begun before it ends. */
const sameKind = (group: readonly Ruling[]): { head: Ruling[]; rest: Ruling[] } => {
  const clears = (one: Ruling | undefined) => one?.decision.severity === null
  const other = group.findIndex((one) => clears(one) !== clears(group[0]))
  return other < 0 ? { head: [...group], rest: [] } : { head: group.slice(0, other), rest: group.slice(other) }
}

type Work = { context: NodeContext; alarms: Map<string, Alarm>; left: Map<Ruling, AlarmDeparture> }

const raise = async (rulings: readonly Ruling[], { context, alarms, left }: Work): Promise<void> => {
  if (rulings.length === 0) return
  const nowMs = context.ports.clock.now()
  const outcomes = await context.ports.alarms.raise(
    rulings.map(({ at, decision: { alarm, severity, details }, ts }) => {
      const startTs = ts > 0 && ts <= nowMs ? ts : nowMs
      return {
        originator: { entityType: 'DEVICE', id: at.device.id },
        ...{ type: alarm.type, severity: severity ?? 'INDETERMINATE', startTs, endTs: startTs, details },
        propagate: alarm.propagate,
        propagateToOwner: alarm.propagateToOwner,
        propagateToTenant: alarm.propagateToTenant,
        propagateRelationTypes: alarm.propagateRelationTypes,
      }
    }),
  )
  for (const [index, ruling] of rulings.entries()) {
    const outcome = outcomes[index]
    if (!outcome?.ok) {
      const error = outcome?.error ?? 'The alarm was not stored'
      left.set(ruling, { message: ruling.message, connection: 'Failure', error })
      continue
    }
    const { alarm, isNew, previousSeverity } = outcome.value
    alarms.set(keyOf(ruling), alarm)
    const isOther = previousSeverity !== null && previousSeverity !== alarm.severity
    const marks = isNew
      ? { isNewAlarm: 'true' }
      : { isExistingAlarm: 'true', ...(isOther && { isSeverityUpdated: 'true' }) }
    const label = isNew ? 'Alarm Created' : isOther ? 'Alarm Severity Updated' : 'Alarm Updated'
    left.set(ruling, { message: told(ruling, alarm, marks), connection: label })
  }
}

const clear = async (rulings: readonly Ruling[], { context, alarms, left }: Work): Promise<void> => {
  const known = rulings.flatMap((ruling) => {
    const { at, decision } = ruling
    const alarm = alarms.get(keyOf(ruling)) ?? at.activeAtStart.get(decision.alarm.type)
    return alarm ? [{ ruling, alarmId: alarm.id.id }] : []
  })
  if (known.length === 0) return
  const clearTs = context.ports.clock.now()
  const outcomes = await context.ports.alarms.clear(
    known.map(({ alarmId, ruling }) => ({ alarmId, clearTs, details: ruling.decision.details })),
  )
  for (const [index, { ruling }] of known.entries()) {
    const outcome = outcomes[index]
    alarms.delete(keyOf(ruling))
    if (outcome?.isChanged)
      left.set(ruling, {
        message: told(ruling, outcome.alarm, { isClearedAlarm: 'true' }),
        connection: 'Alarm Cleared',
      })
  }
}

const told = ({ message, decision }: Ruling, alarm: Alarm, marks: Record<string, string>): Message =>
  alarmMessage(message, alarm, { ...marks, ...decision.marks })
