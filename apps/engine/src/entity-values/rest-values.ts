import { AppError, hasMarkup, type KvEntry, maxKeyLength, type TsKvEntry } from '@thingwire/contracts'
import { parseKvObject, parseTelemetryPayload } from '@thingwire/rules'

/**
 * Bodies of the REST calls that save values. They are strict where the device API is not: plain JSON, no nulls
 * (as ThingsBoard). Values are typed from the text, where 20 and 20.0 still differ.
 */
export const parseRestAttributes = (text: string): KvEntry[] => {
  const value = parseJson(text, 'Invalid JSON')
  if (!isObject(value)) throw new AppError('ARGUMENT_INVALID', 'Request is not a JSON object')
  refuseBadMembers(value, 'VALUE_NULL')
  const parsed = parseKvObject(text)
  if (!parsed.ok) throw new AppError('ARGUMENT_INVALID', parsed.message)
  if (parsed.entries.length === 0) throw new AppError('ARGUMENT_INVALID', 'No attributes data found in request body!')
  return parsed.entries
}

/** `now` (epoch ms) is the time of values that bring none. */
export const parseRestTelemetry = (text: string, now: number): TsKvEntry[] => {
  const value = parseJson(text, 'Unable to parse time series payload: Invalid JSON body!')
  for (const record of Array.isArray(value) ? value : [value]) {
    if (!isObject(record))
      throw new AppError('ARGUMENT_INVALID', 'Unable to parse time series payload: Invalid JSON body!')
    const hasTs = Object.hasOwn(record, 'ts') && Object.hasOwn(record, 'values')
    refuseBadMembers(hasTs && isObject(record.values) ? record.values : record, 'ARGUMENT_INVALID')
  }
  const parsed = parseTelemetryPayload(text, { now })
  if (!parsed.ok)
    throw new AppError('ARGUMENT_INVALID', `Unable to parse time series payload. Invalid JSON body: ${parsed.message}`)
  const entries = parsed.records.flatMap(({ ts, entries: values }) => values.map((entry) => ({ ...entry, ts })))
  if (entries.length === 0) throw new AppError('ARGUMENT_INVALID', 'No time series data found in request body!')
  return entries
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parseJson = (text: string, message: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('ARGUMENT_INVALID', message, { cause })
  }
}

const refuseBadMembers = (members: Record<string, unknown>, nullCode: 'VALUE_NULL' | 'ARGUMENT_INVALID'): void => {
  for (const [key, value] of Object.entries(members)) {
    if (key.trim() === '') throw new AppError('ARGUMENT_INVALID', 'Key cannot be blank')
    if (key.length > maxKeyLength)
      throw new AppError('ARGUMENT_INVALID', `Validation error: key length must be equal or less than ${maxKeyLength}`)
    if (hasMarkup(key)) throw new AppError('ARGUMENT_INVALID', 'Validation error: key is malformed')
    if (value === null) throw new AppError(nullCode, "Can't parse value: null")
  }
}
