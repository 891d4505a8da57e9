import { type EntityFilter, type EntityId, nullUuid } from '@thingwire/contracts'
import {
  type DashboardDatasource,
  type DashboardDocument,
  noParams,
  planAlias,
  queryFilters,
  type StateEntry,
  type UnresolvedReason,
} from '@thingwire/dashboards'
import type { EntityQuestion } from './entity-set.ts'

/** What the viewer set in the inputs of filters, by the input's id. */
export type FilterValues = Readonly<Record<string, string | number | boolean>>

/** The entity that the viewer took of an alias of one entity, by the alias's id. */
export type EntityPicks = Readonly<Record<string, EntityId>>

export type DataContext = {
  document: Pick<DashboardDocument, 'aliases' | 'filters'>
  stack: readonly StateEntry[]
  filters: FilterValues
  picks: EntityPicks
}

export type Unresolved = UnresolvedReason | { reason: 'noSource' } | { reason: 'missingAlias' }

export type Resolution =
  | { status: 'ready'; question: Omit<EntityQuestion, 'pageSize'>; single: boolean; name: string }
  | ({ status: 'unresolved' } & Unresolved)

const picked = (id: EntityId): EntityFilter => ({ type: 'singleEntity', singleEntity: id })

/** The alias's question, narrowed by what the viewer picked. */
export const resolveAlias = (aliasId: string, context: DataContext): Resolution => {
  const alias = context.document.aliases.get(aliasId)
  if (!alias) return { status: 'unresolved', reason: 'missingAlias' }
  const plan = planAlias(alias, { params: context.stack.at(-1)?.params ?? noParams })
  if (plan.status === 'unresolved') return plan
  const own = plan.single && Object.hasOwn(context.picks, aliasId) ? context.picks[aliasId] : undefined
  return {
    status: 'ready',
    question: { entityFilter: own ? picked(own) : plan.filter },
    single: plan.single,
    name: alias.alias,
  }
}

/** The question that a datasource is: its alias or device, and its filter with what the viewer set. */
export const resolveDatasource = (
  datasource: Pick<DashboardDatasource, 'type' | 'name' | 'entityAliasId' | 'deviceId' | 'filterId'>,
  context: DataContext,
): Resolution => {
  const base = baseOf(datasource, context)
  const filter = datasource.filterId === null ? undefined : context.document.filters.get(datasource.filterId)
  if (base.status === 'unresolved' || !filter || filter.keyFilters.length === 0) return base
  return {
    ...base,
    question: {
      ...base.question,
      ...queryFilters(filter, context.filters),
    },
  }
}

const baseOf = (
  { deviceId, entityAliasId, name }: Parameters<typeof resolveDatasource>[0],
  context: DataContext,
): Resolution => {
  if (entityAliasId !== null) return resolveAlias(entityAliasId, context)
  if (deviceId === null) return { status: 'unresolved', reason: 'noSource' }
  return {
    status: 'ready',
    question: { entityFilter: picked({ entityType: 'DEVICE', id: deviceId }) },
    single: true,
    name,
  }
}

/** What stands for the entity of data that belong to none: counts and demonstration data. */
export const nobody = (name: string) => ({
  id: { entityType: 'TENANT', id: nullUuid } as const,
  name,
  label: '',
  type: '',
})
