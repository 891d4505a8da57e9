import {
  defineHandler,
  isJsonObject,
  parseExactJson,
  perMessage,
  setMember,
  textOfJson,
  withData,
  withMetadata,
} from '@thingwire/rules'
import { keyMatcher } from '../enriching/key-regexes.ts'
import { copyKeyValuePairs } from './manifest.ts'

export const copyKeyValuePairsHandler = defineHandler(copyKeyValuePairs, ({ copyFrom, keys }) => {
  const isMatch = keyMatcher(keys)
  return perMessage((message) => {
    const unchanged = [{ message, connection: 'Success' as const }]
    const data = parseExactJson(message.data)
    if (!isJsonObject(data)) return unchanged
    const matching = Object.keys(copyFrom === 'DATA' ? data : message.metadata).filter(isMatch)
    if (matching.length === 0) return unchanged
    if (copyFrom === 'DATA') {
      const copies = Object.fromEntries(matching.map((key) => [key, textOfJson(data[key])]))
      return [{ message: withMetadata(message, copies), connection: 'Success' }]
    }
    for (const key of matching) setMember(data, key, message.metadata[key])
    return [{ message: withData(message, JSON.stringify(data)), connection: 'Success' }]
  })
})
