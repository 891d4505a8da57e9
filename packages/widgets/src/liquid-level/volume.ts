/** How many of a unit make a litre. */
const perLitre: Readonly<Record<string, number>> = {
  L: 1,
  'mm³': 1e6,
  'cm³': 1e3,
  mL: 1e3,
  'm³': 1e-3,
  'km³': 1e-12,
  hl: 0.01,
  'in³': 61.0237,
  'ft³': 1 / 28.3168,
  'yd³': 1 / 764.555,
  'fl-oz': 33.814,
  pt: 1 / 0.473176,
  qt: 1 / 0.946353,
  gal: 1 / 3.78541,
  bbl: 1 / 158.987,
}

export const volumeUnits = ['%', ...Object.keys(perLitre)] as [string, ...string[]]

const litres = (amount: number, unit: string) => amount / (perLitre[unit] ?? 1)

/** An amount in another unit; those that are not volumes stay as they are. */
export const convertVolume = (amount: number, from: string, to: string): number =>
  perLitre[from] === undefined || perLitre[to] === undefined ? amount : litres(amount, from) * (perLitre[to] ?? 1)

export type Tank = { volume: number; units: string }

/** How full a tank is, in percent, from a value that is percent or an amount. */
export const percentFull = (value: number, valueUnits: string, tank: Tank): number =>
  valueUnits === '%' ? value : (litres(value, valueUnits) / litres(tank.volume, tank.units)) * 100

/** What is in a tank that is so full; in percent that itself. */
export const amountIn = (percent: number, tank: Tank, units: string): number =>
  units === '%' ? percent : convertVolume((tank.volume * percent) / 100, tank.units, units)
