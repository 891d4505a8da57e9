import { flagOf, isRecord, type JsonRecord, recordOf, textOf } from '../read.ts'
import { type AliasDefinition, aliasFilterTypes } from './model.ts'

/** The filter of aliases from before filters had types: a list of entities, or a start of their names. */
const olderFilter = (entityType: unknown, older: JsonRecord, list: unknown, name: unknown): JsonRecord =>
  flagOf(older.useFilter) === true
    ? { type: 'entityName', entityType, entityNameFilter: name, resolveMultiple: false }
    : { type: 'entityList', entityType, entityList: list, resolveMultiple: false }

/** The filter in today's form, and whether it had to be made of an older one; null: there is nothing to make it of. */
const filterOf = (file: JsonRecord): { filter: JsonRecord; isOlder: boolean } | null => {
  if (isRecord(file.filter)) {
    // Where there are groups of entities, there is one of all.
    const { type, groupType, entityGroupNameFilter } = file.filter
    if (type === 'entitiesByGroupName' && entityGroupNameFilter === 'All' && textOf(groupType) !== null)
      return { filter: { ...file.filter, type: 'entityType', entityType: groupType }, isOlder: true }
    // Some tools leave the type out where the members tell it.
    if (file.filter.type !== undefined) return { filter: file.filter, isOlder: false }
    const guess = Object.hasOwn(file.filter, 'entityList')
      ? 'entityList'
      : Object.hasOwn(file.filter, 'singleEntity')
        ? 'singleEntity'
        : 'entityName'
    return { filter: { ...file.filter, type: guess }, isOlder: true }
  }
  if (isRecord(file.entityFilter)) {
    const { entityFilter } = file
    const filter = olderFilter(file.entityType, entityFilter, entityFilter.entityList, entityFilter.entityNameFilter)
    return { filter, isOlder: true }
  }
  if (isRecord(file.deviceFilter)) {
    const { deviceFilter } = file
    const filter = olderFilter('DEVICE', deviceFilter, deviceFilter.deviceList, deviceFilter.deviceNameFilter)
    return { filter, isOlder: true }
  }
  const deviceId = textOf(file.deviceId)
  return deviceId === null ? null : { filter: olderFilter('DEVICE', {}, [deviceId], null), isOlder: true }
}

/** An alias of a file, of any age; null for what is none. Its id is the one it is found under. */
export const readAlias = (id: string, file: unknown): { alias: AliasDefinition; isOlder: boolean } | null => {
  if (!isRecord(file)) return null
  const found = filterOf(file)
  if (!found) return null
  const { filter, isOlder } = found
  return {
    isOlder,
    alias: {
      id,
      alias: textOf(file.alias) ?? id,
      type: aliasFilterTypes.find((type) => type === filter.type) ?? null,
      resolveMultiple: flagOf(recordOf(filter).resolveMultiple) ?? false,
      filter,
    },
  }
}
