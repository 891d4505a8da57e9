type Upgrade = (config: Record<string, unknown>) => Record<string, unknown>

/** How long names were remembered is no setting any more. */
export const withoutCacheExpiration =
  (member: string): Upgrade =>
  ({ [member]: _, ...config }) =>
    config

/** Of nodes that once saw the direction from the other end. */
export const flipped = (direction: unknown): 'FROM' | 'TO' => {
  if (direction === 'FROM') return 'TO'
  if (direction === 'TO') return 'FROM'
  throw new Error(`its direction is neither FROM nor TO: ${String(direction)}`)
}

/** With the cache's setting the direction was meant the other way round; the very first had another name for the type. */
export const turnedAround: Upgrade = (config) => {
  if (!Object.hasOwn(config, 'entityCacheExpiration')) return config
  const { entityCacheExpiration: _, relationTypePattern, ...rest } = config
  const relationType = rest.relationType ?? relationTypePattern
  return { ...rest, ...(relationType !== undefined && { relationType }), direction: flipped(rest.direction) }
}
