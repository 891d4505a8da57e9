/** More levels than any real topic has, and few enough for the matcher of the broker core. */
export const maxTopicLevels = 64

const reservedPrefixes = ['$', 'v1/', 'v2/', '/provision/'] as const

/** Topics that are none of a tenant's own: the device API and what the broker says of itself. */
export const isReservedTopic = (topic: string): boolean => reservedPrefixes.some((prefix) => topic.startsWith(prefix))

export const hasTooManyLevels = (topic: string): boolean => {
  let levels = 1
  for (let at = topic.indexOf('/'); at >= 0; at = topic.indexOf('/', at + 1)) if (++levels > maxTopicLevels) return true
  return false
}

/** Whether a message on `topic` is one of `filter` (§4.7 of both versions). */
export const matchesFilter = (filter: string, topic: string): boolean => {
  // [MQTT-4.7.2-1]
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false
  const wanted = filter.split('/')
  const given = topic.split('/')
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true
    const name = given[index]
    if (name === undefined || (level !== '+' && level !== name)) return false
  }
  return wanted.length === given.length
}

/** Whether every topic of `filter` is one of `allowed`. */
export const coversFilter = (allowed: string, filter: string): boolean => {
  const wider = allowed.split('/')
  const narrower = filter.split('/')
  for (const [index, level] of wider.entries()) {
    if (level === '#') return true
    const asked = narrower[index]
    if (asked === undefined || asked === '#' || (level !== '+' && level !== asked)) return false
  }
  return wider.length === narrower.length
}

export type SharedFilter = { group: string; filter: string }

/** `$share/group/filter`; null for any other filter. `malformed`: the group is missing or holds a wildcard ([MQTT-4.8.2-1], -2). */
export const sharedFilterOf = (filter: string): SharedFilter | 'malformed' | null => {
  if (filter !== '$share' && !filter.startsWith('$share/')) return null
  const found = /^\$share\/([^/+#]+)\/(.+)$/s.exec(filter)
  const [, group, inner] = found ?? []
  return group !== undefined && inner !== undefined ? { group, filter: inner } : 'malformed'
}

/** The part of a filter before its first level with a wildcard; the whole filter when it has none. */
export const fixedPart = (filter: string): string => {
  const wildcard = filter.search(/[+#]/)
  if (wildcard < 0) return filter
  // `a/#` also means `a`.
  return filter[wildcard] === '#' ? filter.slice(0, Math.max(0, wildcard - 1)) : filter.slice(0, wildcard)
}

type Branch<T> = { values: Set<T> | null; children: Map<string, Branch<T>> | null }

const branch = <T>(): Branch<T> => ({ values: null, children: null })

/** Values by filter, found by topic. */
export class FilterTree<T> {
  readonly #root: Branch<T> = branch()

  add(filter: string, value: T): void {
    let at = this.#root
    for (const level of filter.split('/')) {
      at.children ??= new Map()
      let next = at.children.get(level)
      if (!next) {
        next = branch()
        at.children.set(level, next)
      }
      at = next
    }
    at.values ??= new Set()
    at.values.add(value)
  }

  remove(filter: string, value: T): void {
    this.#prune(this.#root, filter.split('/'), 0, value)
  }

  /** Calls `found` for the values of each filter that matches. */
  match(topic: string, found: (value: T) => void): void {
    this.#find(this.#root, topic.split('/'), 0, found)
  }

  #prune(at: Branch<T>, levels: readonly string[], depth: number, value: T): boolean {
    const level = levels[depth]
    if (level === undefined) {
      at.values?.delete(value)
      if (at.values?.size === 0) at.values = null
    } else {
      const next = at.children?.get(level)
      if (next && this.#prune(next, levels, depth + 1, value)) at.children?.delete(level)
      if (at.children?.size === 0) at.children = null
    }
    return at.values === null && at.children === null
  }

  #find(at: Branch<T>, levels: readonly string[], depth: number, found: (value: T) => void): void {
    const level = levels[depth]
    const isWildcardAllowed = depth > 0 || !level?.startsWith('$')
    if (isWildcardAllowed) for (const value of at.children?.get('#')?.values ?? []) found(value)
    if (level === undefined) {
      for (const value of at.values ?? []) found(value)
      return
    }
    const same = at.children?.get(level)
    if (same) this.#find(same, levels, depth + 1, found)
    const any = isWildcardAllowed ? at.children?.get('+') : undefined
    if (any) this.#find(any, levels, depth + 1, found)
  }
}
