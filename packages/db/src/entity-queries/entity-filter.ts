import { type AliasEntityId, AppError, type EntityFilter, type EntityType, entityTypes } from '@thingwire/contracts'
import type { Principal } from '../database.ts'
import { type RelatedFilter, relatedCtes } from '../relations/related.ts'
import { withoutNul } from '../rows.ts'
import type { Bind } from './bindings.ts'
import { type FieldSql, noField, relatedFields, relatedTypes, sourceOf, visibleTo } from './entity-sources.ts'
import { namePattern } from './predicates.ts'

/** Entities that a filter selects, within what the viewer may see. Rows are called `e`, with `e.id`. */
export type Selected = {
  /** Null: of several types, each row says its own in `e.entity_type`. */
  entityType: EntityType | null
  /** Whether entity views can be among the rows; their time series are those of another entity. */
  mayBeViews: boolean
  /** Common table expressions, to stand behind `WITH RECURSIVE`. */
  ctes: string[]
  field(name: string): FieldSql
  /** The rows, as a FROM item called `e`. Ask last: fields that were asked for before are part of it. */
  source(): string
  /** `r`: how the row was reached; absent when nothing was walked. */
  reached: ((row: { id: string; type: string }) => string) | null
  conditions: string[]
}

type Search = Extract<EntityFilter, { type: `${string}SearchQuery` }>
type Walk = Extract<EntityFilter, { type: 'relationsQuery' }> | Search

/** @returns null when there can be nothing: no such type, or none that the viewer may see */
export const selectEntities = (filter: EntityFilter, viewer: Principal, bind: Bind): Selected | null => {
  const typed = (entityType: EntityType, ...conditions: readonly (string | null)[]) =>
    selectType(entityType, viewer, bind, conditions)
  const named = (name: string | null | undefined, column = 'e.name') => namedLike(column, name, bind)
  switch (filter.type) {
    case 'singleEntity': {
      const entity = resolveAlias(filter.singleEntity, viewer)
      return entity && typed(entity.entityType, `e.id = ${bind(entity.id)}::uuid`)
    }
    case 'entityList':
      return typed(filter.entityType, `e.id = ANY(${bind(filter.entityList)}::uuid[])`)
    case 'entityName':
      return typed(filter.entityType, named(filter.entityNameFilter, nameOf(filter.entityType)))
    case 'entityType':
      return typed(filter.entityType)
    case 'deviceType':
      return typed(
        'DEVICE',
        profileIn('device', listOf(filter.deviceTypes, filter.deviceType), bind),
        named(filter.deviceNameFilter),
      )
    case 'assetType':
      return typed(
        'ASSET',
        profileIn('asset', listOf(filter.assetTypes, filter.assetType), bind),
        named(filter.assetNameFilter),
      )
    case 'entityViewType':
      return typed(
        'ENTITY_VIEW',
        `e.type = ANY(${bind(listOf(filter.entityViewTypes, filter.entityViewType).map(withoutNul))}::text[])`,
        named(filter.entityViewNameFilter),
      )
    case 'apiUsageState': {
      const of = usageOwner(filter.customerId?.id, viewer)
      return of === null ? null : typed('API_USAGE_STATE', `e.entity_id = ${bind(of)}::uuid`)
    }
    case 'relationsQuery':
      return selectRelated(filter, viewer, bind)
    case 'deviceSearchQuery':
      return selectFound(filter, 'DEVICE', viewer, bind, profileIn('device', filter.deviceTypes ?? [], bind))
    case 'assetSearchQuery':
      return selectFound(filter, 'ASSET', viewer, bind, profileIn('asset', filter.assetTypes ?? [], bind))
    case 'entityViewSearchQuery': {
      const types = filter.entityViewTypes ?? []
      const ofTypes = types.length === 0 ? null : `e.type = ANY(${bind(types.map(withoutNul))}::text[])`
      return selectFound(filter, 'ENTITY_VIEW', viewer, bind, ofTypes)
    }
    // There are no edges.
    case 'edgeType':
    case 'edgeSearchQuery':
      return null
  }
}

const listOf = (list: readonly string[] | null | undefined, single: string | null | undefined): string[] =>
  list && list.length > 0 ? [...list] : single ? [single] : []

const selectType = (
  entityType: EntityType,
  viewer: Principal,
  bind: Bind,
  conditions: readonly (string | null)[],
): Selected | null => {
  const source = sourceOf(entityType)
  const visible = source && visibleTo(source, viewer, bind)
  if (!source || visible === null) return null
  return {
    entityType,
    mayBeViews: entityType === 'ENTITY_VIEW',
    ctes: [],
    field: (name) => (Object.hasOwn(source.fields, name) ? (source.fields[name] ?? noField) : noField),
    source: () => `${source.table} e`,
    reached: null,
    conditions: [visible, ...conditions.filter((condition) => condition !== null)],
  }
}

/** The entity that an alias stands for; null: there is none around this viewer. */
export const resolveAlias = (
  { entityType, id }: AliasEntityId,
  viewer: Principal,
): { entityType: EntityType; id: string } | null => {
  const of = (type: EntityType, known: string | null | undefined) => (known ? { entityType: type, id: known } : null)
  switch (entityType) {
    case 'CURRENT_TENANT':
      return of('TENANT', viewer.tenantId)
    case 'CURRENT_CUSTOMER':
      return of('CUSTOMER', viewer.customerId)
    case 'CURRENT_USER':
      return of('USER', viewer.userId)
    case 'CURRENT_USER_OWNER':
      return viewer.authority === 'CUSTOMER_USER' ? of('CUSTOMER', viewer.customerId) : of('TENANT', viewer.tenantId)
    default:
      return of(entityType, id)
  }
}

