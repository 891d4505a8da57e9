import { describe, expect, it } from 'vitest'
import { recordHistory } from './history.ts'
import {
  createThermostat,
  type Reading,
  type ThermostatFault,
  thermostatFaults,
  type ThermostatOptions,
} from './thermostat.ts'

const midnight = Date.UTC(2026, 0, 15)
const hour = 3_600_000
const localHour = (atMs: number) => (atMs / hour) % 24
const thermostat = (options: Partial<ThermostatOptions> = {}) =>
  createThermostat({ seed: 7, index: 0, startMs: midnight, faults: false, localHour, ...options })

const day = (options: Partial<ThermostatOptions> = {}, stepMs = 10_000) => {
  const device = thermostat(options)
  const samples: { atMs: number; reading: Reading | null; fault: ThermostatFault | null }[] = []
  for (let atMs = midnight; atMs < midnight + 24 * hour; atMs += stepMs) {
    const reading = device.sample(atMs)
    samples.push({ atMs, reading, fault: device.fault() })
  }
  return samples
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const readingsOf = (samples: ReturnType<typeof day>) => samples.flatMap(({ reading }) => (reading ? [reading] : []))

describe('a simulated thermostat', () => {
  it('tells the same story for the same seed and index', () => {
    expect(day({ faults: true })).toEqual(day({ faults: true }))
  })

  it('has a character of its own for each index and each seed', () => {
    const first = thermostat()
    const others = [thermostat({ index: 1 }), thermostat({ seed: 8 })]
    for (const other of others) {
      expect(other.identity.serialNumber).not.toBe(first.identity.serialNumber)
      expect(other.sample(midnight)).not.toEqual(first.sample(midnight))
    }
  })

  it('stays within what a heated room and its sensors can show, all day, for many devices', () => {
    for (let index = 0; index < 25; index += 1) {
      for (const reading of readingsOf(day({ index }, 60_000))) {
        expect(reading.temperature).toBeGreaterThan(13)
        expect(reading.temperature).toBeLessThan(25)
        expect(reading.humidity).toBeGreaterThan(20)
        expect(reading.humidity).toBeLessThan(80)
        expect(reading.battery).toBeGreaterThan(0)
        expect(reading.battery).toBeLessThanOrEqual(100)
        expect(reading.rssi).toBeLessThan(-30)
        expect(reading.rssi).toBeGreaterThan(-100)
        expect(Number.isInteger(reading.setpoint * 2)).toBe(true)
      }
    }
  })

  it('follows the schedule: warmer in the evening than before dawn', () => {
    const samples = day()
    const between = (from: number, to: number) =>
      samples.filter(({ atMs }) => localHour(atMs) >= from && localHour(atMs) < to)
    const night = readingsOf(between(3, 5))
    const evening = readingsOf(between(18, 20))
    expect(mean(evening.map((r) => r.setpoint))).toBeGreaterThan(mean(night.map((r) => r.setpoint)))
    expect(mean(evening.map((r) => r.temperature))).toBeGreaterThan(mean(night.map((r) => r.temperature)) + 1)
  })

  it('heats in cycles and never jumps by itself', () => {
    const readings = readingsOf(day())
    expect(readings.some((reading) => reading.heating)).toBe(true)
    expect(readings.some((reading) => !reading.heating)).toBe(true)
    const jumps = readings.slice(1).map((reading, i) => Math.abs(reading.temperature - (readings[i]?.temperature ?? 0)))
    expect(Math.max(...jumps)).toBeLessThan(1.5)
  })

  it('shows drier air when it is warmer', () => {
    const readings = readingsOf(day())
    const t = readings.map((reading) => reading.temperature)
    const h = readings.map((reading) => reading.humidity)
    const [meanT, meanH] = [mean(t), mean(h)]
    const covariance = mean(readings.map((r) => (r.temperature - meanT) * (r.humidity - meanH)))
    expect(covariance).toBeLessThan(0)
  })

  it('drains its battery slowly', () => {
    const readings = readingsOf(day())
    const first = readings[0]?.battery ?? 0
    const last = readings.at(-1)?.battery ?? 0
    expect(last).toBeLessThanOrEqual(first)
    expect(first - last).toBeLessThan(4)
  })
})

describe('a recorded history', () => {
  it('ends before now, is denser in the last hour, and goes on without a jump', () => {
    const device = thermostat({ startMs: midnight - 3 * hour })
    const history = recordHistory(device, { hours: 3, nowMs: midnight })
    expect(history).toHaveLength(2 * 30 + 360)
    expect(history[0]?.ts).toBe(midnight - 3 * hour)
    expect(history.at(-1)?.ts).toBe(midnight - 10_000)
    const last = history.at(-1)?.values
    expect(Math.abs((device.sample(midnight)?.temperature ?? 0) - Number(last?.temperature))).toBeLessThan(1.5)
  })

  it('is empty for no hours', () => {
    expect(recordHistory(thermostat(), { hours: 0, nowMs: midnight })).toEqual([])
  })
})

describe('faults', () => {
  const faulty = (options: Partial<ThermostatOptions> = {}) => day({ faults: true, ...options })

  it('of every kind occur within a day, and none when they are off', () => {
    const seen = new Set([0, 1, 2, 3].flatMap((index) => faulty({ index }).map(({ fault }) => fault)))
    for (const kind of thermostatFaults) expect(seen).toContain(kind)
    expect(new Set(day().map(({ fault }) => fault))).toEqual(new Set([null]))
  })

  it('leave the first two minutes alone', () => {
    for (let index = 0; index < 50; index += 1) {
      const device = thermostat({ index, faults: true, meanMinutesBetweenFaults: 0.1 })
      for (let atMs = midnight; atMs < midnight + 120_000; atMs += 1000) {
        device.sample(atMs)
        expect(device.fault()).toBeNull()
      }
    }
  })

  it('silence a device exactly while it is dropped out', () => {
    const samples = faulty()
    expect(samples.some(({ fault }) => fault === 'drop-out')).toBe(true)
    for (const { reading, fault } of samples) expect(reading === null).toBe(fault === 'drop-out')
  })

  it('freeze both sensors while the sensor is stuck', () => {
    const samples = faulty()
    const frozen = samples.flatMap(({ fault, reading }, i) =>
      fault === 'stuck' && samples[i - 1]?.fault === 'stuck' ? [[reading, samples[i - 1]?.reading] as const] : [],
    )
    expect(frozen.length).toBeGreaterThan(0)
    for (const [now, before] of frozen) {
      expect(now?.temperature).toBe(before?.temperature)
      expect(now?.humidity).toBe(before?.humidity)
    }
  })

  it('show a spike far from the reading before it', () => {
    const samples = [0, 1, 2, 3].flatMap((index) => faulty({ index }))
    const spikes = samples.flatMap(({ fault, reading }, i) => {
      const before = samples[i - 1]
      return fault === 'spike' && before?.fault === null && reading && before.reading
        ? [Math.abs(reading.temperature - before.reading.temperature)]
        : []
    })
    expect(spikes.length).toBeGreaterThan(0)
    for (const size of spikes) expect(size).toBeGreaterThan(5)
  })

  it('bring the battery below ten percent, and a new one afterwards', () => {
    const samples = [0, 1, 2, 3].flatMap((index) => faulty({ index }))
    const low = samples.findIndex(({ fault }) => fault === 'low-battery')
    expect(samples[low]?.reading?.battery).toBeLessThan(10)
    const after = samples.slice(low).find(({ fault }) => fault === null)
    expect(after?.reading?.battery).toBe(100)
  })
})

describe('commands', () => {
  const hourMs = 3_600_000
  const cold = () => createThermostat({ seed: 7, index: 0, startMs: 0, faults: false, localHour: () => 12 })

  it('turn the heater off and on, and tell which it is', () => {
    const thermostat = cold()
    expect(thermostat.command('getPower', null)).toEqual({ power: true })
    expect(thermostat.command('setPower', false)).toEqual({ power: false })
    const before = thermostat.sample(0)?.temperature ?? 0
    const without = thermostat.sample(3 * hourMs)
    expect(without?.heating).toBe(false)
    expect(without?.temperature).toBeLessThan(before - 2)
    expect(thermostat.command('setPower', true)).toEqual({ power: true })
    expect(thermostat.isOn()).toBe(true)
    expect(thermostat.sample(3 * hourMs + 1_000)?.heating).toBe(true)
  })

  it('hold a setpoint until the schedule wants another', () => {
    const at = { hour: 12 }
    const thermostat = createThermostat({ seed: 7, index: 0, startMs: 0, faults: false, localHour: () => at.hour })
    expect(thermostat.command('setSetpoint', 26.2)).toEqual({ setpoint: 26 })
    expect(thermostat.sample(60_000)).toMatchObject({ setpoint: 26, heating: true })
    expect(thermostat.sample(3 * hourMs)?.temperature).toBeGreaterThan(24)
    at.hour = 3
    expect(thermostat.sample(4 * hourMs)?.setpoint).toBeLessThan(22)
    at.hour = 12
    expect(thermostat.sample(5 * hourMs)?.setpoint).toBeLessThan(24)
    for (const wrong of [4, 31, '20', null, Number.NaN])
      expect(thermostat.command('setSetpoint', wrong)).toHaveProperty('error')
  })

  it('that are not understood change nothing and say so', () => {
    const thermostat = cold()
    expect(thermostat.command('setPower', 'off')).toHaveProperty('error')
    expect(thermostat.command('explode', null)).toHaveProperty('error')
    expect(thermostat.isOn()).toBe(true)
  })
})
