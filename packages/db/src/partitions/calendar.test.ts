import { describe, expect, test } from 'vitest'
import { isPlausible, partitionedTables, periodOf } from './calendar.ts'

describe('the partition of a moment', () => {
  const at = (...parts: [number, number, number?, number?]) =>
    Date.UTC(parts[0], parts[1], parts[2] ?? 1, parts[3] ?? 0)

  test.each([
    ['the first millisecond of a month', at(2026, 1), 'ts_kv_2026_02', at(2026, 1), at(2026, 2)],
    ['the last one', at(2026, 2) - 1, 'ts_kv_2026_02', at(2026, 1), at(2026, 2)],
    ['December', at(2026, 11, 31), 'ts_kv_2026_12', at(2026, 11), at(2027, 0)],
    ['before 1970', -1, 'ts_kv_1969_12', at(1969, 11), 0],
  ])('of %s', (_name, ts, name, fromMs, toMs) => {
    expect(periodOf(partitionedTables.ts_kv, ts)).toEqual({ name, fromMs, toMs })
  })

  test('debug events have one a day', () => {
    expect(periodOf(partitionedTables.debug_events, at(2024, 1, 29, 23))).toEqual({
      name: 'debug_events_2024_02_29',
      fromMs: at(2024, 1, 29),
      toMs: at(2024, 2, 1),
    })
  })
})

test.each([
  [0, false],
  [Date.UTC(2019, 11, 31, 23, 59, 59, 999), false],
  [Date.UTC(2020, 0, 1), true],
  [Date.UTC(2027, 0, 1), true],
  [Date.UTC(2028, 0, 1), false],
  [Number.MAX_SAFE_INTEGER, false],
])('whether %d deserves a partition in 2026: %s', (ts, expected) => {
  expect(isPlausible(ts, Date.UTC(2026, 5, 1))).toBe(expected)
})
