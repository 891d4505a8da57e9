import type { Runtime, Table } from './types.ts'

/** Kinds of collections, and flat maps. */
export const installCollectionHelpers = ($: Runtime): void => {
  const keyOf = (path: string, isWholePath: boolean): string => {
    if (isWholePath) return path
    const key = path.slice(path.lastIndexOf('.') + 1)
    if (!/^\d+$/.test(key)) return key
    // An index says nothing alone: it keeps the name of its list.
    const before = path.lastIndexOf('.')
    const start = before <= 0 ? -1 : path.lastIndexOf('.', before - 1)
    return path.slice(start + 1)
  }
  const flatten = (
    value: unknown,
    path: string,
    isWholePath: boolean,
    excluded: unknown[],
    result: Map<unknown, unknown>,
  ) => {
    if (value instanceof Map) {
      for (const [key, item] of value) {
        if (excluded.includes(key)) continue
        flatten(item, path === '' ? $.text(key) : `${path}.${$.text(key)}`, isWholePath, excluded, result)
      }
    } else if (Array.isArray(value) || value instanceof Set) {
      for (const [index, item] of [...value].entries()) flatten(item, `${path}.${index}`, isWholePath, excluded, result)
    } else $.put(result, keyOf(path, isWholePath), value)
    return result
  }
  const helpers: Table = {
    toFlatMap: (map, first, second) => {
      const excluded = Array.isArray(first) ? first : []
      const flag = $.isNull(first) || Array.isArray(first) ? second : first
      const isWholePath = $.isNull(flag) || $.boolean(flag)
      const whole = map instanceof Map ? map : $.isNull(map) ? new Map() : $.fail('toFlatMap needs a map')
      return flatten(whole, '', isWholePath, excluded, new Map())
    },
    newSet: () => new Set(),
    toSet: (list) => new Set($.list(list)),
    isMap: (value) => value instanceof Map,
    isList: (value) => Array.isArray(value),
    isArray: (value) => value instanceof $.JavaArray,
    isSet: (value) => value instanceof Set,
  }
  Object.assign($.helpers, helpers)
}

/** Places on the map. */
export const installGeoHelpers = ($: Runtime): void => {
  type Ring = [x: number, y: number][]
  const rings = (value: unknown): Ring[] => {
    const items = $.list(value)
    const isRing =
      items.length > 0 && items.every((item) => Array.isArray(item) && item.length >= 2 && item.every($.isNumber))
    if (!isRing) return items.flatMap(rings)
    const points = items.map((item): [number, number] => {
      const [x, y] = $.list(item)
      return [$.numberOf(x), $.numberOf(y)]
    })
    const [first, last] = points
    if (points.length !== 2 || !first || !last) return [points]
    return [[first, [first[0], last[1]], last, [last[0], first[1]]]]
  }
  /** 1: within, 0: on the boundary, -1: outside. */
  const place = (ring: Ring, x: number, y: number): number => {
    let isInside = false
    for (const [index, [x1, y1]] of ring.entries()) {
      const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1]
      const side = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
      const isBetween = x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2)
      if (side === 0 && isBetween) return 0
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isInside = !isInside
    }
    return isInside ? 1 : -1
  }
  const isWithin = (inner: Ring, outer: Ring) =>
    inner !== outer &&
    inner.every(([x, y]) => place(outer, x, y) >= 0) &&
    inner.some(([x, y]) => place(outer, x, y) > 0)
  const insidePolygon = (x: number, y: number, text: string) => {
    const all = rings($.fromJson(text))
    if (all.length === 0) return $.fail('the polygon has no points')
    const isHole = (ring: Ring) => all.some((other) => isWithin(ring, other))
    const holes = all.filter(isHole)
    return (
      all.some((ring) => !holes.includes(ring) && place(ring, x, y) > 0) &&
      !holes.some((ring) => place(ring, x, y) >= 0)
    )
  }
  const unitsPerKm: Record<string, number> = {
    METER: 1000,
    KILOMETER: 1,
    FOOT: 3280.84,
    MILE: 0.62137,
    NAUTICAL_MILE: 0.539957,
  }
  const kilometers = (lat1: number, lon1: number, lat2: number, lon2: number) => {
    const radians = Math.PI / 180
    const half = (angle: number) => Math.sin((angle * radians) / 2) ** 2
    const chord = half(lat2 - lat1) + Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * half(lon2 - lon1)
    return 2 * 6371.0087714 * Math.asin(Math.min(1, Math.sqrt(chord)))
  }
  const insideCircle = (lat: number, lon: number, text: string) => {
    const circle = $.fromJson(text)
    if (!(circle instanceof Map)) return $.fail('the circle must be an object')
    const part = (name: string) => {
      const value = $.numberOf(circle.get(name))
      return Number.isNaN(value) ? $.fail(`the circle has no ${name}`) : value
    }
    const unit = $.text(circle.get('radiusUnit') ?? 'METER')
    const perKm = Object.hasOwn(unitsPerKm, unit) ? (unitsPerKm[unit] ?? 0) : $.fail(`the unit ${unit} is not known`)
    return part('radius') > kilometers(lat, lon, part('latitude'), part('longitude')) * perKm
  }
  $.helpers.isInsidePolygon = (lat, lon, text) => insidePolygon($.numberOf(lat), $.numberOf(lon), $.string(text))
  $.helpers.isInsideCircle = (lat, lon, text) => insideCircle($.numberOf(lat), $.numberOf(lon), $.string(text))
}
