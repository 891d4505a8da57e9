import { describe, expect, it } from 'vitest'
import { createMeter, type MeterLoad, type MeterOptions, meterStep } from './meter.ts'
import { recordHistory } from './history.ts'

const hourMs = 3_600_000
/** A Monday. */
const midnight = Date.UTC(2026, 0, 12)
const clock = {
  localHour: (atMs: number) => (atMs / hourMs) % 24,
  localDay: (atMs: number) => new Date(atMs).getUTCDay(),
}
const loads: MeterLoad[] = ['hvac', 'lighting', 'servers', 'charging']
const meter = (o: Partial<MeterOptions> = {}) => createMeter({ seed: 7, loads, startMs: midnight, ...clock, ...o })
const powerAt = (atMs: number, o: Partial<MeterOptions> = {}) =>
  Number(meter({ startMs: atMs, ...o }).sample(atMs)?.power)
const energyOf = (history: ReturnType<typeof recordHistory>) =>
  history.reduce((sum, { values }) => sum + Number(values.energy), 0)

describe('a simulated meter', () => {
  it('of the whole building shows the sum of its parts, always', () => {
    for (let atMs = midnight; atMs < midnight + 7 * 24 * hourMs; atMs += 1_234_567) {
      const parts = loads.reduce((sum, load) => sum + powerAt(atMs, { loads: [load] }), 0)
      expect(powerAt(atMs)).toBeCloseTo(parts, 1)
    }
  })

  it('is the same after a restart', () => {
    const running = meter()
    running.sample(midnight)
    const later = midnight + 9 * hourMs
    expect(running.sample(later)?.power).toBe(powerAt(later))
  })

  it('consumes the same however often it is read', () => {
    const of = (stepMs: number) =>
      energyOf(recordHistory(meter(), { hours: 24, nowMs: midnight + 24 * hourMs, stepMs: () => stepMs }))
    const [fine, coarse] = [of(60_000), of(15 * 60_000)]
    expect(fine).toBeGreaterThan(200)
    expect(Math.abs(fine - coarse) / fine).toBeLessThan(0.03)
  })

  it('uses more on workdays, and by day', () => {
    const noon = (day: number) => powerAt(midnight + (day * 24 + 11) * hourMs)
    const night = (day: number) => powerAt(midnight + (day * 24 + 3) * hourMs)
    for (const workday of [0, 1, 2, 3, 4]) {
      expect(noon(workday)).toBeGreaterThan(night(workday) * 1.3)
      expect(noon(workday)).toBeGreaterThan(noon(6) * 1.2)
    }
  })

  it('records two weeks in few messages', () => {
    const nowMs = midnight + 15 * 24 * hourMs
    const history = recordHistory(meter(), { hours: 15 * 24, nowMs, stepMs: meterStep })
    expect(history.length).toBeLessThan(1_000)
  })
})
