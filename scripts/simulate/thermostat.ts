import { clamp, type DeviceModel, machineHour, rounded, type Site } from './device-model.ts'
import { faultSchedule } from './faults.ts'
import { type Random, seededRandom } from './random.ts'

/** What one device tells in one telemetry message. */
export type Reading = {
  /** °C, one decimal */
  temperature: number
  /** %, one decimal */
  humidity: number
  /** °C, half degrees */
  setpoint: number
  heating: boolean
  /** %, whole */
  battery: number
  /** dBm, whole */
  rssi: number
}

const durations = {
  stuck: [60, 240],
  'drop-out': [20, 90],
  // One or two readings at the usual rate.
  spike: [1, 2],
  'low-battery': [300, 900],
} as const
export type ThermostatFault = keyof typeof durations
export const thermostatFaults = Object.keys(durations) as ThermostatFault[]

export type Thermostat = DeviceModel<Reading, ThermostatFault> & {
  /** Whether it may heat; `setPower` changes it. */
  isOn(): boolean
}

export type ThermostatOptions = {
  seed: number
  /** Which device of the fleet; each has a character of its own. */
  index: number
  startMs: number
  faults: boolean
  /** No fault before this moment, epoch ms. Default: startMs. */
  faultsFromMs?: number
  /** Mean minutes between the faults of one device. Default 20. */
  meanMinutesBetweenFaults?: number
  /** Hours since local midnight, with fraction. Default: the machine's time zone. */
  localHour?: (atMs: number) => number
  site?: Site
}

/** What makes one room and one device different from the next; drawn once. */
type Character = ReturnType<typeof drawCharacter>

const drawCharacter = (random: Random) => ({
  comfort: 20 + Math.round(random.between(0, 4)) / 2,
  nightSetback: random.pick([2, 2.5, 3, 4]),
  wakeHour: random.between(5.5, 7.5),
  sleepHour: random.between(21.5, 23.5),
  /** Hours in which an unheated room loses two thirds of its distance to the outside. */
  inertiaHours: random.between(2.5, 7),
  /** °C an hour while the heater runs. */
  heaterPower: random.between(5.5, 9),
  hysteresis: random.between(0.2, 0.4),
  outsideMean: random.between(4, 9),
  outsideSwing: random.between(2.5, 5),
  humidityAtComfort: random.between(40, 52),
  sensorOffset: random.between(-0.3, 0.3),
  draught: random.between(0.08, 0.22),
  /** % a day. */
  batteryDrain: random.between(0.3, 1.2),
  batteryStart: random.between(45, 100),
  signal: random.between(-78, -48),
})

const identityOf = (random: Random) => ({
  model: random.pick(['TW-Therm 2', 'TW-Therm 2', 'TW-Therm 3', 'TW-Therm 3 Pro']),
  firmware: random.pick(['2.4.1', '2.4.1', '2.5.0', '2.3.7']),
  serialNumber: `TW${Math.floor(random.between(10 ** 7, 10 ** 8 - 1))}`,
})

const hourMs = 3_600_000
/** What a person may ask for, °C. */
const lowestSetpoint = 5
const highestSetpoint = 30
/** Longer gaps are walked in steps of this size, or the heater would overshoot by degrees. */
const maxStepMs = 60_000
const warmUpMs = 6 * hourMs

/** A thermostat in a room that cools towards a day curve outside and is heated towards a daily schedule. */
export const createThermostat = (options: ThermostatOptions): Thermostat => {
  const random = seededRandom(options.seed, options.index)
  const identity = { ...identityOf(random), ...options.site }
  const character = drawCharacter(random)
  const schedule = faultSchedule(seededRandom(options.seed ^ 0x5bd1e995, options.index), {
    durations,
    startMs: options.faultsFromMs ?? options.startMs,
    meanMinutesBetween: options.meanMinutesBetweenFaults ?? 20,
  })
  const hourOf = options.localHour ?? machineHour
  const room = createRoom(character, random, hourOf)
  room.advance(options.startMs - warmUpMs)
  room.advance(options.startMs)
  const battery = createBattery(character)

  const command = (method: string, params: unknown) => {
    switch (method) {
      case 'getPower':
        return { power: room.isOn() }
      case 'setPower':
        if (typeof params !== 'boolean') return { error: 'setPower takes true or false' }
        room.setOn(params)
        return { power: params }
      case 'getSetpoint':
        return { setpoint: room.setpoint() }
      case 'setSetpoint':
        if (typeof params !== 'number' || !(params >= lowestSetpoint && params <= highestSetpoint))
          return { error: `setSetpoint takes ${lowestSetpoint} to ${highestSetpoint} °C` }
        room.hold(Math.round(params * 2) / 2)
        return { setpoint: room.setpoint() }
      default:
        return { error: `Unknown method ${method}` }
    }
  }

  let last: Reading | null = null
  let fault: ThermostatFault | null = null
  return {
    identity,
    fault: () => fault,
    isOn: room.isOn,
    settings: () => ({ power: room.isOn() }),
    command,
    sample: (atMs) => {
      const active = options.faults ? schedule.at(atMs) : null
      fault = active?.kind ?? null
      room.advance(atMs)
      battery.advance(atMs, fault === 'low-battery')
      if (fault === 'drop-out') return null
      const fresh = read(room, battery, character, random)
      if (fault === 'spike' && active) fresh.temperature = rounded(fresh.temperature + active.size, 1)
      if (fault === 'stuck' && last) {
        fresh.temperature = last.temperature
        fresh.humidity = last.humidity
      }
      last = fresh
      return { ...fresh }
    },
  }
}

