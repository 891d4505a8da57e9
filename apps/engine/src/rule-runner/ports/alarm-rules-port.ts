import type { Database, ProfileOfDevice } from '@thingwire/db'
import type { AlarmRulesPort } from '@thingwire/rules'
import type { Invalidation } from '../../channels.ts'
import { createReadCache } from './read-cache.ts'

type Rules = { version: number; alarms: unknown[] }

export type RememberedAlarmRules = {
  portOf(tenantId: string): AlarmRulesPort
  /** An entity changed. */
  forget(change: Invalidation): void
  forgetAll(): void
}

/** Alarm rules of device profiles and whose they are, remembered; what the rules count is never remembered here. */
export const createAlarmRules = (database: Pick<Database, 'alarmRules'>): RememberedAlarmRules => {
  const { alarmRules } = database
  const devices = createReadCache<ProfileOfDevice>()
  const profiles = createReadCache<Rules>()

  const devicesOf = async (tenantId: string, ids: readonly string[]): Promise<Map<string, ProfileOfDevice>> => {
    const found = new Map<string, ProfileOfDevice>()
    const missing: string[] = []
    for (const id of ids) {
      const known = devices.get(tenantId, id)
      if (known) found.set(id, known)
      else missing.push(id)
    }
    if (missing.length > 0)
      await devices.reading(
        () => alarmRules.devices(tenantId, missing),
        (list, remember) => {
          for (const device of list) {
            if (!device) continue
            found.set(device.deviceId, device)
            const { name, label, profileName, deviceId } = device
            remember(tenantId, deviceId, device, {
              size: name.length + (label?.length ?? 0) + profileName.length + 100,
            })
          }
        },
      )
    return found
  }

  const rulesOf = async (tenantId: string, ids: readonly string[]): Promise<Map<string, Rules>> => {
    const found = new Map<string, Rules>()
    const missing: string[] = []
    for (const id of ids) {
      const known = profiles.get(tenantId, id)
      if (known) found.set(id, known)
      else missing.push(id)
    }
    if (missing.length > 0)
      await profiles.reading(
        () => alarmRules.rules(tenantId, missing),
        (list, remember) => {
          for (const [index, id] of missing.entries()) {
            const rules = list[index]
            if (!rules) continue
            found.set(id, rules)
            remember(tenantId, id, rules, { size: JSON.stringify(rules.alarms).length })
          }
        },
      )
    return found
  }

  return {
    portOf: (tenantId) => ({
      devices: async (deviceIds) => {
        const ids = deviceIds.map((id) => id.toLowerCase())
        const found = await devicesOf(tenantId, [...new Set(ids)])
        const wanted = new Set(Array.from(found.values(), ({ profileId }) => profileId))
        const rules = await rulesOf(tenantId, [...wanted])
        return ids.map((id) => {
          const device = found.get(id)
          const own = device && rules.get(device.profileId)
          if (!own) return null
          const { deviceId, ...rest } = device
          return { ...rest, id: deviceId, profileVersion: own.version, alarms: own.alarms }
        })
      },
      counts: (ruleNodeId, deviceIds) => alarmRules.counts(ruleNodeId, deviceIds),
      keepCounts: (ruleNodeId, counts) => alarmRules.keep(tenantId, ruleNodeId, counts),
      timed: (ruleNodeId, afterId, limit) => alarmRules.timed(tenantId, ruleNodeId, afterId, limit),
    }),

    forget: ({ kind, id, tenantId }) => {
      if (kind === 'device') devices.forget(id)
      if (kind === 'device-profile') {
        profiles.forget(id)
        // Devices carry the name of their profile, and may have another one now.
        devices.forgetWhere((_, of) => of === tenantId)
      }
      if (kind === 'tenant') for (const cache of [devices, profiles]) cache.forgetWhere((_, of) => of === id)
    },
    forgetAll: () => {
      devices.forgetAll()
      profiles.forgetAll()
    },
  }
}
