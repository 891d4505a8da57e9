import { quantities } from './quantities.ts'

/** What quantities are called, in the order of `quantities`. Words for each are `dashboardPanel.quantity.<name>`. */
export const quantityNames = [
  'temperature',
  'length',
  'area',
  'volume',
  'flow',
  'mass',
  'speed',
  'acceleration',
  'pressure',
  'force',
  'energy',
  'power',
  'torque',
  'density',
  'angle',
  'frequency',
  'time',
  'current',
  'voltage',
  'resistance',
  'capacitance',
  'conductance',
  'conductivity',
  'charge',
  'illuminance',
  'irradiance',
  'data',
  'dataRate',
  'share',
  'consumption',
] as const
export type QuantityName = (typeof quantityNames)[number]

/** Units that nothing is turned into. */
const others = ['%', '‰', 'dB', 'dBm', 'pH', 'AQI', 'lm', 'cd', 'Bq', 'Sv', 'kvar', 'kVA', 'pcs', '€', '$']

/** Units to choose from, by quantity; null: those of no quantity that is known here. */
export const unitChoices: readonly { quantity: QuantityName | null; units: readonly string[] }[] = [
  ...quantities.map((units, index) => ({
    quantity: quantityNames[index] ?? null,
    units: units.map(([unit]) => unit),
  })),
  { quantity: null, units: others },
]

/** Units that values in that one can be shown in, without itself; none for a unit that is not known. */
export const unitsLike = (unit: string): readonly string[] =>
  unitChoices
    .find(({ quantity, units }) => quantity !== null && units.includes(unit))
    ?.units.filter((one) => one !== unit) ?? []
