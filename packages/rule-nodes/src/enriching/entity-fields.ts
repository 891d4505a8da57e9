import { textOfJson } from '@thingwire/rules'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An id as it is shown: `{entityType, id}`. */
const isId = (value: unknown): value is { id: string } =>
  isRecord(value) && typeof value.id === 'string' && 'entityType' in value && Object.keys(value).length === 2

/**
 * A field of an entity as text, by its path (`additionalInfo.gateway`): ids as their UUID, objects as JSON. Null: the field
 * is null; undefined: there is none.
 */
export const entityFieldText = (
  entity: Readonly<Record<string, unknown>> | null,
  path: string,
): string | null | undefined => {
  let value: unknown = entity
  for (const name of path.split('.')) {
    if (!isRecord(value) || isId(value) || !Object.hasOwn(value, name)) return undefined
    value = value[name]
  }
  if (value === null || value === undefined) return value
  return isId(value) ? value.id : textOfJson(value)
}
