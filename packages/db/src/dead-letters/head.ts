import { isRecord, withoutNul } from '../rows.ts'

/** What letters are found by. A message that could not be read may have anything in these places, or nothing. */
export const headOf = (
  message: unknown,
): { originatorType: string | null; originatorId: string | null; messageType: string | null } => {
  const { originator, type } = isRecord(message) ? message : {}
  const { entityType, id } = isRecord(originator) ? originator : {}
  return { originatorType: short(entityType), originatorId: short(id)?.toLowerCase() ?? null, messageType: short(type) }
}

const short = (value: unknown): string | null => (typeof value === 'string' ? withoutNul(value.slice(0, 255)) : null)
