/** What is known of a value from examples of it. */
export type Shape = {
  /** Names of its types: number, text, flag, list, object, null. */
  types: ReadonlySet<string>
  members: ReadonlyMap<string, Shape>
  /** Of the values of a list; null: it is none, or was empty. */
  items: Shape | null
  /** The newest value seen, shortened; null: it has members instead. */
  example: string | null
}

export const unknownShape: Shape = { types: new Set(), members: new Map(), items: null, example: null }

const longestExample = 40
/** A message may be large, and a list of suggestions is read by people. */
const most = { depth: 12, members: 500, items: 50 }

const typeOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'boolean') return 'flag'
  return typeof value === 'string' ? 'text' : typeof value
}

const exampleOf = (value: unknown): string | null => {
  if (typeof value === 'object' && value !== null) return null
  const text = JSON.stringify(value) ?? ''
  return text.length > longestExample ? `${text.slice(0, longestExample - 1)}…` : text
}

/** What these values have in common and apart; the newest one first. */
export const shapeOf = (values: readonly unknown[], depth = 0): Shape => {
  const types = new Set(values.map(typeOf))
  const members = new Map<string, unknown[]>()
  const items: unknown[] = []
  if (depth < most.depth)
    for (const value of values) {
      if (Array.isArray(value)) items.push(...value.slice(0, most.items))
      else if (typeof value === 'object' && value !== null)
        for (const [key, member] of Object.entries(value)) {
          const known = members.get(key)
          if (known) known.push(member)
          else if (members.size < most.members) members.set(key, [member])
        }
    }
  return {
    types,
    members: new Map([...members].map(([key, own]) => [key, shapeOf(own, depth + 1)])),
    items: items.length > 0 ? shapeOf(items.slice(0, most.items), depth + 1) : null,
    example: values.length > 0 ? exampleOf(values[0]) : null,
  }
}

/** Of messages that nobody has seen yet: what the devices of the tenant send may be in them. */
export const shapeOfKeys = (keys: readonly string[]): Shape => ({
  ...unknownShape,
  types: new Set(['object']),
  members: new Map(keys.map((key) => [key, { ...unknownShape, types: new Set(['telemetry of devices']) }])),
})

/** The shape at the end of a path; a number goes into a list. Null: nothing is known there. */
export const shapeAt = (shape: Shape, path: readonly string[]): Shape | null => {
  let at: Shape | null = shape
  for (const step of path) {
    if (at === null) return null
    at = at.members.get(step) ?? (/^(?:\d+|\*)$/.test(step) ? at.items : null)
  }
  return at
}

/** In words: `number · 21.5`. */
export const describeShape = ({ types, items, example }: Shape): string => {
  const names = [...types].map((name) =>
    name === 'list' && items ? `list of ${[...items.types].join(' or ') || 'anything'}` : name,
  )
  const text = names.join(' or ')
  return example === null || example === 'null' ? text : `${text} · ${example}`
}
