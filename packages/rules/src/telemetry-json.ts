import { entriesOf, isNumericText, keyProblem, kvEntriesToJson } from './kv-json.ts'
import { type JsonNode, type KvEntry, parseLenientJson } from '@thingwire/contracts'

/** The values of one moment. `data` is their JSON object, as a message carries it; `ts` is epoch ms. */
export type TelemetryRecord = { ts: number; entries: KvEntry[]; data: string }

export type ParsedTelemetry = { ok: true; records: TelemetryRecord[] } | { ok: false; message: string }
export type ParsedKvObject = { ok: true; entries: KvEntry[]; data: string } | { ok: false; message: string }

type KvOptions = { typeCast?: boolean }

/**
 * A telemetry body (as ThingsBoard): an object of keys, an object of `ts` and `values`, or a list that mixes both.
 * `now` is the ts of values that bring none. Never throws; the message says what is wrong with the body.
 */
export const parseTelemetryPayload = (text: string, options: KvOptions & { now: number }): ParsedTelemetry => {
  const typeCast = options.typeCast ?? true
  const quick = quickParse(text)
  if (quick !== undefined) {
    const records = quickRecords(quick, text, options.now, typeCast)
    if (records) return { ok: true, records }
  }
  const parsed = parseLenientJson(text)
  if (!parsed.ok) return refuse(parsed.message)
  const { node } = parsed
  if (node.kind !== 'object' && node.kind !== 'array') return refuse('an object or an array is expected')
  const records: TelemetryRecord[] = []
  for (const item of node.kind === 'array' ? node.items : [node]) {
    const record = exactRecord(item, options.now, typeCast)
    if (typeof record === 'string') return refuse(record)
    records.push(record)
  }
  return { ok: true, records }
}

/** One JSON object of keys and values: an attribute body, or the data of a message. Null values are left out. */
export const parseKvObject = (text: string, options: KvOptions = {}): ParsedKvObject => {
  const typeCast = options.typeCast ?? true
  const quick = quickParse(text)
  if (isPlainObject(quick)) {
    const entries = quickEntries(quick, typeCast)
    if (entries) return { ok: true, entries, data: text }
  }
  const parsed = parseLenientJson(text)
  if (!parsed.ok) return refuse(parsed.message)
  if (parsed.node.kind !== 'object') return refuse('an object is expected')
  const entries = entriesOf(parsed.node.members, typeCast)
  return typeof entries === 'string' ? refuse(entries) : { ok: true, entries, data: kvEntriesToJson(entries) }
}

/** A device's attribute body: one object, without any meaning of `ts`. */
export const parseAttributesPayload = (text: string, options: KvOptions = {}): ParsedKvObject =>
  parseKvObject(text, options)

const refuse = (reason: string): { ok: false; message: string } => ({
  ok: false,
  message: `Unable to parse the body: ${reason}`,
})

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What JSON.parse would lose or should not keep: a whole number with a decimal point, 16 digits in a row, a negative
 * exponent (more than 16 decimals?), NUL and halves of surrogate pairs. It may also match inside text, which costs only
 * time: such bodies take the exact way.
 */
const needsCare = /\.0+(?![0-9])|[0-9]{16}|[0-9][eE]-|\\u(?:0000|[dD][89a-fA-F])/

/** The value by JSON.parse when nothing is lost by it, else undefined. */
const quickParse = (text: string): unknown => {
  if (needsCare.test(text) || !text.isWellFormed()) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const quickRecords = (value: unknown, text: string, now: number, typeCast: boolean): TelemetryRecord[] | undefined => {
  if (isPlainObject(value)) {
    const record = quickRecord(value, text, now, typeCast)
    return record && [record]
  }
  if (!Array.isArray(value)) return undefined
  const records: TelemetryRecord[] = []
  for (const item of value) {
    const record = isPlainObject(item) ? quickRecord(item, undefined, now, typeCast) : undefined
    if (!record) return undefined
    records.push(record)
  }
  return records
}

const quickRecord = (
  value: Record<string, unknown>,
  text: string | undefined,
  now: number,
  typeCast: boolean,
): TelemetryRecord | undefined => {
  if (!Object.hasOwn(value, 'ts') || !Object.hasOwn(value, 'values')) {
    const entries = quickEntries(value, typeCast)
    return entries && { ts: now, entries, data: text ?? JSON.stringify(value) }
  }
  const { ts, values } = value
  if (typeof ts !== 'number' || !Number.isSafeInteger(ts) || !isPlainObject(values)) return undefined
  const entries = quickEntries(values, typeCast)
  return entries && { ts, entries, data: JSON.stringify(values) }
}

/** Entries of an object whose text can stay as it is; undefined when a value needs more than that. */
const quickEntries = (value: Record<string, unknown>, typeCast: boolean): KvEntry[] | undefined => {
  const entries: KvEntry[] = []
  for (const key of Object.keys(value)) {
    if (keyProblem(key) !== null) return undefined
    const member = value[key]
    switch (typeof member) {
      case 'number':
        if (!Number.isInteger(member)) {
          if (!Number.isFinite(member)) return undefined
          entries.push({ key, type: 'DOUBLE', value: member })
        } else if (Number.isSafeInteger(member)) entries.push({ key, type: 'LONG', value: member + 0 })
        else return undefined
        break
      case 'string':
        if (typeCast && isNumericText(member)) return undefined
        entries.push({ key, type: 'STRING', value: member })
        break
      case 'boolean':
        entries.push({ key, type: 'BOOLEAN', value: member })
        break
      default:
        return undefined
    }
  }
  return entries
}

const exactRecord = (node: JsonNode, now: number, typeCast: boolean): TelemetryRecord | string => {
  if (node.kind !== 'object') return 'a list must contain objects only'
  const ts = node.members.get('ts')
  const values = node.members.get('values')
  const hasTs = ts !== undefined && values !== undefined
  if (hasTs && values.kind !== 'object') return '"values" must be an object'
  const moment = hasTs ? momentOf(ts) : now
  if (moment === undefined) return '"ts" must be a number of milliseconds'
  const members = hasTs && values.kind === 'object' ? values.members : node.members
  const entries = entriesOf(members, typeCast)
  return typeof entries === 'string' ? entries : { ts: moment, entries, data: kvEntriesToJson(entries) }
}

/** Also a number in quotes; a fraction of a millisecond is cut off. */
const momentOf = (node: JsonNode): number | undefined => {
  const text = node.kind === 'number' ? node.literal : node.kind === 'string' ? node.value : ''
  const ts = text.trim() === '' ? Number.NaN : Math.trunc(Number(text))
  return Number.isSafeInteger(ts) ? ts + 0 : undefined
}
