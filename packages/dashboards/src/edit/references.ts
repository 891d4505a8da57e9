import { isRecord, type JsonRecord, listOf, textOf } from '../read.ts'
import { mapped, mappedMembers, type JsonPath } from './json.ts'

/** Something that a widget, alias or filter names, and where: from the widget, alias or filter down. */
export type Reference =
  | { kind: 'alias' | 'aliasName' | 'filter' | 'state' | 'dashboard'; id: string; path: JsonPath }
  | { kind: 'entity'; entityType: string; id: string; path: JsonPath }
  | { kind: 'key'; name: string; type: string; path: JsonPath }

/** Deeper and longer documents than any person makes are not looked through to the end. */
const deepest = 40
const mostVisited = 50_000

const isAliasMember = (name: string): boolean => /(entity|device)AliasId$/i.test(name)
const isAliasNameMember = (name: string): boolean => /entityAlias$/i.test(name)
const isFilterMember = (name: string): boolean => /filterId$/i.test(name)
const stateMembers = new Set(['targetDashboardStateId', 'stateId'])
const keyTypes = new Set(['timeseries', 'attribute', 'entityField', 'alarm'])
const isKeyPlace = (name: string): boolean => /keys?$/i.test(name)

const ofMember = (name: string, value: string, within: JsonRecord): Reference['kind'] | null => {
  if (isAliasMember(name)) return 'alias'
  if (isAliasNameMember(name)) return 'aliasName'
  if (isFilterMember(name)) return 'filter'
  if (name === 'targetDashboardId') return 'dashboard'
  // States of another dashboard are not ours.
  if (stateMembers.has(name) && within.type !== 'openDashboard') return 'state'
  if (name === 'deviceId' || name === 'dsDeviceId') return value.length > 30 ? 'entity' : null
  return null
}

/** What the members of a record name by themselves. */
const inMember = (name: string, value: string, within: JsonRecord, path: JsonPath): Reference[] => {
  if (value === '') return []
  const kind = ofMember(name, value, within)
  if (kind === null || kind === 'key') return []
  if (kind === 'entity') return [{ kind, entityType: 'DEVICE', id: value, path }]
  return [{ kind, id: value, path }]
}

const inRecord = (record: JsonRecord, name: string, path: JsonPath): Reference[] => {
  const [entityType, id] = [textOf(record.entityType), textOf(record.id)]
  if (entityType !== null && id !== null && id.length > 30) return [{ kind: 'entity', entityType, id, path }]
  const [key, type] = [textOf(record.name), textOf(record.type)]
  if (key !== null && type !== null && keyTypes.has(type) && isKeyPlace(name))
    return [{ kind: 'key', name: key, type, path }]
  return []
}

/** Everything that a part of a dashboard names, in the order in which it stands there. */
export const referencesIn = (part: unknown): Reference[] => {
  const found: Reference[] = []
  let visited = 0
  const visit = (value: unknown, name: string, path: JsonPath): void => {
    visited += 1
    if (visited > mostVisited || path.length > deepest) return
    if (Array.isArray(value)) {
      const isIds = name === 'targetDeviceAliasIds'
      value.forEach((one: unknown, index) => {
        if (isIds && typeof one === 'string') found.push({ kind: 'alias', id: one, path: [...path, index] })
        else visit(one, name, [...path, index])
      })
      return
    }
    if (!isRecord(value)) return
    found.push(...inRecord(value, name, path), ...entitiesOfList(value, path))
    for (const [member, inner] of Object.entries(value)) {
      if (typeof inner === 'string') found.push(...inMember(member, inner, value, [...path, member]))
      else if (typeof inner === 'object' && inner !== null) visit(inner, member, [...path, member])
    }
  }
  visit(part, '', [])
  return found
}

/** Of an alias that lists entities: bare ids beside one type. */
const entitiesOfList = (record: JsonRecord, path: JsonPath): Reference[] => {
  const entityType = textOf(record.entityType)
  if (entityType === null) return []
  return listOf(record.entityList).flatMap((id, index): Reference[] =>
    typeof id === 'string' && id !== ''
      ? [{ kind: 'entity', entityType, id, path: [...path, 'entityList', index] }]
      : [],
  )
}

type Renames = {
  aliases?: ReadonlyMap<string, string>
  aliasNames?: ReadonlyMap<string, string>
  filters?: ReadonlyMap<string, string>
  states?: ReadonlyMap<string, string>
}

const renamed = (value: string, name: string, within: JsonRecord, renames: Renames): string => {
  switch (ofMember(name, value, within)) {
    case 'alias':
      return renames.aliases?.get(value) ?? value
    case 'aliasName':
      // Newer settings have an id where older ones have a name.
      return renames.aliasNames?.get(value) ?? renames.aliases?.get(value) ?? value
    case 'filter':
      return renames.filters?.get(value) ?? value
    case 'state':
      return renames.states?.get(value) ?? value
    default:
      return value
  }
}

/** The same part with other names for what it names; the same value when it names none of them. */
export const withRenamed = <T>(part: T, renames: Renames): T => {
  const change = (value: unknown, name: string, depth: number): unknown => {
    if (depth > deepest) return value
    if (Array.isArray(value)) {
      const isIds = name === 'targetDeviceAliasIds'
      return mapped<unknown>(value, (one) => [
        isIds && typeof one === 'string' ? (renames.aliases?.get(one) ?? one) : change(one, name, depth + 1),
      ])
    }
    if (!isRecord(value)) return value
    return mappedMembers(value, (inner, member) =>
      typeof inner === 'string' ? renamed(inner, member, value, renames) : change(inner, member, depth + 1),
    )
  }
  // Only texts are replaced, by texts.
  return change(part, '', 0) as T
}
