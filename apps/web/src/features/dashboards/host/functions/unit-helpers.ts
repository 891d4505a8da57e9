import { unitQuantities } from '@thingwire/dashboards'

/**
 * `unitService` as code of dashboard files knows it from its widget's context, for units with others for readers of
 * other systems of measures beside them: program text that the sandboxes put into their own.
 */
export const unitHelpers = String.raw`const quantities = ${JSON.stringify(unitQuantities)}
const unitSystem = (() => {
  const language = typeof navigator === 'object' && navigator.language ? navigator.language : 'en'
  const region = new Intl.Locale(language).region || ''
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || ''
  if (['US', 'LR', 'MM'].includes(region) && /^(America|Pacific|Africa\/Monrovia|Asia\/Yangon)/.test(zone)) return 'IMPERIAL'
  return region === 'GB' && zone === 'Europe/London' ? 'HYBRID' : 'METRIC'
})()
const unitOf = (unit) => (typeof unit === 'object' && unit !== null ? String(unit.from || '') : String(unit || ''))
const targetUnit = (unit) => (typeof unit === 'object' && unit !== null && unit[unitSystem]) || unitOf(unit)
const toBase = (value, scale) => ('per' in scale ? scale.per / value : (value + (scale.offset || 0)) * scale.factor)
const fromBase = (value, scale) => ('per' in scale ? scale.per / value : value / scale.factor - (scale.offset || 0))
const unitConverter = (unit, to) => (given) => {
  const value = Number(given)
  const [from, wanted] = [unitOf(unit), to ? unitOf(to) : targetUnit(unit)]
  if (from === wanted || given === null || given === '' || !Number.isFinite(value)) return value
  for (const units of quantities) {
    const source = units.find(([symbol]) => symbol === from)
    const target = units.find(([symbol]) => symbol === wanted)
    if (source && target) return Number(fromBase(toBase(value, source[1]), target[1]).toPrecision(15))
  }
  return value
}
const unitService = {
  getUnitSystem: () => unitSystem,
  getTargetUnitSymbol: targetUnit,
  geUnitConverter: unitConverter,
  convertUnitValue: (value, unit, to) => unitConverter(unit, to)(value),
}`
