import { clamp, type DeviceModel, rounded } from './device-model.ts'
import { faultSchedule } from './faults.ts'
import { noise } from './noise.ts'
import { seededRandom } from './random.ts'
import { createTour, type Stop } from './tour.ts'

export type VanReading = {
  /** degrees */
  latitude: number
  longitude: number
  /** km/h */
  speed: number
  /** °C */
  cargoTemperature: number
  doorOpen: boolean
  /** % */
  battery: number
}

export type VanOptions = {
  seed: number
  index: number
  startMs: number
  /** Driven there and back, for ever. */
  stops: readonly Stop[]
  faults: boolean
  /** No fault before this moment, epoch ms. Default: startMs. */
  faultsFromMs?: number
  /** Mean minutes between the faults of one van. Default 18. */
  meanMinutesBetweenFaults?: number
}

export type Van = Omit<DeviceModel<VanReading, 'compressor'>, 'sample'> & { sample(atMs: number): VanReading }

const minuteMs = 60_000
const maxStepMs = 10_000
const ambient = 9
const warmest = -10
const coldest = -25

/** A refrigerated van on its tour: cargo warms up while the doors are open, and while the compressor fails. */
export const createVan = (options: VanOptions): Van => {
  const random = seededRandom(options.seed ^ 0x3c6ef372, options.index)
  const tour = createTour(options.stops, random.next())
  const traffic = noise(options.seed + options.index * 17 + 3, 40_000)
  const schedule = faultSchedule(seededRandom(options.seed ^ 0x510e527f, options.index), {
    durations: { compressor: [300, 540] },
    startMs: options.faultsFromMs ?? options.startMs,
    meanMinutesBetween: options.meanMinutesBetweenFaults ?? 18,
  })
  let nowMs = options.startMs
  let setpoint = -18
  let isCooling = true
  let compressorRuns = true
  let cargo = setpoint + random.between(-0.5, 0.5)
  let battery = random.between(55, 95)
  let isFailing = false

  const step = (toMs: number) => {
    const minutes = (toMs - nowMs) / minuteMs
    nowMs = toMs
    const { speed, doorOpen } = tour.at(toMs)
    if (cargo > setpoint + 0.6) compressorRuns = true
    if (cargo < setpoint - 0.6) compressorRuns = false
    const leak = (ambient - cargo) * (doorOpen ? 0.034 : 0.016)
    const cold = compressorRuns && isCooling && !isFailing ? 0.8 : 0
    cargo = clamp(cargo + (leak - cold) * minutes, coldest - 2, ambient)
    battery = clamp(battery + (speed === 0 ? 1.4 : -0.0042 * speed) * minutes, 6, 100)
  }

  const command = (method: string, params: unknown) => {
    switch (method) {
      case 'getCooling':
        return { cooling: isCooling }
      case 'setCooling':
        if (typeof params !== 'boolean') return { error: 'setCooling takes true or false' }
        isCooling = params
        return { cooling: isCooling }
      case 'getCargoSetpoint':
        return { cargoSetpoint: setpoint }
      case 'setCargoSetpoint':
        if (typeof params !== 'number' || !(params >= coldest && params <= warmest))
          return { error: `setCargoSetpoint takes ${coldest} to ${warmest} °C` }
        setpoint = Math.round(params)
        return { cargoSetpoint: setpoint }
      default:
        return { error: `Unknown method ${method}` }
    }
  }

  return {
    identity: {
      model: 'TW-Track 4',
      firmware: '5.2.0',
      licencePlate: `TW ${Math.floor(random.between(100, 999))} ${options.index + 1}`,
      tour: options.stops.flatMap(({ name, minutes }) => (minutes > 0 ? [name] : [])).join(' – '),
    },
    fault: () => (isFailing ? 'compressor' : null),
    settings: () => ({ cooling: isCooling, cargoSetpoint: setpoint }),
    command,
    sample: (atMs) => {
      isFailing = options.faults && schedule.at(atMs) !== null
      while (nowMs < atMs) step(Math.min(atMs, nowMs + maxStepMs))
      const { latitude, longitude, speed, doorOpen } = tour.at(atMs)
      return {
        latitude: rounded(latitude, 6),
        longitude: rounded(longitude, 6),
        speed: speed === 0 ? 0 : rounded(speed * (1 + 0.08 * traffic(atMs)), 1),
        cargoTemperature: rounded(cargo + 0.05 * random.normal(), 1),
        doorOpen,
        battery: rounded(battery, 0),
      }
    },
  }
}