const usageOwner = (customerId: string | undefined, viewer: Principal): string | null => {
  if (viewer.authority !== 'CUSTOMER_USER') return customerId ?? viewer.tenantId
  if (customerId && customerId.toLowerCase() !== viewer.customerId) throw new AppError('PERMISSION_DENIED')
  return viewer.customerId
}

/** A prefix unless the text brings a wildcard at one of its ends (as ThingsBoard); case does not matter. */
const namedLike = (column: string, name: string | null | undefined, bind: Bind): string | null => {
  if (!name) return null
  return `${column} ILIKE ${bind(namePattern(name))}::text`
}

const nameOf = (entityType: EntityType): string => {
  const field = sourceOf(entityType)?.fields
  return field?.name?.text ?? field?.title?.text ?? `''`
}

const profileIn = (kind: 'device' | 'asset', types: readonly string[], bind: Bind): string | null =>
  types.length === 0
    ? null
    : `e.${kind}_profile_id IN (SELECT p.id FROM ${kind}_profiles p WHERE p.tenant_id = e.tenant_id AND p.name = ANY(${bind(types.map(withoutNul))}::text[]))`

const rootOf = (filter: Walk, viewer: Principal): { entityType: EntityType; ids: string[] } | null => {
  if (filter.type === 'relationsQuery' && filter.multiRoot) {
    const entityType = filter.multiRootEntitiesType
    return entityType ? { entityType, ids: [...(filter.multiRootEntityIds ?? [])] } : null
  }
  const root = filter.rootEntity ?? filter.defaultStateEntity
  const entity = root && resolveAlias(root, viewer)
  return entity ? { entityType: entity.entityType, ids: [entity.id] } : null
}

/** `found`: what the walk over relations leads to, each entity once, with the parent it was met from first. */
const walkCtes = (filter: Walk, filters: readonly RelatedFilter[], viewer: Principal, bind: Bind): string[] | null => {
  const root = rootOf(filter, viewer)
  const [first, ...others] = root?.ids ?? []
  if (!root || first === undefined || !viewer.tenantId) return null
  return [
    relatedCtes(
      { kind: 'tenant', tenantId: viewer.tenantId },
      {
        root: { entityType: root.entityType, id: first },
        otherRootIds: others,
        direction: filter.direction,
        maxLevel: filter.maxLevel ?? 0,
        fetchLastLevelOnly: filter.fetchLastLevelOnly ?? false,
        filters,
        relationTypeGroup: 'COMMON',
      },
      bind,
    ),
    `found AS (
      SELECT far_id AS id, far_type::text AS type, (array_agg(near_id ORDER BY level, near_id))[1] AS parent_id
      FROM related GROUP BY far_id, far_type)`,
  ]
}

const reachedRow = (row: { id: string; type: string }) => `found r ON r.id = ${row.id} AND r.type = ${row.type}`

const selectFound = (
  filter: Search,
  entityType: EntityType,
  viewer: Principal,
  bind: Bind,
  ofTypes: string | null,
): Selected | null => {
  const typed = selectType(entityType, viewer, bind, [ofTypes])
  const relationType = filter.relationType ? withoutNul(filter.relationType) : null
  const ctes = typed && walkCtes(filter, [{ relationType, entityTypes: [entityType] }], viewer, bind)
  return ctes && { ...typed, ctes, reached: reachedRow }
}

const selectRelated = (
  filter: Extract<Walk, { type: 'relationsQuery' }>,
  viewer: Principal,
  bind: Bind,
): Selected | null => {
  const filters = (filter.filters ?? []).map((one) => ({
    relationType: one.relationType ? withoutNul(one.relationType) : null,
    entityTypes: one.entityTypes,
    negate: Boolean(one.negate) !== Boolean(filter.negate),
  }))
  const ctes = walkCtes(filter, filters, viewer, bind)
  if (!ctes) return null
  const wanted = new Set<string>(
    filters.length > 0 && filters.every(({ entityTypes: types }) => types && types.length > 0)
      ? filters.flatMap(({ entityTypes: types }) => types ?? [])
      : entityTypes,
  )
  const parts = relatedTypes.flatMap((entityType) => {
    const source = wanted.has(entityType) ? sourceOf(entityType) : null
    const visible = source && visibleTo(source, viewer, bind)
    return source && visible !== null ? [{ entityType, source, visible }] : []
  })
  if (parts.length === 0) return null
  const used = new Set<string>()
  const columnsOf = (fields: Readonly<Record<string, FieldSql>>) =>
    [...used].map((name) => `, ${(fields[name] ?? noField).text} AS f_${name}`).join('')
  return {
    entityType: null,
    mayBeViews: parts.some(({ entityType }) => entityType === 'ENTITY_VIEW'),
    ctes,
    field: (name) => {
      if (!relatedFields.has(name)) return noField
      if (name === 'parentId') return { text: `COALESCE(r.parent_id::text, '')` }
      if (name === 'createdTime') return { text: 'e.created_time::text', number: 'e.created_time' }
      if (name === 'entityType') return { text: 'e.entity_type' }
      used.add(name)
      return { text: `e.f_${name}` }
    },
    source: () =>
      `(${parts
        .map(
          ({ entityType, source, visible }) =>
            `SELECT e.id, '${entityType}'::text AS entity_type, e.created_time${columnsOf(source.fields)} FROM ${source.table} e WHERE ${visible}`,
        )
        .join(' UNION ALL ')}) e`,
    reached: reachedRow,
    conditions: [],
  }
}
