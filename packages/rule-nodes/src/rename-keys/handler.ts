import { AppError } from '@thingwire/contracts'
import { defineHandler, isJsonObject, parseExactJson, perMessage, setMember, withData } from '@thingwire/rules'
import { renameKeys } from './manifest.ts'

export const renameKeysHandler = defineHandler(renameKeys, ({ renameIn, renameKeysMapping }) => {
  const names = Object.entries(renameKeysMapping)
  if (names.length === 0) throw new AppError('RULE_CHAIN_INVALID', 'At least one mapping entry should be specified!')
  /** The same object, when none of the names is in it. */
  const renamed = <T>(entries: Record<string, T>): Record<string, T> => {
    if (!names.some(([old]) => Object.hasOwn(entries, old))) return entries
    const result = { ...entries }
    for (const [old, name] of names) {
      if (!Object.hasOwn(result, old)) continue
      setMember(result, name, result[old])
      // In this order a key that is renamed to itself is gone (as ThingsBoard).
      delete result[old]
    }
    return result
  }
  return perMessage((message) => {
    if (renameIn === 'METADATA')
      return [{ message: { ...message, metadata: renamed(message.metadata) }, connection: 'Success' }]
    const data = parseExactJson(message.data)
    const result = isJsonObject(data) ? renamed(data) : data
    return [{ message: result === data ? message : withData(message, JSON.stringify(result)), connection: 'Success' }]
  })
})
