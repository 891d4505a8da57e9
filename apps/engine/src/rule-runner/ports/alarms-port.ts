import { type Alarm, maxAlarmDetailsLength } from '@thingwire/contracts'
import type { AlarmRaising, Database, RaisedAlarm } from '@thingwire/db'
import type { AlarmsPort, AlarmToRaise, Settled } from '@thingwire/rules'
import { type AlarmCore, customerOfOriginator } from '../../alarms/alarm-core.ts'
import { errorFields, type Logger } from '../../observability/logger.ts'

type Raised = { alarm: Alarm; isNew: boolean; previousSeverity: Alarm['severity'] | null }

/** Alarms of one tenant, as nodes read them. */
export const alarmReads = (
  database: Pick<Database, 'alarms'>,
  tenantId: string,
): Pick<AlarmsPort, 'read' | 'active' | 'activeOf'> => ({
  read: (alarmIds) => database.alarms.findMany(tenantId, alarmIds),
  activeOf: (originators, types) =>
    database.alarms.findActiveOf(
      tenantId,
      originators.map(({ id }) => id),
      types,
    ),
  active: (queries) =>
    database.alarms.findActiveMany(
      tenantId,
      queries.map(({ originator, type }) => ({ originatorId: originator.id, type })),
    ),
})

/** Alarms as nodes of one tenant make and change them: whatever a batch wants, by one statement. */
export const createAlarmsPort =
  (deps: {
    database: Pick<Database, 'alarms' | 'alarmComments' | 'entities'>
    core: Pick<AlarmCore, 'raiseMany' | 'clearMany'>
    logger: Logger
    now: () => number
  }) =>
  (tenantId: string): AlarmsPort => {
    const { database, core, now } = deps

    /** The note that consoles show in an alarm's history. Never throws: the alarm has changed. */
    const note = async (raised: readonly Raised[]): Promise<void> => {
      const comments = raised.flatMap(({ alarm, previousSeverity }) =>
        previousSeverity === null || previousSeverity === alarm.severity
          ? []
          : {
              alarmId: alarm.id.id,
              userId: null,
              type: 'SYSTEM' as const,
              comment: {
                text: `The severity changed from ${previousSeverity} to ${alarm.severity}`,
                subtype: 'SEVERITY_CHANGED',
                oldSeverity: previousSeverity,
                newSeverity: alarm.severity,
              },
            },
      )
      if (comments.length === 0) return
      try {
        await database.alarmComments.addToMany(comments, now())
      } catch (error) {
        deps.logger.warn({ tenantId, ...errorFields(error) }, 'notes about alarms were not stored')
      }
    }

    /** Those of one originator and type, in order: what the last one says is stored, and each sees its own. */
    const raiseGroups = async (groups: readonly AlarmRaising[][]): Promise<Raised[][]> => {
      const wanted = groups.flatMap((group) => {
        const [first, last] = [group[0], group.at(-1)]
        if (!first || !last) return []
        const endTs = group.length > 1 ? now() : first.endTs
        return [{ ...last, startTs: first.startTs, endTs, customerId: first.customerId }]
      })
      const stored = await core.raiseMany(tenantId, wanted)
      return groups.map((group, index) => {
        const outcome = stored[index]
        return outcome ? inTurn(group, outcome) : []
      })
    }

    return {
      ...alarmReads(database, tenantId),

      raise: async (alarms) => {
        const originators = new Map(alarms.map(({ originator }) => [originator.id.toLowerCase(), originator]))
        const heads = await database.entities.findHeads(tenantId, [...originators.values()])
        const headOf = new Map(heads.map((head) => [head.id.id, head]))
        const groups = new Map<string, { items: AlarmRaising[]; places: number[] }>()
        const answers = alarms.map((alarm, place): Settled<Raised> | null => {
          const head = headOf.get(alarm.originator.id.toLowerCase())
          const problem = problemOf(alarm)
          if (!head || head.id.entityType !== alarm.originator.entityType)
            return refuse(`The tenant has no ${alarm.originator.entityType} with id ${alarm.originator.id}`)
          if (problem) return refuse(problem)
          const key = `${head.id.id} ${alarm.type}`
          const group = groups.get(key) ?? { items: [], places: [] }
          groups.set(key, group)
          group.items.push({ ...alarm, originator: head.id, customerId: customerOfOriginator(head) })
          group.places.push(place)
          return null
        })
        const raised = await raiseGroups([...groups.values()].map(({ items }) => items))
        await note(raised.flat())
        for (const [index, { places }] of [...groups.values()].entries())
          for (const [at, place] of places.entries()) {
            const one = raised[index]?.[at]
            if (one) answers[place] = { ok: true, value: one }
          }
        return answers.map((answer) => answer ?? refuse('The alarm was not stored'))
      },

      clear: async (alarms) => {
        // Of several for one alarm the first clears it.
        const firstOf = new Map(alarms.toReversed().map((one) => [one.alarmId, one]))
        const first = [...firstOf.values()]
        const cleared = await core.clearMany(tenantId, first)
        const outcomeOf = new Map(first.map(({ alarmId }, index) => [alarmId, cleared[index] ?? null]))
        return alarms.map((one) => {
          const outcome = outcomeOf.get(one.alarmId) ?? null
          return outcome && { alarm: outcome.alarm, isChanged: outcome.isChanged && firstOf.get(one.alarmId) === one }
        })
      },
    }
  }

const refuse = (error: string): Settled<never> => ({ ok: false, error })

const longestType = 255

const problemOf = ({ type, details }: AlarmToRaise): string | null => {
  if (type.trim() === '') return 'Alarm type should be specified!'
  if (type.length > longestType) return `Alarm type must not be longer than ${longestType} characters`
  if ((JSON.stringify(details ?? null)?.length ?? 0) > maxAlarmDetailsLength)
    return `Alarm details must not be longer than ${maxAlarmDetailsLength} characters`
  return null
}

/** The alarm as it was after each of the items, of which the last has been stored. */
const inTurn = (items: readonly AlarmRaising[], { alarm, isNew, previousSeverity }: RaisedAlarm): Raised[] =>
  items.map((item, index) => {
    const before = items[index - 1]
    const isFirst = before === undefined
    const isLast = index === items.length - 1
    return {
      isNew: isNew && isFirst,
      previousSeverity: before ? before.severity : previousSeverity,
      alarm: isLast
        ? alarm
        : {
            ...alarm,
            severity: item.severity,
            endTs: isNew && isFirst ? Math.max(item.startTs, item.endTs) : alarm.endTs,
            details: item.details,
            propagate: item.propagate,
            propagateToOwner: item.propagateToOwner,
            propagateToTenant: item.propagateToTenant,
            propagateRelationTypes: [...item.propagateRelationTypes],
          },
    }
  })