type Room = {
  advance(atMs: number): void
  temperature(): number
  setpoint(): number
  heating(): boolean
  draught(): number
  isOn(): boolean
  setOn(isOn: boolean): void
  /** A setpoint, °C, that holds until the schedule wants another than it does now. */
  hold(setpoint: number): void
}

const createRoom = (character: Character, random: Random, hourOf: (atMs: number) => number): Room => {
  const outside = (hour: number) =>
    // Coldest before dawn, warmest in the afternoon.
    character.outsideMean - character.outsideSwing * Math.cos(((hour - 3.5) / 24) * 2 * Math.PI)
  const setpointAt = (hour: number) =>
    hour >= character.wakeHour && hour < character.sleepHour
      ? character.comfort
      : character.comfort - character.nightSetback
  let nowMs: number | undefined
  let temperature = character.comfort - 0.5
  let setpoint = character.comfort
  let held: { setpoint: number; instead: number } | null = null
  let heating = false
  let isOn = true
  let draught = 0
  const step = (toMs: number, hours: number) => {
    const hour = hourOf(toMs)
    const scheduled = setpointAt(hour)
    if (held?.instead !== scheduled) held = null
    setpoint = held?.setpoint ?? scheduled
    if (temperature < setpoint - character.hysteresis) heating = isOn
    if (temperature > setpoint + character.hysteresis) heating = false
    temperature += ((outside(hour) - temperature) / character.inertiaHours) * hours
    if (heating) temperature += character.heaterPower * hours
    // People, doors, sun: a disturbance that forgets itself in a minute or two.
    const memory = Math.exp((-hours * 3600) / 90)
    draught = draught * memory + character.draught * Math.sqrt(1 - memory * memory) * random.normal()
  }
  return {
    advance: (atMs) => {
      nowMs ??= atMs
      while (nowMs < atMs) {
        const toMs = Math.min(atMs, nowMs + maxStepMs)
        step(toMs, (toMs - nowMs) / hourMs)
        nowMs = toMs
      }
    },
    temperature: () => temperature,
    setpoint: () => setpoint,
    heating: () => heating,
    draught: () => draught,
    isOn: () => isOn,
    setOn: (wanted) => {
      isOn = wanted
      heating = wanted && temperature < setpoint
    },
    hold: (wanted) => {
      held = { setpoint: wanted, instead: setpointAt(hourOf(nowMs ?? 0)) }
      setpoint = wanted
      heating = isOn && temperature < wanted
    },
  }
}

type Battery = { advance(atMs: number, sagging: boolean): void; percent(): number }

const createBattery = (character: Character): Battery => {
  let nowMs: number | undefined
  let percent = character.batteryStart
  let wasSagging = false
  return {
    advance: (atMs, sagging) => {
      const days = (atMs - (nowMs ?? atMs)) / (24 * hourMs)
      nowMs = atMs
      // A failing cell gives up at once; when the fault is over, somebody has put in a new one.
      if (sagging && !wasSagging) percent = Math.min(percent, 9)
      if (!sagging && wasSagging) percent = 100
      wasSagging = sagging
      percent = Math.max(1, percent - days * character.batteryDrain * (sagging ? 200 : 1))
      if (!sagging && percent <= 3) percent = 100
    },
    percent: () => percent,
  }
}

const read = (room: Room, battery: Battery, character: Character, random: Random): Reading => {
  const air = room.temperature() + room.draught()
  // The same water in warmer air is a lower relative humidity.
  const humidity = character.humidityAtComfort - 2.6 * (air - character.comfort) + 0.25 * random.normal()
  const weak = battery.percent() < 10 ? 6 : 0
  return {
    temperature: rounded(clamp(air + character.sensorOffset + 0.04 * random.normal(), -20, 60), 1),
    humidity: rounded(clamp(humidity, 5, 95), 1),
    setpoint: room.setpoint(),
    heating: room.heating(),
    battery: Math.round(battery.percent()),
    rssi: Math.round(clamp(character.signal - weak + 1.8 * random.normal(), -110, -20)),
  }
}
