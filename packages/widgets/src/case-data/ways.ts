import type { WidgetSeries } from '../widget.ts'
import { caseSeries } from './series.ts'

/** Around the old town of Lisbon, one place a minute. */
const loop: readonly (readonly [latitude: number, longitude: number])[] = [
  ...([
    [38.7075, -9.1365],
    [38.7098, -9.1371],
    [38.7121, -9.1392],
    [38.7139, -9.1414],
    [38.7161, -9.1424],
  ] as const),
  ...([
    [38.7178, -9.1409],
    [38.7183, -9.1378],
    [38.7176, -9.1346],
    [38.7159, -9.1321],
    [38.7136, -9.1303],
  ] as const),
  ...([
    [38.7112, -9.1288],
    [38.7091, -9.1301],
    [38.7079, -9.1329],
  ] as const),
]
export const wayStart = Date.UTC(2026, 0, 1, 9)
const minute = 60_000

/** The way of a car: positions, speed and a fuel level that is sent less often. */
export const caseWay = (
  p: { entity?: string; datasource?: number; shift?: number; points?: readonly (readonly [unknown, unknown])[] } = {},
): WidgetSeries[] => {
  const { entity = 'Van 1', datasource = 0, shift = 0 } = p
  const points = p.points ?? loop.map(([lat, lon]) => [lat + shift, lon + shift] as const)
  const at = (index: number) => wayStart + index * minute
  const series = (key: string, values: readonly [number, unknown][]) =>
    caseSeries({ entity, datasource, key, points: values })
  return [
    series(
      'latitude',
      points.map(([lat], index) => [at(index), lat]),
    ),
    series(
      'longitude',
      points.map(([, lon], index) => [at(index), lon]),
    ),
    series(
      'speed',
      points.map((_, index) => [at(index), 20 + ((index * 37) % 60)]),
    ),
    series('fuel', [
      [at(0), 61],
      [at(6), 58],
    ]),
  ]
}

export const wayWindow = { startTs: wayStart - minute, endTs: wayStart + loop.length * minute }
