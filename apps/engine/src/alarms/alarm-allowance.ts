import { AppError } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { AlarmsPort } from '@thingwire/rules'
import { LRUCache } from 'lru-cache'
import { startOfMonth } from '../api-usage/usage-info.ts'
import { upTo } from '../bounded-cache.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'

/** Of which originator, and of which type: one alarm of both is active at most. */
type WantedAlarm = { originatorId: string; type: string }

/**
 * How many new alarms tenants may have in a month (`maxCreatedAlarms`). Alarms that are there go on being updated. Each
 * process counts by itself and looks every few seconds what the others have made: together they may pass the limit by what
 * comes up in between (as ThingsBoard, where it is a minute's).
 */
export type AlarmAllowance = {
  /** For each of the alarms, whether it may be raised. */
  admit(tenantId: string, wanted: readonly WantedAlarm[]): Promise<boolean[]>
  /** Throws when the alarm would be one too many. */
  require(tenantId: string, wanted: WantedAlarm): Promise<void>
  /** So many new ones have been made. */
  made(tenantId: string, count: number): void
}

/** As ThingsBoard says it. */
const refusal = 'Alarms creation is disabled'
const countedEveryMs = 5_000

export const createAlarmAllowance = (deps: {
  database: Pick<Database, 'apiUsage' | 'alarms'>
  limits: Pick<TenantLimits, 'of'>
  now: () => number
}): AlarmAllowance => {
  const { database, limits, now } = deps
  const counted = new LRUCache<string, { used: number; monthMs: number }>({ ...upTo(10_000), ttl: countedEveryMs })

  const usedBy = async (tenantId: string): Promise<number> => {
    const monthMs = startOfMonth(now())
    const known = counted.get(tenantId)
    if (known?.monthMs === monthMs) return known.used
    const used = await database.apiUsage.alarmsSince(tenantId, monthMs)
    counted.set(tenantId, { used, monthMs })
    return used
  }

  const admit: AlarmAllowance['admit'] = async (tenantId, wanted) => {
    const limit = (await limits.of(tenantId)).maxCreatedAlarms
    if (limit === 0 || wanted.length === 0) return wanted.map(() => true)
    let room = limit - (await usedBy(tenantId))
    if (room >= wanted.length) return wanted.map(() => true)
    const active = await database.alarms.findActiveMany(tenantId, wanted)
    const given = new Set<string>()
    return wanted.map(({ originatorId, type }, index) => {
      const key = `${originatorId.toLowerCase()} ${type}`
      if (active[index] || given.has(key)) return true
      if (room <= 0) return false
      room--
      given.add(key)
      return true
    })
  }

  return {
    admit,
    require: async (tenantId, wanted) => {
      const [isAdmitted] = await admit(tenantId, [wanted])
      if (isAdmitted) return
      const { maxCreatedAlarms: limit } = await limits.of(tenantId)
      throw new AppError('ENTITIES_LIMIT_EXCEEDED', refusal, { extra: { entityType: 'ALARM', limit } })
    },
    made: (tenantId, count) => {
      const known = counted.get(tenantId)
      if (known) known.used += count
    },
  }
}

/** Alarms as nodes raise them, within what their tenant may have. */
export const withinAllowance =
  (portOf: (tenantId: string) => AlarmsPort, allowance: AlarmAllowance) =>
  (tenantId: string): AlarmsPort => {
    const port = portOf(tenantId)
    return {
      ...port,
      raise: async (alarms) => {
        const wanted = alarms.map(({ originator, type }) => ({ originatorId: originator.id, type }))
        const admitted = await allowance.admit(tenantId, wanted)
        const outcomes = await port.raise(alarms.filter((_, index) => admitted[index]))
        const made = outcomes.filter((outcome) => outcome.ok && outcome.value.isNew).length
        if (made > 0) allowance.made(tenantId, made)
        let at = 0
        return admitted.map((isAdmitted) => {
          const outcome = isAdmitted ? outcomes[at++] : undefined
          return outcome ?? { ok: false, error: refusal }
        })
      },
    }
  }
