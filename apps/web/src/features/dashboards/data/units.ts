import type { LivePoint } from '@thingwire/contracts'
import { convertUnit, type UnitSetting, type UnitSystem } from '@thingwire/dashboards'

export type Conversion = { from: string; to: string }

const imperialRegions = ['US', 'LR', 'MM']

/** Measures as people have them where the language and the clock say the viewer is; both have to agree on it. */
export const systemOfViewer = (language: string, zone: string): UnitSystem => {
  const region = new Intl.Locale(language).region ?? ''
  if (imperialRegions.includes(region) && /^(America|Pacific|Africa\/Monrovia|Asia\/Yangon)/.test(zone))
    return 'IMPERIAL'
  return region === 'GB' && zone === 'Europe/London' ? 'HYBRID' : 'METRIC'
}

/** Into what values of the unit are turned for that system; null: they stay. */
export const conversionOf = (setting: UnitSetting | null, system: UnitSystem): Conversion | null => {
  const to = setting?.[system]
  if (!setting || to === undefined || to === setting.from) return null
  return convertUnit(1, setting.from, to) === null ? null : { from: setting.from, to }
}

/** Numbers in the other unit; the same list for the same points and units. */
export const createUnitConverter = () => {
  const known = new WeakMap<readonly LivePoint[], Map<string, readonly LivePoint[]>>()
  return (points: readonly LivePoint[], { from, to }: Conversion): readonly LivePoint[] => {
    const ofPoints = known.get(points) ?? new Map<string, readonly LivePoint[]>()
    known.set(points, ofPoints)
    const name = `${from}\n${to}`
    const before = ofPoints.get(name)
    if (before) return before
    const converted = points.map(
      ([ts, value]): LivePoint => [ts, typeof value === 'number' ? (convertUnit(value, from, to) ?? value) : value],
    )
    ofPoints.set(name, converted)
    return converted
  }
}
