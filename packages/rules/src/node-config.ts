import type { z } from 'zod'
import type { NodeManifest } from './node.ts'

/**
 * Reads a configuration by the manifest's schema. A member that is null counts as missing where the schema does not take
 * null itself: files say null for what was never set.
 */
export const readNodeConfig = <C extends z.ZodType>(
  manifest: Pick<NodeManifest<C>, 'config'>,
  configuration: unknown,
): z.ZodSafeParseResult<z.output<C>> => {
  const asWritten = manifest.config.safeParse(configuration)
  if (asWritten.success) return asWritten
  const filled = manifest.config.safeParse(withoutNulls(configuration))
  return filled.success ? filled : asWritten
}

/** Members of objects; elements of lists keep their places. */
const withoutNulls = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutNulls)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, withoutNulls(member)]])),
  )
}
