import type { AlarmData, DataKey } from '@thingwire/contracts'
import type { AlarmPage } from '../host/alarms.ts'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1, 8)
const nobody = '13814000-1dd2-11b2-8080-808080808080'
const severities = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE'] as const

/** An alarm for cases and tests; the same number is the same alarm. */
export const caseAlarm = (n: number, parts: Partial<AlarmData> = {}): AlarmData => {
  const acknowledged = n % 3 === 1
  const cleared = n % 4 === 2
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  return {
    id: { entityType: 'ALARM', id },
    createdTime: ts - n * 600_000,
    tenantId: { entityType: 'TENANT', id: nobody },
    customerId: { entityType: 'CUSTOMER', id: nobody },
    type: n % 2 === 0 ? 'High temperature' : 'Low pressure',
    name: n % 2 === 0 ? 'High temperature' : 'Low pressure',
    originator: { entityType: 'DEVICE', id },
    originatorName: `Pump ${n + 1}`,
    originatorLabel: '',
    originatorDisplayName: `Pump ${n + 1}`,
    severity: severities[n % severities.length] ?? 'MINOR',
    acknowledged,
    cleared,
    status: `${cleared ? 'CLEARED' : 'ACTIVE'}_${acknowledged ? 'ACK' : 'UNACK'}`,
    assigneeId: null,
    assignee: null,
    startTs: ts - n * 600_000,
    endTs: ts,
    ackTs: 0,
    clearTs: 0,
    assignTs: 0,
    details: { reading: { value: 81.4 + n } },
    propagate: false,
    propagateToOwner: false,
    propagateToTenant: false,
    propagateRelationTypes: [],
    entityId: { entityType: 'DEVICE', id },
    latest: { TIME_SERIES: { flow: { ts, value: String(3 + n) } } },
    ...parts,
  }
}

const keys: DataKey[] = [
  { name: 'createdTime', type: 'alarm', label: 'Created', settings: {} },
  { name: 'originator', type: 'alarm', label: 'Pump', settings: {} },
  { name: 'severity', type: 'alarm', label: 'Severity', settings: {} },
  { name: 'details.reading.value', type: 'alarm', label: 'Reading', units: '°C', decimals: 1, settings: {} },
  { name: 'flow', type: 'timeseries', label: 'Flow now', units: 'l/s', settings: {} },
]
const alarms = Array.from({ length: 8 }, (_, n) => caseAlarm(n))
const page = (parts: Partial<Extract<AlarmPage, { status: 'ready' }>> = {}): AlarmPage => ({
  ...{ status: 'ready', alarms, total: alarms.length, isLoadingNext: false, staleSince: null },
  ...parts,
})
const types = async () => ['High temperature', 'Low pressure']
const people = async () => [
  { id: 'me', name: 'ada@example.org', isViewer: true },
  { id: 'bo', name: 'bo@example.org', isViewer: false },
]
const shown = (
  name: string,
  answer: AlarmPage,
  settings: Record<string, unknown> = {},
  columns?: DataKey[],
): WidgetCase => ({
  name,
  settings,
  ...(columns ? { columns: [columns] } : {}),
  state: { status: 'ready', staleSince: null, series: [] },
  host: { alarms: { ...idleHost({}).alarms, usePage: () => answer, types, people } },
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  shown('a page', page()),
  shown('columns of the file: details and values of the entity', page(), {}, keys),
  shown('one of many pages', page({ total: 4_310 })),
  shown('the next page is on its way', page({ total: 4_310, isLoadingNext: true })),
  shown('no alarms', page({ alarms: [], total: 0 })),
  shown('the question was refused', { status: 'failed', reason: 'Permission denied' }),
  shown('stale', page({ staleSince: ts })),
  shown('only to look at', page(), {
    ...{ enableSelection: false, enableSearch: false, enableFilter: false, enableSelectColumnDisplay: false },
    ...{ displayDetails: false, allowAcknowledgment: false, allowClear: false, allowDelete: false },
  }),
  shown(
    'odd texts',
    page({
      alarms: [
        caseAlarm(0, { type: '<img src=x onerror=alert(1)>', originatorName: 'x'.repeat(2_000), details: null }),
        caseAlarm(1, { details: { reading: { value: { deep: [1, 2] } } }, latest: {} }),
        caseAlarm(2, { details: { reading: 'warm' }, originatorName: null, createdTime: Number.NaN }),
      ],
      total: 3,
    }),
    {},
    keys,
  ),
  shown(
    'ten thousand alarms',
    page({ alarms: Array.from({ length: 10_000 }, (_, n) => caseAlarm(n)), total: 10_000 }),
    { displayPagination: false },
  ),
]
