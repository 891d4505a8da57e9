import { AppError, type EntityDataQuery, type EntityFilter, type Predicate, uuidSchema } from '@thingwire/contracts'

const refuse = (text: string): never => {
  throw new AppError('ARGUMENT_INVALID', text)
}

type Link = Pick<EntityDataQuery['pageLink'], 'pageSize' | 'page' | 'sortOrder'>

/** Far above what any client shows; a page is held in memory. */
const maxPageSize = 100_000

/** The rules for a page with the texts that clients know (as ThingsBoard). */
export const requireValidLink = ({ pageSize, page, sortOrder }: Link): void => {
  if (pageSize < 1)
    refuse(`Incorrect entity data page link page size '${pageSize}'. Page size must be greater than zero.`)
  if (pageSize > maxPageSize)
    refuse(
      `Incorrect entity data page link page size '${pageSize}'. Page size must not be greater than ${maxPageSize}.`,
    )
  if (page < 0) refuse(`Incorrect entity data page link page '${page}'. Page must be positive integer.`)
  const key = sortOrder?.key
  if (key && (key.type === 'ENTITY_FIELD' || key.type === 'ALARM_FIELD') && !/^[\p{L}\d_-]+$/u.test(key.key))
    refuse('Invalid entity data page link sort property')
}

export const requireValidFilter = (filter: EntityFilter): void => {
  switch (filter.type) {
    case 'deviceType':
      requireTypes('Device', filter.deviceTypes, filter.deviceType)
      break
    case 'assetType':
      requireTypes('Asset', filter.assetTypes, filter.assetType)
      break
    case 'entityViewType':
      requireTypes('Entity view', filter.entityViewTypes, filter.entityViewType)
      break
    case 'edgeType':
      requireTypes('Edge', filter.edgeTypes, filter.edgeType)
      break
    case 'relationsQuery':
      if (filter.multiRoot) requireRoots(filter)
      else requireRoot(filter)
      break
    case 'assetSearchQuery':
    case 'deviceSearchQuery':
    case 'entityViewSearchQuery':
    case 'edgeSearchQuery':
      requireRoot(filter)
      break
  }
}

const requireTypes = (what: string, list: readonly string[] | null | undefined, single: string | null | undefined) => {
  if (!single && (!list || list.length === 0)) refuse(`${what} types must be specified.`)
}

const requireRoot = (filter: { rootEntity?: unknown; defaultStateEntity?: unknown }) => {
  if (!filter.rootEntity && !filter.defaultStateEntity) refuse('Relation query filter root entity should not be blank')
}

const requireRoots = (filter: Extract<EntityFilter, { type: 'relationsQuery' }>) => {
  if (!filter.multiRootEntitiesType) refuse("Multi-root relation query filter should contain 'multiRootEntitiesType'")
  const ids = filter.multiRootEntityIds ?? []
  if (ids.length === 0 || !ids.every((id) => uuidSchema.safeParse(id).success))
    refuse(
      "Multi-root relation query filter should contain 'multiRootEntityIds' array that contains string representation of UUIDs",
    )
}

/** Each binds a value, and PostgreSQL takes 65,535 of them. */
const maxPredicates = 1_000

export const requireFewPredicates = (predicates: readonly Predicate[]): void => {
  const count = (list: readonly Predicate[]): number =>
    list.reduce((sum, one) => sum + 1 + (one.type === 'COMPLEX' ? count(one.predicates) : 0), 0)
  if (count(predicates) > maxPredicates) refuse(`A query must not have more than ${maxPredicates} predicates`)
}
