/**
 * A unit by what one of it is of the quantity's base unit; `offset` is what is added before (of temperatures). `per`: the
 * base is that number divided by the value (litres for a distance, and a distance for a litre).
 */
export type UnitScale = { factor: number; offset?: number } | { per: number }

const scales = (factors: Readonly<Record<string, number>>): [string, UnitScale][] =>
  Object.entries(factors).map(([unit, factor]) => [unit, { factor }])

const foot = 0.3048
const inch = foot / 12
const mile = 5_280 * foot
const pound = 0.45359237
const gravity = 9.80665
const fluidOunce = 0.0295735295625
const cubicFoot = foot ** 3 * 1_000
const poundForce = pound * gravity
const footPound = poundForce * foot
const calorie = 4.184
const britishHeat = 1_055.05585262
const psi = poundForce / inch ** 2
const day = 86_400

/** Prefixes of units that are written in many sizes. */
const sized = (unit: string, prefixes: string): Record<string, number> => {
  const sizes: Readonly<Record<string, number>> = {
    p: 1e-12,
    n: 1e-9,
    µ: 1e-6,
    μ: 1e-6,
    m: 1e-3,
    '': 1,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
  }
  return Object.fromEntries([...prefixes, ''].map((prefix) => [`${prefix}${unit}`, sizes[prefix] ?? 1]))
}

