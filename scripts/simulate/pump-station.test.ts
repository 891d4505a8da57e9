import { describe, expect, it } from 'vitest'
import { createPumpStation, type PumpReading, type PumpStationOptions } from './pump-station.ts'

const hourMs = 3_600_000
const midnight = Date.UTC(2026, 0, 15)
const localHour = (atMs: number) => (atMs / hourMs) % 24
const station = (o: Partial<PumpStationOptions> = {}) =>
  createPumpStation({ seed: 7, index: 0, startMs: midnight, faults: false, localHour, ...o })

const run = (pump: ReturnType<typeof station>, from: number, hours: number) => {
  const readings: (PumpReading & { fault: string | null })[] = []
  for (let atMs = from; atMs < from + hours * hourMs; atMs += 10_000)
    readings.push({ ...pump.sample(atMs), fault: pump.fault() })
  return readings
}

describe('a simulated pump station', () => {
  it('keeps its tank between start and stop level all day', () => {
    for (const index of [0, 1, 2]) {
      const readings = run(station({ index }), midnight, 24).slice(60)
      expect(Math.min(...readings.map(({ level }) => level))).toBeGreaterThan(40)
      expect(Math.max(...readings.map(({ level }) => level))).toBeLessThan(90)
      expect(new Set(readings.map(({ running }) => running))).toEqual(new Set([true, false]))
    }
  })

  it('runs dry while it is switched off, and fills again', () => {
    const pump = station()
    run(pump, midnight, 1)
    expect(pump.command('setPump', false)).toEqual({ pump: false })
    expect(pump.settings()).toMatchObject({ pump: false })
    const dry = run(pump, midnight + hourMs, 2)
    expect(dry.at(-1)).toMatchObject({ level: 0, running: false })
    pump.command('setPump', true)
    expect(run(pump, midnight + 3 * hourMs, 1).at(-1)?.level).toBeGreaterThan(40)
  })

  it('pumps more at a higher speed', () => {
    const flowAt = (speed: number) => {
      const pump = station()
      expect(pump.command('setSpeed', speed)).toEqual({ speed })
      return Math.max(...run(pump, midnight, 2).map(({ flow }) => flow))
    }
    expect(flowAt(100)).toBeGreaterThan(flowAt(60) * 1.4)
  })

  it('shakes and falls below the level of its alarm while the strainer is blocked, and recovers', () => {
    const readings = [0, 1, 2].flatMap((index) => run(station({ index, faults: true }), midnight, 24))
    const blocked = readings.filter(({ fault, running }) => fault === 'blocked' && running)
    const well = readings.filter(({ fault, running }) => fault === null && running)
    expect(blocked.length).toBeGreaterThan(0)
    expect(Math.min(...blocked.slice(10).map(({ vibration }) => vibration))).toBeGreaterThan(4.5)
    expect(Math.max(...well.map(({ vibration }) => vibration))).toBeLessThan(3.5)
    const low = readings.filter(({ level }) => level < 35).length
    expect(low).toBeGreaterThan(0)
    expect(low).toBeLessThan(readings.length / 4)
  })
})
