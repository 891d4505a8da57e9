import { clamp, type DeviceModel, machineHour, rounded, type Site } from './device-model.ts'
import { faultSchedule } from './faults.ts'
import { noise } from './noise.ts'
import { seededRandom } from './random.ts'

export type PumpReading = {
  /** % of the tank */
  level: number
  /** L/min into the tank */
  flow: number
  /** bar */
  pressure: number
  /** mm/s */
  vibration: number
  /** kW */
  power: number
  running: boolean
}

export type PumpStationOptions = {
  seed: number
  index: number
  startMs: number
  faults: boolean
  /** No fault before this moment, epoch ms. Default: startMs. */
  faultsFromMs?: number
  /** Mean minutes between the faults of one station. Default 12. */
  meanMinutesBetweenFaults?: number
  localHour?: (atMs: number) => number
  site?: Site
}

export type PumpStation = Omit<DeviceModel<PumpReading, 'blocked'>, 'sample'> & { sample(atMs: number): PumpReading }

const minuteMs = 60_000
const maxStepMs = 10_000
const tankLitres = 3_000
const fullFlow = 420
/** % of the tank at which the pump starts and stops by itself. */
const startsAt = 45
const stopsAt = 85
const slowest = 30

/** A tank that is drained by a town and filled by a pump; while a strainer is blocked, little comes through. */
export const createPumpStation = (options: PumpStationOptions): PumpStation => {
  const random = seededRandom(options.seed ^ 0x27d4eb2f, options.index)
  const hourOf = options.localHour ?? machineHour
  const demandNoise = noise(options.seed + options.index * 31 + 5, 6 * minuteMs)
  const schedule = faultSchedule(seededRandom(options.seed ^ 0x165667b1, options.index), {
    durations: { blocked: [300, 600] },
    startMs: options.faultsFromMs ?? options.startMs,
    meanMinutesBetween: options.meanMinutesBetweenFaults ?? 12,
  })
  let nowMs = options.startMs
  let level = random.between(50, 80)
  let isOn = true
  let speed = 80
  let running = false
  let flow = 0
  let isBlocked = false

  /** L/min that the town takes: most in the morning and in the evening. */
  const demand = (atMs: number) => {
    const hour = hourOf(atMs)
    const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2))
    return 95 + 60 * peak(7.5, 2) + 75 * peak(19, 2.5) + 30 * demandNoise(atMs)
  }

  const step = (toMs: number) => {
    const minutes = (toMs - nowMs) / minuteMs
    nowMs = toMs
    if (!isOn) running = false
    else if (level < startsAt) running = true
    else if (level > stopsAt) running = false
    const target = running ? fullFlow * (speed / 100) * (isBlocked ? 0.12 : 1) : 0
    // A pump needs seconds to come up to speed and to run out.
    flow += (target - flow) * (1 - Math.exp((-minutes * 60) / 4))
    level = clamp(level + ((flow - demand(toMs)) * minutes * 100) / tankLitres, 0, 100)
  }

  const read = (): PumpReading => {
    const turning = running ? speed / 100 : 0
    const shaking = turning * (isBlocked ? 7.5 : 2.1)
    return {
      level: rounded(level, 1),
      flow: rounded(Math.max(0, flow + (flow > 5 ? 3 * random.normal() : 0)), 1),
      pressure: rounded(1.1 + (level / 100) * 0.6 + turning ** 2 * (isBlocked ? 4.6 : 3.2) + 0.02 * random.normal(), 2),
      vibration: rounded(Math.max(0.05, 0.2 + shaking + 0.12 * (turning + 0.2) * random.normal()), 2),
      power: rounded(Math.max(0.04, 0.08 + 5.4 * turning ** 3 * (isBlocked ? 1.25 : 1) + 0.02 * random.normal()), 2),
      running,
    }
  }

  const command = (method: string, params: unknown) => {
    switch (method) {
      case 'getPump':
        return { pump: isOn }
      case 'setPump':
        if (typeof params !== 'boolean') return { error: 'setPump takes true or false' }
        isOn = params
        return { pump: isOn }
      case 'getSpeed':
        return { speed }
      case 'setSpeed':
        if (typeof params !== 'number' || !(params >= slowest && params <= 100))
          return { error: `setSpeed takes ${slowest} to 100 %` }
        speed = Math.round(params)
        return { speed }
      default:
        return { error: `Unknown method ${method}` }
    }
  }

  return {
    identity: { model: 'TW-Pump 42', firmware: '3.0.4', tankLitres, ...options.site },
    fault: () => (isBlocked ? 'blocked' : null),
    settings: () => ({ pump: isOn, speed }),
    command,
    sample: (atMs) => {
      isBlocked = options.faults && schedule.at(atMs) !== null
      while (nowMs < atMs) step(Math.min(atMs, nowMs + maxStepMs))
      return read()
    },
  }
}
