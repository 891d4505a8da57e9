import type { AlarmRulesPort, KeptCounts } from '../../ports.ts'

/** What rules count is kept for the run alone; time stands still, so that nothing waits for it. */
export const dryAlarmRules = (reads: Pick<AlarmRulesPort, 'devices'> | undefined): AlarmRulesPort => {
  const kept = new Map<string, KeptCounts>()
  return {
    devices: async (ids) => (reads ? reads.devices(ids) : ids.map(() => null)),
    counts: async (node, ids) => ids.map((id) => kept.get(`${node} ${id}`)?.counts ?? null),
    keepCounts: async (node, list) => {
      for (const one of list) kept.set(`${node} ${one.deviceId}`, one)
    },
    timed: async () => [],
  }
}
