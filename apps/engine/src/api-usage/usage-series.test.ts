import { toPlainValue } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { usageEntries } from './usage-series.ts'

test('counts of an hour stand at its start, alarms at the minute, all severities named', () => {
  const nowMs = Date.UTC(2026, 0, 15, 12, 34, 56)
  const entries = usageEntries(
    { tenantId: 't', stateId: 's', messages: 1_200, createdAlarms: 3, activeAlarms: { CRITICAL: 2 } },
    nowMs,
  )
  const [hour, minute] = [Date.UTC(2026, 0, 15, 12), Date.UTC(2026, 0, 15, 12, 34)]
  expect(entries.map((entry) => [entry.key, entry.ts, toPlainValue(entry)])).toEqual([
    ['transportMsgCountHourly', hour, 1_200],
    ['createdAlarmsCountHourly', hour, 3],
    ['activeAlarmsCritical', minute, 2],
    ['activeAlarmsMajor', minute, 0],
    ['activeAlarmsMinor', minute, 0],
    ['activeAlarmsWarning', minute, 0],
    ['activeAlarmsIndeterminate', minute, 0],
  ])
})
