import { defineHandler, isJsonObject, parseExactJson, perMessage, withData } from '@thingwire/rules'
import { keyMatcher } from '../enriching/key-regexes.ts'
import { deleteKeyValuePairs } from './manifest.ts'

export const deleteKeyValuePairsHandler = defineHandler(deleteKeyValuePairs, ({ deleteFrom, keys }) => {
  const isMatch = keyMatcher(keys)
  const without = <T>(entries: Record<string, T>): Record<string, T> | null => {
    const kept = Object.entries(entries).filter(([key]) => !isMatch(key))
    return kept.length === Object.keys(entries).length ? null : Object.fromEntries(kept)
  }
  return perMessage((message) => {
    if (deleteFrom === 'METADATA') {
      const metadata = without(message.metadata)
      return [{ message: metadata ? { ...message, metadata } : message, connection: 'Success' }]
    }
    const data = parseExactJson(message.data)
    const kept = isJsonObject(data) ? without(data) : null
    return [{ message: kept ? withData(message, JSON.stringify(kept)) : message, connection: 'Success' }]
  })
})
