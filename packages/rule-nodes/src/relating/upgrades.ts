type Upgrade = (config: Record<string, unknown>) => Record<string, unknown>

/** How long names were remembered is no setting any more. */
export const withoutCacheExpiration =
  (member: string): Upgrade =>
  ({ [member]: _, ...config }) =>
    config

/** With that setting the direction was meant the other way round. */
export const turnedAround: Upgrade = (config) => {
  if (!Object.hasOwn(config, 'entityCacheExpiration')) return config
  const { entityCacheExpiration: _, ...rest } = config
  return { ...rest, direction: rest.direction === 'TO' ? 'FROM' : 'TO' }
}
