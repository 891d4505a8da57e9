import { describe, expect, it } from 'vitest'
import { createTour } from './tour.ts'
import { createVan, type VanOptions } from './van.ts'

const hourMs = 3_600_000
const startMs = Date.UTC(2026, 0, 15)
const stops = [
  { name: 'A', latitude: 55, longitude: 10, minutes: 10 },
  { name: '', latitude: 55.2, longitude: 10.3, minutes: 0 },
  { name: 'B', latitude: 55.5, longitude: 10, minutes: 20 },
]
const van = (o: Partial<VanOptions> = {}) => createVan({ seed: 7, index: 0, startMs, stops, faults: false, ...o })
const run = (one: ReturnType<typeof van>, fromMs: number, hours: number) =>
  Array.from({ length: hours * 360 }, (_, i) => ({ ...one.sample(fromMs + i * 10_000), fault: one.fault() }))

describe('a tour', () => {
  const tour = createTour(stops, 0)

  it('stands at its stops for their time, passes the others, and comes back', () => {
    expect(tour.at(0)).toMatchObject({ latitude: 55, speed: 0, doorOpen: false })
    expect(tour.at(5 * 60_000)).toMatchObject({ latitude: 55, speed: 0, doorOpen: true })
    expect(tour.at(11 * 60_000).speed).toBeGreaterThan(50)
    expect(tour.at(tour.roundMs)).toEqual(tour.at(0))
    const standing = Array.from({ length: 1_000 }, (_, i) => tour.at((i * tour.roundMs) / 1_000).speed === 0)
    expect(standing.filter(Boolean).length / 1_000).toBeCloseTo((30 * 60_000) / tour.roundMs, 2)
  })

  it('never jumps', () => {
    for (let atMs = 0; atMs < 2 * tour.roundMs; atMs += 1_000) {
      const [a, b] = [tour.at(atMs), tour.at(atMs + 1_000)]
      expect(Math.hypot(a.latitude - b.latitude, a.longitude - b.longitude)).toBeLessThan(0.001)
    }
  })

  it('needs somewhere to go', () => expect(() => createTour([], 0)).toThrow(RangeError))
})

describe('a simulated van', () => {
  it('is where it was after a restart', () => {
    const at = startMs + 5 * hourMs
    const [before, after] = [van().sample(at), van({ startMs: at }).sample(at)]
    expect([after.latitude, after.longitude]).toEqual([before.latitude, before.longitude])
  })

  it('keeps its cargo cold, and colder when it is told so', () => {
    const cold = van()
    const usual = run(cold, startMs, 12)
    for (const { cargoTemperature, battery } of usual) {
      expect(Math.abs(cargoTemperature + 18)).toBeLessThan(2.5)
      expect(battery).toBeGreaterThan(5)
    }
    expect(cold.command('setCargoSetpoint', -22)).toEqual({ cargoSetpoint: -22 })
    const colder = run(cold, startMs + 12 * hourMs, 3).slice(-100)
    for (const { cargoTemperature } of colder) expect(cargoTemperature).toBeLessThan(-19.5)
  })

  it('warms up without cooling, and while the compressor fails', () => {
    const off = van()
    expect(off.command('setCooling', false)).toEqual({ cooling: false })
    expect(run(off, startMs, 2).at(-1)?.cargoTemperature).toBeGreaterThan(-5)
    const failing = run(van({ faults: true }), startMs, 24)
    expect(failing.some(({ fault }) => fault === 'compressor')).toBe(true)
    const warm = failing.filter(({ cargoTemperature }) => cargoTemperature > -15.5).length
    expect(warm).toBeGreaterThan(0)
    expect(warm).toBeLessThan(failing.length / 4)
  })
})
