import type { AlarmRulesPort, KeptCounts, RuledDevice } from '../../ports.ts'

/** What rules count is kept for the run alone; time stands still, so that nothing waits for it. */
export const dryAlarmRules = (reads: Pick<AlarmRulesPort, 'devices'> | undefined): AlarmRulesPort => {
  const kept = new Map<string, KeptCounts>()
  return {
    devices: async (ids) => {
      const found = reads ? await reads.devices(ids) : []
      return ids.map((id, index) => found[index] ?? withoutRules(id))
    },
    counts: async (node, ids) => ids.map((id) => kept.get(`${node} ${id}`)?.counts ?? null),
    keepCounts: async (node, list) => {
      for (const one of list) kept.set(`${node} ${one.deviceId}`, one)
    },
    timed: async () => [],
  }
}

/** Messages of a test may come from a device that there is not; its chain is tested all the same. */
const withoutRules = (id: string): RuledDevice => ({
  ...{ id, profileId: 'none', profileVersion: 0, alarms: [], profileName: 'default', name: 'Test device' },
  ...{ label: null, createdTime: 0, customerId: null },
})
