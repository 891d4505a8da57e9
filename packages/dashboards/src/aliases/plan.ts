import {
  type AliasEntityId,
  aliasTypes,
  type EntityFilter,
  type EntityType,
  entityFilterSchema,
  entityTypes,
} from '@thingwire/contracts'
import { z } from 'zod'
import { flagOf, isRecord, type JsonRecord, listOf, numberOf, recordOf, textOf, textsOf } from '../read.ts'
import type { EntityParam, StateParams } from '../states/model.ts'
import type { AliasDefinition, AliasFilterType } from './model.ts'

/** Why an alias names no entities yet. */
export type UnresolvedReason =
  /** The state was opened without the entity it needs. */
  | { reason: 'noStateEntity'; paramName: string | null }
  /** The alias itself names no entity, root or type. */
  | { reason: 'noEntity' }
  | { reason: 'unknownType'; type: string }
  /** The server would refuse the filter. */
  | { reason: 'invalid'; problem: string }

export type AliasPlan =
  | { status: 'ready'; filter: EntityFilter; single: boolean }
  | ({ status: 'unresolved' } & UnresolvedReason)

export type AliasContext = { params: StateParams }

const isUuid = (value: unknown): value is string => z.guid().safeParse(value).success

/** An entity, or one that stands for somebody around the viewer, whose id does not matter. */
const readEntityId = (value: unknown): AliasEntityId | null => {
  const { entityType, id } = recordOf(value)
  const alias = aliasTypes.find((one) => one === entityType)
  if (alias) return { entityType: alias, id: isUuid(id) ? id : null }
  const type = entityTypes.find((one) => one === entityType)
  return type && isUuid(id) ? { entityType: type, id } : null
}

const typeOf = (value: unknown): EntityType | null => entityTypes.find((one) => one === value) ?? null

const paramNameOf = (filter: JsonRecord): string | null => textOf(filter.stateEntityParamName)

const stateEntityOf = (filter: JsonRecord, { params }: AliasContext): EntityParam | null => {
  const name = paramNameOf(filter)
  if (name === null) return params.entity
  return Object.hasOwn(params.named, name) ? (params.named[name] ?? null) : null
}

/** The entity of the state; while it has none, the one that the file puts in its place. */
const stateRoot = (filter: JsonRecord, context: AliasContext): AliasEntityId | null =>
  stateEntityOf(filter, context)?.entityId ?? readEntityId(filter.defaultStateEntity)

type Unresolved = Extract<AliasPlan, { status: 'unresolved' }>
type Asked = { status: 'asked'; filter: JsonRecord }
const ask = (filter: JsonRecord): Asked => ({ status: 'asked', filter })

const noStateEntity = (filter: JsonRecord): Unresolved => ({
  status: 'unresolved',
  reason: 'noStateEntity',
  paramName: paramNameOf(filter),
})
const noEntity: Unresolved = { status: 'unresolved', reason: 'noEntity' }

/** Types of a list, and the older single type, which also came with commas. For searches none means all of them. */
const typesOf = (filter: JsonRecord, many: string, one: string): string[] => [
  ...new Set([...textsOf(filter[many]), ...textsOf(filter[one])]),
]

const typedNames = {
  assetType: ['assetTypes', 'assetType', 'assetNameFilter'],
  deviceType: ['deviceTypes', 'deviceType', 'deviceNameFilter'],
  edgeType: ['edgeTypes', 'edgeType', 'edgeNameFilter'],
  entityViewType: ['entityViewTypes', 'entityViewType', 'entityViewNameFilter'],
} as const

const searchNames = {
  assetSearchQuery: 'assetTypes',
  deviceSearchQuery: 'deviceTypes',
  edgeSearchQuery: 'edgeTypes',
  entityViewSearchQuery: 'entityViewTypes',
} as const

/** What all filters that follow relations share; null: their root is not known. */
const searchOf = (filter: JsonRecord, context: AliasContext) => {
  const rootEntity =
    flagOf(filter.rootStateEntity) === true ? stateRoot(filter, context) : readEntityId(filter.rootEntity)
  if (!rootEntity) return null
  const maxLevel = numberOf(filter.maxLevel)
  return {
    rootEntity,
    direction: filter.direction === 'TO' ? 'TO' : 'FROM',
    // Files write 0 for no limit.
    maxLevel: maxLevel !== null && maxLevel > 0 ? Math.floor(maxLevel) : null,
    fetchLastLevelOnly: flagOf(filter.fetchLastLevelOnly) ?? false,
  }
}

