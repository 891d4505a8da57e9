import type { DeviceModel, Site } from './device-model.ts'
import { coarseStep, usualStep } from './history.ts'
import { createMeter, type MeterLoad, meterStep } from './meter.ts'
import { createPumpStation } from './pump-station.ts'
import { createThermostat } from './thermostat.ts'
import type { Stop } from './tour.ts'
import { createVan } from './van.ts'

/** When a device begins, and from when it may go wrong; both epoch ms. */
export type Beginning = { seed: number; startMs: number; faults: boolean; faultsFromMs: number }

export type DemoDevice = {
  name: string
  token: string
  /** Between two readings. */
  periodMs: number
  /** Of a first start: how much it recorded before. */
  historyHours: number
  /** Between two recordings of that age, ms. */
  historyStepMs: (ageMs: number) => number
  create(beginning: Beginning): DeviceModel
}

const place = (site: string, latitude: number, longitude: number): Site => ({ site, latitude, longitude })
const stop = (name: string, latitude: number, longitude: number, minutes = 8): Stop => ({
  name,
  latitude,
  longitude,
  minutes,
})
/** A place that a road passes. */
const by = (latitude: number, longitude: number): Stop => stop('', latitude, longitude, 0)

const rooms = [
  place('Copenhagen', 55.676, 12.568),
  place('Aarhus', 56.162, 10.204),
  place('Hamburg', 53.551, 9.994),
  place('Gothenburg', 57.709, 11.975),
  place('Oslo', 59.914, 10.752),
]
const stations = [place('Esbjerg', 55.476, 8.459), place('Rostock', 54.092, 12.099)]
const tours: (readonly Stop[])[] = [
  [
    stop('Køge', 55.458, 12.18, 14),
    stop('Ringsted', 55.443, 11.79),
    by(55.35, 11.1),
    by(55.31, 10.8),
    stop('Odense', 55.396, 10.388),
    by(55.51, 9.72),
    stop('Vejle', 55.709, 9.536),
    stop('Aarhus', 56.162, 10.18, 14),
  ],
  [
    stop('Malmö', 55.6, 13.02, 12),
    stop('Helsingborg', 56.05, 12.72),
    stop('Halmstad', 56.674, 12.87),
    stop('Varberg', 57.11, 12.3),
    stop('Gothenburg', 57.7, 12.0, 14),
  ],
  [
    stop('Hamburg', 53.56, 10.02, 14),
    stop('Neumünster', 54.07, 9.98),
    stop('Flensburg', 54.78, 9.4),
    stop('Kolding', 55.49, 9.45),
    stop('Esbjerg', 55.49, 8.5, 12),
  ],
]
const meters: { name: string; loads: readonly MeterLoad[] }[] = [
  { name: 'Building', loads: ['hvac', 'lighting', 'servers', 'charging'] },
  { name: 'Climate', loads: ['hvac'] },
  { name: 'Lighting', loads: ['lighting'] },
  { name: 'Servers', loads: ['servers'] },
  { name: 'Charging', loads: ['charging'] },
]

const number = (index: number) => String(index + 1).padStart(2, '0')

/** The devices that the seed of the demo tenant makes, as they behave. */
export const demoFleet: readonly DemoDevice[] = [
  ...rooms.map(
    (site, index): DemoDevice => ({
      name: `Thermostat ${number(index)}`,
      token: `THERMOSTAT_${number(index)}_TOKEN`,
      periodMs: 2_000,
      historyHours: 24,
      historyStepMs: usualStep,
      create: (beginning) => createThermostat({ ...beginning, index, site }),
    }),
  ),
  ...meters.map(
    ({ name, loads }): DemoDevice => ({
      name: `Meter ${name}`,
      token: `METER_${name.toUpperCase()}_TOKEN`,
      periodMs: 10_000,
      // Two weeks, so that one can be compared with the other, and the day that has begun.
      historyHours: 15 * 24,
      historyStepMs: meterStep,
      create: ({ seed, startMs }) => createMeter({ seed, loads, startMs, site: place('Copenhagen', 55.69, 12.6) }),
    }),
  ),
  ...stations.map(
    (site, index): DemoDevice => ({
      name: `Pump ${number(index)}`,
      token: `PUMP_${number(index)}_TOKEN`,
      periodMs: 3_000,
      historyHours: 24,
      historyStepMs: coarseStep,
      create: (beginning) => createPumpStation({ ...beginning, index, site }),
    }),
  ),
  ...tours.map(
    (stops, index): DemoDevice => ({
      name: `Van ${number(index)}`,
      token: `VAN_${number(index)}_TOKEN`,
      periodMs: 3_000,
      historyHours: 24,
      historyStepMs: coarseStep,
      create: (beginning) => createVan({ ...beginning, index, stops }),
    }),
  ),
]
