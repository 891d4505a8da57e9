import type { DataKey, LivePoint } from '@thingwire/contracts'
import { caseEntity } from '../case-data/series.ts'
import type { EntityPage, EntityRow } from '../host/host.ts'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const keys: DataKey[] = [
  { name: 'temperature', type: 'timeseries', label: 'Temperature', units: '°C', decimals: 1, settings: {} },
  { name: 'active', type: 'attribute', label: 'Active', settings: {} },
  { name: 'mode', type: 'timeseries', label: 'Mode', settings: {} },
]
const row = (n: number, values: Record<string, unknown>): EntityRow => ({
  entity: { ...caseEntity(`Pump ${n}`), type: 'pump' },
  fields: { name: `Pump ${n}`, type: 'pump', label: '', createdTime: String(ts) },
  values: new Map(Object.entries(values).map(([key, value]): [string, LivePoint] => [key, [ts, value]])),
})
const rows = Array.from({ length: 10 }, (_, n) =>
  row(n + 1, {
    'TIME_SERIES temperature': 20 + Math.sin(n) * 8,
    'ATTRIBUTE active': n % 3 !== 0,
    'TIME_SERIES mode': n % 2 ? 'auto' : 'manual',
  }),
)
const page = (parts: Partial<Extract<EntityPage, { status: 'ready' }>> = {}): EntityPage => ({
  status: 'ready',
  rows,
  total: rows.length,
  isLoadingNext: false,
  staleSince: null,
  ...parts,
})
const shown = (name: string, answer: EntityPage, settings: Record<string, unknown> = {}): WidgetCase => ({
  name,
  settings,
  columns: [keys],
  state: { status: 'ready', staleSince: null, series: [] },
  host: { entities: { ...idleHost({}).entities, usePage: () => answer } },
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  shown('a page', page()),
  shown('one of many pages', page({ total: 10_431 })),
  shown('the next page is on its way', page({ total: 10_431, isLoadingNext: true })),
  shown('nothing matches the search', page({ rows: [], total: 0 })),
  shown('stale', page({ staleSince: ts })),
  shown('without bar and pages', page(), {
    enableSearch: false,
    enableSelectColumnDisplay: false,
    displayPagination: false,
    displayEntityType: false,
  }),
  shown(
    'ten thousand rows on one page',
    page({ rows: Array.from({ length: 10_000 }, (_, n) => row(n, { 'TIME_SERIES temperature': n })), total: 10_000 }),
    {
      displayPagination: false,
    },
  ),
  shown(
    'odd values',
    page({
      rows: [
        row(1, { 'TIME_SERIES temperature': Number.NaN, 'TIME_SERIES mode': { a: [1, 2] } }),
        row(2, { 'TIME_SERIES temperature': 1e300, 'TIME_SERIES mode': 'x'.repeat(5_000) }),
        row(3, { 'TIME_SERIES temperature': 'warm', 'TIME_SERIES mode': '<img src=x onerror=alert(1)>' }),
        row(4, {}),
      ],
    }),
  ),
]
