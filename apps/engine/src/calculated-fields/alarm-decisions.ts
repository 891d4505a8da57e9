import { type Alarm, type EntityId, type Message, nullUuid } from '@thingwire/contracts'
import {
  type CompiledAlarmField,
  errorText,
  type FieldDecision,
  isEnvironmentError,
  newMessageId,
  type Ports,
} from '@thingwire/rules'
import type { Logger } from '../observability/logger.ts'

export type DecidedField<K> = {
  key: K
  decision: FieldDecision
  originator: EntityId
  type: string
  active: Alarm | null
  field: Pick<CompiledAlarmField, 'propagate' | 'propagateToOwner' | 'propagateToTenant' | 'propagateRelationTypes'>
}

type News = {
  alarm: Alarm
  type: 'ALARM_CREATED' | 'ALARM_UPDATED' | 'ALARM_SEVERITY_UPDATED' | 'ALARM_CLEAR'
  marks: Record<string, string>
}

/**
 * Does what rules decided about alarms, each of another originator or type, all of a kind by one statement; then the rule
 * engine is told. Answers the alarms that are active now (null: none), by key.
 */
export const carryOutDecisions = async <K>(
  all: readonly DecidedField<K>[],
  deps: { tenantId: string; ports: Pick<Ports, 'alarms' | 'messages' | 'clock'>; logger: Logger },
): Promise<Map<K, Alarm | null>> => {
  const news: News[] = []
  const now = new Map<K, Alarm | null>()
  await raise(all, { ...deps, news, now })
  await clear(all, { ...deps, news, now })
  if (news.length > 0) await tell(news, deps)
  return now
}

type Work<K> = Parameters<typeof carryOutDecisions>[1] & { news: News[]; now: Map<K, Alarm | null> }

const raise = async <K>(
  all: readonly DecidedField<K>[],
  { ports, tenantId, logger, news, now }: Work<K>,
): Promise<void> => {
  const wanted = all.flatMap((one) =>
    one.decision.severity === null ? [] : [{ ...one, severity: one.decision.severity }],
  )
  if (wanted.length === 0) return
  const nowMs = ports.clock.now()
  const outcomes = await ports.alarms.raise(
    wanted.map(({ decision, severity, originator, type, field, active }) => ({
      ...{ originator, type, severity, startTs: decision.startTs, endTs: active ? nowMs : decision.startTs },
      details: decision.details ?? active?.details ?? {},
      ...field,
    })),
  )
  for (const [index, { key, decision, originator, type }] of wanted.entries()) {
    const outcome = outcomes[index]
    if (!outcome?.ok) {
      const reason = outcome?.error ?? 'it was not stored'
      logger.info({ tenantId, entityId: originator.id }, `alarm ${type} was not raised: ${reason}`)
      continue
    }
    const { alarm, isNew, previousSeverity } = outcome.value
    const isOther = previousSeverity !== null && previousSeverity !== alarm.severity
    now.set(key, alarm)
    news.push({
      alarm,
      type: isNew ? 'ALARM_CREATED' : isOther ? 'ALARM_SEVERITY_UPDATED' : 'ALARM_UPDATED',
      marks: {
        ...(isNew
          ? { isNewAlarm: 'true' }
          : { isExistingAlarm: 'true', ...(isOther && { isSeverityUpdated: 'true' }) }),
        ...decision.marks,
      },
    })
  }
}

const clear = async <K>(all: readonly DecidedField<K>[], { ports, news, now }: Work<K>): Promise<void> => {
  const wanted = all.flatMap(({ key, decision, active }) =>
    decision.severity === null && active ? [{ key, decision, alarmId: active.id.id }] : [],
  )
  if (wanted.length === 0) return
  const clearTs = ports.clock.now()
  const outcomes = await ports.alarms.clear(
    wanted.map(({ alarmId, decision }) => ({
      alarmId,
      clearTs,
      ...(decision.details !== null && { details: decision.details }),
    })),
  )
  for (const [index, { key, decision }] of wanted.entries()) {
    now.set(key, null)
    const outcome = outcomes[index]
    if (outcome?.isChanged)
      news.push({ alarm: outcome.alarm, type: 'ALARM_CLEAR', marks: { isClearedAlarm: 'true', ...decision.marks } })
  }
}

const tell = async (news: readonly News[], { ports, tenantId, logger }: Parameters<typeof carryOutDecisions>[1]) => {
  try {
    await ports.messages.enqueue(
      news.map(
        ({ alarm, type, marks }): Message => ({
          id: newMessageId(),
          ts: ports.clock.now(),
          type,
          tenantId,
          originator: alarm.originator,
          customerId: alarm.customerId.id === nullUuid ? null : alarm.customerId.id,
          metadata: marks,
          dataType: 'JSON',
          data: JSON.stringify(alarm),
          ruleChainId: null,
          ruleNodeId: null,
        }),
      ),
    )
  } catch (error) {
    if (isEnvironmentError(error)) throw error
    logger.warn({ tenantId }, `rule chains do not hear of alarms: ${errorText(error)}`)
  }
}
