import type { DataKey, LivePoint } from '@thingwire/contracts'
import type { WidgetCase, WidgetSeries } from '../widget.ts'
import { caseSeries } from './series.ts'

export const caseStart = Date.UTC(2026, 0, 1, 6)
const caseMinutes = 60
const minute = 60_000
export const caseWindow = { startTs: caseStart, endTs: caseStart + caseMinutes * minute }

/** Smooth, and the same every time. */
export const wave = (shift: number, count = caseMinutes, swing = 3, base = 20): LivePoint[] =>
  Array.from({ length: count }, (_, i) => [
    caseStart + (i * caseMinutes * minute) / count,
    base + shift + Math.sin((i * 60) / count / 8 + shift) * swing + Math.sin((i * 60) / count / 2.3) * swing * 0.2,
  ])

export const chartSeries = (
  name: string,
  points: readonly LivePoint[],
  dataKey: Partial<DataKey> = {},
  rest: Partial<Pick<WidgetSeries, 'role' | 'datasourceName'>> = {},
) =>
  caseSeries({
    id: `${name} ${dataKey.label ?? ''} ${rest.role ?? ''}`,
    entity: name,
    dataKey: { label: 'Temperature', units: '°C', decimals: 1, ...dataKey },
    points,
    ...rest,
  })

/** The states that every chart has. */
export const noticeCases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
]

export const chartCase = (
  name: string,
  series: readonly WidgetSeries[],
  settings: Record<string, unknown> = {},
  rest: Partial<WidgetCase> = {},
): WidgetCase => ({
  name,
  settings,
  window: caseWindow,
  interval: minute,
  state: { status: 'ready', series, staleSince: null },
  ...rest,
})
