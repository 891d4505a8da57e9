import { clamp, type DeviceModel, machineHour, rounded, type Site } from './device-model.ts'
import { noise } from './noise.ts'

/** What a part of the building draws: kW at a moment. */
type Load = (atMs: number) => number

export type MeterLoad = 'hvac' | 'lighting' | 'servers' | 'charging'

export type MeterOptions = {
  seed: number
  /** What it measures; several: all of them together, as the meter of the whole building does. */
  loads: readonly MeterLoad[]
  startMs: number
  /** Hours since local midnight. Default: the machine's time zone. */
  localHour?: (atMs: number) => number
  /** 0 is Sunday. */
  localDay?: (atMs: number) => number
  site?: Site
}

const minuteMs = 60_000
const hourMs = 3_600_000
/** Between readings further apart, power is looked at this often to sum it up. */
const stepMs = 5 * minuteMs

/** From 0 outside to 1 within hours of the day, with a slope of that many hours at both ends. */
const during = (hour: number, from: number, to: number, slope: number) =>
  clamp(Math.min((hour - from) / slope, (to - hour) / slope), 0, 1)

type Clock = { hour(atMs: number): number; isWorkday(atMs: number): boolean }

/** All curves depend on the moment alone: meters agree with each other, and with themselves after a restart. */
const loadsOf = (seed: number, clock: Clock): Record<MeterLoad, Load> => {
  const drift = (name: number, periodMs: number) => noise(seed + name * 7_919, periodMs)
  const weather = drift(1, 9 * hourMs)
  const compressor = drift(2, 4 * minuteMs)
  const cloud = drift(3, 25 * minuteMs)
  const people = drift(4, 50 * minuteMs)
  const jobs = drift(5, 35 * minuteMs)
  const flicker = drift(6, 20_000)
  const cars = [11, 12, 13, 14].map((name) => drift(name, 75 * minuteMs))
  return {
    hvac: (atMs) => {
      const open = during(clock.hour(atMs), 5, 20, 2) * (clock.isWorkday(atMs) ? 1 : 0.25)
      const running = 4 + open * (13 + 4 * weather(atMs))
      return running + open * 5 * Math.max(0, compressor(atMs)) + 0.3 * flicker(atMs)
    },
    lighting: (atMs) => {
      const hour = clock.hour(atMs)
      const open = during(hour, 6.5, 19, 1.5) * (clock.isWorkday(atMs) ? 1 : 0.12)
      // Less while the sun is high, except under clouds.
      const daylight = during(hour, 9, 16, 2) * (0.4 - 0.25 * cloud(atMs))
      return 0.9 + open * (8 * (1 - daylight) + 0.8 * people(atMs)) + 0.05 * flicker(atMs)
    },
    servers: (atMs) => {
      const backup = during(clock.hour(atMs), 1, 4, 0.5)
      return 6.2 + 1.8 * backup + 0.9 * Math.max(0, jobs(atMs)) + 0.1 * flicker(atMs)
    },
    charging: (atMs) => {
      const hour = clock.hour(atMs)
      const parked =
        Math.max(during(hour, 7.5, 15, 1), 0.6 * during(hour, 17, 22, 1)) * (clock.isWorkday(atMs) ? 1 : 0.3)
      const charging = cars.filter((car) => parked > 0 && car(atMs) > 0.9 - 1.1 * parked).length
      return 0.1 + 3.6 * charging
    },
  }
}

/** A meter of a building: the power it sees, and what was consumed since its last reading. */
export const createMeter = (options: MeterOptions): DeviceModel => {
  const hour = options.localHour ?? machineHour
  const day = options.localDay ?? ((atMs) => new Date(atMs).getDay())
  const all = loadsOf(options.seed, { hour, isWorkday: (atMs) => day(atMs) % 6 !== 0 })
  const power: Load = (atMs) => options.loads.reduce((sum, load) => sum + all[load](atMs), 0)
  const mains = noise(options.seed + 101, 40_000)
  let readMs = options.startMs

  /** kWh since the last reading. */
  const consumed = (atMs: number): number => {
    let sum = 0
    while (readMs < atMs) {
      const nextMs = Math.min(atMs, readMs + stepMs)
      sum += ((power(readMs) + power(nextMs)) / 2) * ((nextMs - readMs) / hourMs)
      readMs = nextMs
    }
    return sum
  }

  return {
    identity: { model: 'TW-Meter 3P', firmware: '1.8.2', measures: options.loads.join(', '), ...options.site },
    fault: () => null,
    settings: () => ({}),
    command: (method) => ({ error: `Unknown method ${method}` }),
    sample: (atMs) => ({
      power: rounded(power(atMs), 2),
      energy: rounded(consumed(atMs), 5),
      voltage: rounded(230 + 1.6 * mains(atMs), 1),
    }),
  }
}

/** Every minute of the last two hours, every quarter of an hour of two days, every half of one of the time before. */
export const meterStep = (ageMs: number): number => {
  if (ageMs > 48 * hourMs) return 30 * minuteMs
  return ageMs > 2 * hourMs ? 15 * minuteMs : minuteMs
}
