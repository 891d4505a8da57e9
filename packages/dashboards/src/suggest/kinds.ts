/** What a key is drawn as, by its newest value. */
export type KeyKind = 'number' | 'boolean' | 'text'
export type FoundKey = { name: string; value: unknown }
export type SortedKeys = {
  numbers: readonly { name: string; value: number }[]
  booleans: readonly string[]
  texts: readonly string[]
  /** Names of the keys that hold a place. */
  place: { latitude: string; longitude: string } | null
}

const latitudes = ['latitude', 'lat']
const longitudes = ['longitude', 'lon', 'lng', 'long']

const kindOf = (value: unknown): KeyKind => {
  if (typeof value === 'number' && Number.isFinite(value)) return 'number'
  if (typeof value === 'boolean' || value === 'true' || value === 'false') return 'boolean'
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? 'number' : 'text'
}

const findKey = (keys: readonly FoundKey[], names: readonly string[], most: number): string | null =>
  keys.find(({ name, value }) => names.includes(name.toLowerCase()) && Math.abs(Number(value)) <= most)?.name ?? null

/** Keys of a device by what can be made of them, each by name. */
export const sortKeys = (found: readonly FoundKey[]): SortedKeys => {
  const keys = found.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
  const numeric = keys.filter(({ value }) => kindOf(value) === 'number')
  const latitude = findKey(numeric, latitudes, 90)
  const longitude = findKey(numeric, longitudes, 180)
  const place = latitude !== null && longitude !== null ? { latitude, longitude } : null
  return {
    numbers: numeric
      .filter(({ name }) => name !== place?.latitude && name !== place?.longitude)
      .map(({ name, value }) => ({ name, value: Number(value) })),
    booleans: keys.filter(({ value }) => kindOf(value) === 'boolean').map(({ name }) => name),
    texts: keys.filter(({ value }) => kindOf(value) === 'text').map(({ name }) => name),
    place,
  }
}

const mostInChart = 6

/** Numbers that can stand on one axis: of the same sign and order of magnitude. */
export const chartGroups = (numbers: SortedKeys['numbers']): string[][] => {
  const byMagnitude = new Map<string, string[][]>()
  for (const { name, value } of numbers) {
    const magnitude = `${value < 0} ${Math.floor(Math.log10(Math.max(1, Math.abs(value))))}`
    const groups = byMagnitude.get(magnitude) ?? []
    byMagnitude.set(magnitude, groups)
    const last = groups.at(-1)
    if (last && last.length < mostInChart) last.push(name)
    else groups.push([name])
  }
  return [...byMagnitude.values()].flat()
}