const relationFilters = (value: unknown) =>
  listOf(value)
    .filter(isRecord)
    .map((one) => ({
      relationType: textOf(one.relationType),
      entityTypes: textsOf(one.entityTypes).flatMap((type) => typeOf(type) ?? []),
      negate: flagOf(one.negate) ?? false,
    }))

/** The filter as the server takes it, before it is checked; or why there is none. */
const filterOf = (type: AliasFilterType, filter: JsonRecord, context: AliasContext): Asked | Unresolved => {
  switch (type) {
    case 'singleEntity': {
      const singleEntity = readEntityId(filter.singleEntity)
      return singleEntity ? ask({ type, singleEntity }) : noEntity
    }
    case 'stateEntity': {
      const singleEntity = stateRoot(filter, context)
      return singleEntity ? ask({ type: 'singleEntity', singleEntity }) : noStateEntity(filter)
    }
    case 'entityList': {
      const entityList = textsOf(filter.entityList).filter(isUuid)
      return ask({ type, entityType: filter.entityType, entityList: [...new Set(entityList)] })
    }
    case 'entityName':
      return ask({ type, entityType: filter.entityType, entityNameFilter: textOf(filter.entityNameFilter) ?? '' })
    case 'entityType':
      return ask({ type, entityType: filter.entityType })
    case 'assetType':
    case 'deviceType':
    case 'edgeType':
    case 'entityViewType': {
      const [many, one, name] = typedNames[type]
      const types = typesOf(filter, many, one)
      return types.length === 0 ? noEntity : ask({ type, [many]: types, [name]: textOf(filter[name]) ?? '' })
    }
    case 'apiUsageState':
      return ask(isRecord(filter.customerId) ? { type, customerId: { id: filter.customerId.id } } : { type })
    case 'relationsQuery': {
      const search = searchOf(filter, context)
      if (!search) return flagOf(filter.rootStateEntity) === true ? noStateEntity(filter) : noEntity
      return ask({ type, ...search, filters: relationFilters(filter.filters), negate: flagOf(filter.negate) ?? false })
    }
    case 'assetSearchQuery':
    case 'deviceSearchQuery':
    case 'edgeSearchQuery':
    case 'entityViewSearchQuery': {
      const search = searchOf(filter, context)
      if (!search) return flagOf(filter.rootStateEntity) === true ? noStateEntity(filter) : noEntity
      const many = searchNames[type]
      return ask({ type, ...search, relationType: textOf(filter.relationType), [many]: typesOf(filter, many, '') })
    }
  }
}

/** Aliases of one entity by their nature, whatever the file says of several. */
const isAlwaysSingle = (type: AliasFilterType): boolean =>
  type === 'singleEntity' || type === 'stateEntity' || type === 'apiUsageState'

/**
 * The question that an alias is to the server. `single`: only the first match counts, and the viewer may pick another.
 * An entity that stands for the state's comes from `context`, so the plan is made anew when the state changes
 * (`paramOfAlias` tells which changes matter).
 */
export const planAlias = (alias: AliasDefinition, context: AliasContext): AliasPlan => {
  if (alias.type === null) return { status: 'unresolved', reason: 'unknownType', type: String(alias.filter.type ?? '') }
  const asked = filterOf(alias.type, alias.filter, context)
  if (asked.status === 'unresolved') return asked
  const parsed = entityFilterSchema.safeParse(asked.filter)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return {
      status: 'unresolved',
      reason: 'invalid',
      problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    }
  }
  return { status: 'ready', filter: parsed.data, single: isAlwaysSingle(alias.type) || !alias.resolveMultiple }
}

/** What of the state's parameters an alias depends on: null its own entity, else the name; undefined: nothing. */
export const paramOfAlias = (alias: AliasDefinition): string | null | undefined =>
  alias.type === 'stateEntity' || flagOf(alias.filter.rootStateEntity) === true ? paramNameOf(alias.filter) : undefined
