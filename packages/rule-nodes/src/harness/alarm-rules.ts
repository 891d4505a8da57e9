import type { AlarmRulesPort, KeptCounts, RuledDevice } from '@thingwire/rules'
import { testIds } from '@thingwire/rules/testing'

/** Alarm rules of the profile that the usual device has; absent: there is no such device. */
export type AlarmRulesGiven = { alarmRules?: readonly unknown[]; ruled?: Partial<RuledDevice> }

/** Devices whose id ends with `dead` are gone; all others have the profile. */
export const recordingAlarmRules = (given: AlarmRulesGiven) => {
  const kept = new Map<string, KeptCounts>()
  const port: AlarmRulesPort = {
    devices: async (ids) =>
      ids.map((id) =>
        given.alarmRules === undefined || id.endsWith('dead')
          ? null
          : {
              id,
              profileId: testIds.chain,
              profileVersion: 1,
              alarms: given.alarmRules,
              profileName: 'thermometer',
              name: 'Thermometer',
              label: null,
              createdTime: 100,
              customerId: null,
              ...given.ruled,
            },
      ),
    counts: async (_node, ids) => ids.map((id) => kept.get(id)?.counts ?? null),
    keepCounts: async (_node, list) => {
      for (const one of list) {
        if (one.counts === null) kept.delete(one.deviceId)
        else kept.set(one.deviceId, { ...one, counts: JSON.parse(JSON.stringify(one.counts)) })
      }
    },
    timed: async (_node, afterId, limit) =>
      [...kept.values()]
        .filter(({ isTimed, deviceId }) => isTimed && deviceId > (afterId ?? ''))
        .map(({ deviceId }) => deviceId)
        .sort()
        .slice(0, limit),
  }
  return { port, kept }
}
