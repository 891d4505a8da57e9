import type { Message, MessageChange } from '@thingwire/contracts'
import { cut } from './message-view.ts'

const maxChanges = 100
/** Of one side of a change, as JSON. */
const maxChars = 2_000

type Compared = Pick<Message, 'type' | 'originator' | 'dataType' | 'data' | 'metadata'>

/** What differs between two states of a message, member by member; at most 100 differences. */
export const messageChanges = (before: Compared, after: Compared): MessageChange[] => {
  const changes: MessageChange[] = []
  if (before.type !== after.type) changes.push({ path: ['type'], before: before.type, after: after.type })
  if (before.originator.id !== after.originator.id || before.originator.entityType !== after.originator.entityType)
    changes.push({ path: ['originator'], before: before.originator, after: after.originator })
  if (before.data !== after.data) compare(['data'], parsed(before), parsed(after), changes)
  if (before.metadata !== after.metadata) compare(['metadata'], before.metadata, after.metadata, changes)
  return changes
}

const parsed = ({ dataType, data }: Compared): unknown => {
  if (dataType !== 'JSON') return data
  try {
    return JSON.parse(data)
  } catch {
    return data
  }
}

const compare = (path: string[], before: unknown, after: unknown, changes: MessageChange[]): void => {
  if (changes.length >= maxChanges || Object.is(before, after)) return
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    changes.push({
      path,
      ...(before !== undefined && { before: short(before) }),
      ...(after !== undefined && { after: short(after) }),
    })
    return
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    compare([...path, key], memberOf(before, key), memberOf(after, key), changes)
}

/** The value itself, or the beginning of its text. */
const short = (value: unknown): unknown => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= maxChars ? value : cut(text, maxChars)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const memberOf = (value: object, key: string): unknown => Object.getOwnPropertyDescriptor(value, key)?.value
