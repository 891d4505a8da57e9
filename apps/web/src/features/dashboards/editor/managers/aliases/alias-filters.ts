import { type AliasFilterType, aliasFilterTypes } from '@thingwire/dashboards'
import type { Json } from '../../side/json.ts'

/** Members of filters that name profiles or types and a start of names. */
export const typedMembers = {
  assetType: { types: 'assetTypes', older: 'assetType', name: 'assetNameFilter', entityType: 'ASSET' },
  deviceType: { types: 'deviceTypes', older: 'deviceType', name: 'deviceNameFilter', entityType: 'DEVICE' },
  edgeType: { types: 'edgeTypes', older: 'edgeType', name: 'edgeNameFilter', entityType: 'EDGE' },
  entityViewType: {
    types: 'entityViewTypes',
    older: 'entityViewType',
    name: 'entityViewNameFilter',
    entityType: 'ENTITY_VIEW',
  },
} as const

/** Members of filters that follow relations to entities of one kind. */
export const searchMembers = {
  assetSearchQuery: { types: 'assetTypes', entityType: 'ASSET' },
  deviceSearchQuery: { types: 'deviceTypes', entityType: 'DEVICE' },
  edgeSearchQuery: { types: 'edgeTypes', entityType: 'EDGE' },
  entityViewSearchQuery: { types: 'entityViewTypes', entityType: 'ENTITY_VIEW' },
} as const

/** Kinds of entities that an alias may be of. */
export const aliasKinds = [
  'DEVICE',
  'ASSET',
  'ENTITY_VIEW',
  'CUSTOMER',
  'TENANT',
  'USER',
  'DASHBOARD',
  'RULE_CHAIN',
  'EDGE',
  'API_USAGE_STATE',
] as const
export type AliasKind = (typeof aliasKinds)[number]
export const isAliasKind = (value: unknown): value is AliasKind => aliasKinds.some((kind) => kind === value)

/** Kinds that are entities of a list to choose from by name. */
export const namedKinds = aliasKinds.filter((kind) => kind !== 'API_USAGE_STATE')

/** Stand for somebody around the viewer, and have no id of their own. */
export const viewerKinds = ['CURRENT_CUSTOMER', 'CURRENT_TENANT', 'CURRENT_USER', 'CURRENT_USER_OWNER'] as const

const singles: readonly AliasFilterType[] = ['singleEntity', 'stateEntity', 'apiUsageState']
/** Whether several entities may fit, so that it matters if all of them count. */
export const mayBeMany = (type: AliasFilterType): boolean => !singles.includes(type)

const search = { rootStateEntity: false, rootEntity: null, direction: 'FROM', maxLevel: 1, fetchLastLevelOnly: false }

const starts: Readonly<Record<AliasFilterType, Json>> = {
  singleEntity: { singleEntity: null },
  entityList: { entityType: 'DEVICE', entityList: [] },
  entityName: { entityType: 'DEVICE', entityNameFilter: '' },
  entityType: { entityType: 'DEVICE' },
  stateEntity: { stateEntityParamName: null, defaultStateEntity: null },
  assetType: { assetTypes: [], assetNameFilter: '' },
  deviceType: { deviceTypes: [], deviceNameFilter: '' },
  edgeType: { edgeTypes: [], edgeNameFilter: '' },
  entityViewType: { entityViewTypes: [], entityViewNameFilter: '' },
  apiUsageState: {},
  relationsQuery: { ...search, filters: [] },
  assetSearchQuery: { ...search, relationType: 'Contains', assetTypes: [] },
  deviceSearchQuery: { ...search, relationType: 'Contains', deviceTypes: [] },
  edgeSearchQuery: { ...search, relationType: 'Contains', edgeTypes: [] },
  entityViewSearchQuery: { ...search, relationType: 'Contains', entityViewTypes: [] },
}

/** The filter as one of another type: what both types have stays. */
export const withType = (filter: Json, type: AliasFilterType): Json => {
  const start = starts[type]
  const kept = Object.fromEntries(Object.entries(filter).filter(([name]) => Object.hasOwn(start, name)))
  return { type, resolveMultiple: mayBeMany(type) && filter.resolveMultiple !== false, ...start, ...kept }
}

export const typeOfFilter = (filter: Json): AliasFilterType | null =>
  aliasFilterTypes.find((type) => type === filter.type) ?? null

export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