/** What can be turned into what: units of one entry, by the symbols that files have. Factors are to SI where there is one. */
export const quantities: readonly (readonly [string, UnitScale][])[] = [
  [
    ['°C', { factor: 1, offset: 0 }],
    ['K', { factor: 1, offset: -273.15 }],
    ['°F', { factor: 5 / 9, offset: -32 }],
    ['°R', { factor: 5 / 9, offset: -491.67 }],
  ],
  scales({
    ...{ angstrom: 1e-10, nm: 1e-9, μm: 1e-6, µm: 1e-6, mm: 1e-3, cm: 1e-2, dm: 0.1, m: 1, km: 1_000 },
    ...{ in: inch, ft: foot, 'ft-us': 1_200 / 3_937, yd: 3 * foot, fathom: 6 * foot, mi: mile, nmi: 1_852 },
    ...{ thou: inch / 1_000, hand: 4 * inch, ch: 66 * foot, fur: 660 * foot, league: 3 * mile, rod: 16.5 * foot },
    AU: 149_597_870_700,
  }),
  scales({
    ...{ 'mm²': 1e-6, 'cm²': 1e-4, 'm²': 1, a: 100, ha: 10_000, 'km²': 1e6 },
    ...{ 'in²': inch ** 2, 'ft²': foot ** 2, 'yd²': (3 * foot) ** 2, ac: 43_560 * foot ** 2, 'ml²': mile ** 2 },
  }),
  scales({
    ...{ 'mm³': 1e-6, 'cm³': 1e-3, µL: 1e-6, mL: 1e-3, L: 1, hL: 100, 'm³': 1_000, 'km³': 1e12 },
    ...{ tsp: fluidOunce / 6, tbsp: fluidOunce / 2, 'fl-oz': fluidOunce, cup: 8 * fluidOunce, pt: 16 * fluidOunce },
    ...{ qt: 32 * fluidOunce, gal: 128 * fluidOunce, bbl: 42 * 128 * fluidOunce, 'in³': cubicFoot / 1_728 },
    ...{ 'ft³': cubicFoot, 'yd³': 27 * cubicFoot },
  }),
  scales({
    ...{ 'L/s': 1, 'dm³/s': 1, 'mL/min': 1 / 60_000, 'L/min': 1 / 60, 'L/hr': 1 / 3_600 },
    ...{ 'm³/s': 1_000, 'm³/min': 1_000 / 60, 'm³/hr': 1 / 3.6, 'fl-oz/s': fluidOunce },
    ...{ 'ft³/s': cubicFoot, 'ft³/min': cubicFoot / 60 },
    ...{ 'gal/hr': (128 * fluidOunce) / 3_600, GPM: (128 * fluidOunce) / 60 },
  }),
  scales({
    ...{ ng: 1e-12, mcg: 1e-9, mg: 1e-6, g: 1e-3, kg: 1, t: 1_000, ct: 2e-4 },
    ...{ oz: pound / 16, lb: pound, st: 14 * pound, 'short tons': 2_000 * pound, gr: pound / 7_000, dr: pound / 256 },
    ...{ cwt: 100 * pound, slug: 14.593902937206 },
  }),
  scales({
    ...{ 'm/s': 1, 'km/h': 1 / 3.6, 'mm/min': 1e-3 / 60, 'm/min': 1 / 60, 'mm/s': 1e-3 },
    ...{ mph: mile / 3_600, kt: 1_852 / 3_600, 'ft/s': foot, 'ft/min': foot / 60, 'in/s': inch, 'in/h': inch / 3_600 },
  }),
  scales({ 'm/s²': 1, 'g₀': gravity, Gal: 0.01, 'km/h²': 1 / 12_960, 'ft/s²': foot }),
  scales({
    ...{ Pa: 1, hPa: 100, kPa: 1e3, MPa: 1e6, GPa: 1e9, mb: 100, mbar: 100, bar: 1e5, kbar: 1e8 },
    ...{ Torr: 101_325 / 760, mmHg: 133.322387415, atm: 101_325, 'N/m²': 1, 'kN/m²': 1e3, 'N/mm²': 1e6 },
    ...{ 'kgf/m²': gravity, psi, ksi: 1_000 * psi, inHg: 25.4 * 133.322387415, 'tonf/in²': 2_000 * psi },
  }),
  scales({
    N: 1,
    kN: 1_000,
    dyn: 1e-5,
    kgf: gravity,
    lbf: poundForce,
    klbf: 1_000 * poundForce,
    kip: 1_000 * poundForce,
  }),
  scales({
    ...{ ...sized('J', 'μmkMG'), Wm: 60, mWh: 3.6, Wh: 3_600, kWh: 3.6e6, MWh: 3.6e9, GWh: 3.6e12 },
    ...{ eV: 1.602176634e-19, cal: calorie, kcal: 1_000 * calorie, Cal: 1_000 * calorie },
    ...{ BTU: britishHeat, MBtu: 1_000 * britishHeat, ft·lb: footPound, thm: 1e5 * britishHeat },
  }),
  scales({
    ...{ ...sized('W', 'μmkMG'), PS: 735.49875, 'ft-lb/s': footPound, hp: 550 * footPound },
    ...{ 'BTU/s': britishHeat, 'BTU/h': britishHeat / 3_600, 'BTU/d': britishHeat / day },
    ...{ 'MBtu/h': (1_000 * britishHeat) / 3_600, 'MMBtu/h': (1e6 * britishHeat) / 3_600 },
  }),
  scales({ Nm: 1, 'lbf-ft': footPound, in·lbf: footPound / 12 }),
  scales({
    ...{
      'kg/m³': 1,
      'g/cm³': 1_000,
      'g/m³': 1e-3,
      'mg/L': 1e-3,
      'mg/mL': 1,
      'mg/dL': 0.01,
      'mg/m³': 1e-6,
      'µg/m³': 1e-9,
    },
    ...{ 'lb/ft³': pound / foot ** 3, 'oz/in³': pound / 16 / inch ** 3, 'ton/yd³': (2_000 * pound) / (3 * foot) ** 3 },
  }),
  scales({
    rad: 180 / Math.PI,
    mrad: 0.18 / Math.PI,
    deg: 1,
    '°': 1,
    grad: 0.9,
    arcmin: 1 / 60,
    arcsec: 1 / 3_600,
    rev: 360,
  }),
  scales({
    ...sized('Hz', 'mkMGT'),
    rpm: 1 / 60,
    RPM: 1 / 60,
    bpm: 1 / 60,
    'deg/s': 1 / 360,
    'rad/s': 1 / (2 * Math.PI),
  }),
  scales({
    ...{ ns: 1e-9, μs: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3_600, d: day, wk: 7 * day },
    ...{ mo: (365.25 * day) / 12, yr: 365.25 * day },
  }),
  scales(sized('A', 'pnμmkMG')),
  scales(sized('V', 'pnμmkM')),
  scales(sized('Ω', 'μmkMG')),
  scales(sized('F', 'pnμmkMG')),
  scales(sized('S', 'mμkMG')),
  scales({ 'S/m': 1, 'mS/m': 1e-3, 'µS/cm': 1e-4 }),
  scales({ c: 1, mC: 1e-3, μC: 1e-6, nC: 1e-9, pC: 1e-12, mAh: 3.6, Ah: 3_600, kAh: 3.6e6 }),
  scales({ lx: 1, 'lm/m²': 1, fc: 1 / foot ** 2 }),
  scales({ 'W/m²': 1, 'mW/m²': 1e-3, 'kW/m²': 1e3, 'mW/cm²': 10, 'W/cm²': 1e4, 'W/in²': 1 / inch ** 2 }),
  scales(
    Object.fromEntries(
      ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'].map((unit, power) => [unit, 1_024 ** power]).concat([['bit', 1 / 8]]),
    ),
  ),
  scales({ bps: 1, kbps: 1e3, Mbps: 1e6, Gbps: 1e9, Tbps: 1e12, 'B/s': 8, 'KB/s': 8e3, 'MB/s': 8e6, 'GB/s': 8e9 }),
  scales({ ppm: 1, ppb: 1e-3 }),
  [
    ['km/L', { factor: 1 }],
    ['mpg', { factor: mile / 1_000 / (128 * fluidOunce) }],
    ['L/100km', { per: 100 }],
    ['gal/mi', { per: mile / 1_000 / (128 * fluidOunce) }],
  ],
]
