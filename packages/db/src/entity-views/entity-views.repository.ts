import {
  AppError,
  type EntityId,
  type EntityViewInfo,
  type EntityViewKeys,
  type PageData,
  type PageLink,
  type SaveEntityView,
} from '@thingwire/contracts'
import type { Queryable, Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { removeTraces } from '../entity-removal.ts'
import { conditionsOf, findOwned, listOwned, type OwnedSource, rankedBy } from '../owned/owned-list.ts'
import { toInfo } from '../rows.ts'
import { fromWireId, toWireId, writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'

export type EntityViewsRepository = {
  find(scope: Scope, viewId: string): Promise<EntityViewInfo | null>
  findByName(scope: Scope, name: string): Promise<EntityViewInfo | null>
  /** In the order asked for; those that are missing are left out. */
  findMany(scope: Scope, viewIds: readonly string[]): Promise<EntityViewInfo[]>
  /** All views of a device or an asset. */
  findByTarget(scope: Scope, target: EntityId): Promise<EntityViewInfo[]>
  /** The same for several, in one statement and in no particular order. */
  findByTargets(scope: Scope, targets: readonly EntityId[]): Promise<EntityViewInfo[]>
  list(scope: Scope, link: PageLink, filter?: { type?: string }): Promise<PageData<EntityViewInfo>>
  /** Types that the views of the scope have, by name. */
  types(scope: Scope): Promise<string[]>
  /** Creates, or replaces what may be chosen of a view. */
  save(scope: Scope, view: SaveEntityView): Promise<EntityViewInfo>
  /** @param customerId null: takes it from its customer */
  assign(scope: Scope, viewId: string, customerId: string | null): Promise<EntityViewInfo>
  delete(scope: Scope, viewId: string): Promise<boolean>
}

type Row = {
  id: string
  created_time: number
  additional_info: unknown
  tenant_id: string
  customer_id: string | null
  entity_id: string
  entity_type: string
  name: string
  type: string
  /** Only this program writes the column, with all members. */
  keys: EntityViewKeys
  start_ts: number
  end_ts: number
  external_id: string | null
  version: number
  customer_title: string | null
  customer_is_public: boolean | null
}

const source: OwnedSource<Row, EntityViewInfo> = {
  table: 'entity_views',
  select: `e.id, e.created_time, e.additional_info, e.tenant_id, e.customer_id, e.entity_id, e.entity_type, e.name, e.type,
    e.keys, e.start_ts, e.end_ts, e.external_id, e.version, c.title AS customer_title, c.is_public AS customer_is_public`,
  joins: 'LEFT JOIN customers c ON c.id = e.customer_id',
  sorts: {
    createdTime: { column: 'e.created_time' },
    name: { column: 'e.name', isUnique: true },
    type: { column: 'e.type' },
    startTimeMs: { column: 'e.start_ts' },
    endTimeMs: { column: 'e.end_ts' },
    customerTitle: { column: 'c.title', rank: rankedBy('LEFT JOIN', 'customers', 'title', 'customer_id') },
  },
  searched: ['e.name', 'e.type'],
  searchedBeside: [{ table: 'customers', text: 'title', key: 'customer_id' }],
  toEntity: (row) => ({
    id: { entityType: 'ENTITY_VIEW', id: row.id },
    createdTime: row.created_time,
    additionalInfo: toInfo(row.additional_info),
    entityId: { entityType: row.entity_type === 'ASSET' ? 'ASSET' : 'DEVICE', id: row.entity_id },
    tenantId: { entityType: 'TENANT', id: row.tenant_id },
    customerId: { entityType: 'CUSTOMER', id: toWireId(row.customer_id) },
    name: row.name,
    type: row.type,
    keys: row.keys,
    startTimeMs: row.start_ts,
    endTimeMs: row.end_ts,
    externalId: row.external_id ? { entityType: 'ENTITY_VIEW', id: row.external_id } : null,
    version: row.version,
    customerTitle: row.customer_title,
    customerIsPublic: row.customer_is_public ?? false,
  }),
}

export const createEntityViewsRepository = (sql: Sql): EntityViewsRepository => {
  const findWhere = async (scope: Scope, condition: string, ...values: unknown[]): Promise<EntityViewInfo[]> => {
    const found = conditionsOf(scope)
    found.where(condition.replaceAll(/\?/g, () => found.param(values.shift())))
    return findOwned(sql, source, found, condition)
  }

  const written = async (scope: Scope, viewId: string): Promise<EntityViewInfo> => {
    const [view] = await findWhere(scope, 'e.id = ?', viewId)
    if (!view) throw new AppError('ENTITY_NOT_FOUND', `Entity View with id [${viewId}] is not found`)
    return view
  }

  return {
    find: async (scope, viewId) => (await findWhere(scope, 'e.id = ?', viewId))[0] ?? null,
    findByName: async (scope, name) => (await findWhere(scope, 'e.name = ?', name))[0] ?? null,
    findByTarget: (scope, { id, entityType }) =>
      findWhere(scope, 'e.entity_id = ? AND e.entity_type = ?', id, entityType),

    findByTargets: (scope, targets) =>
      findWhere(
        scope,
        'e.entity_id = ANY(?::uuid[])',
        targets.map(({ id }) => id),
      ),

    findMany: async (scope, viewIds) => {
      const found = await findWhere(scope, 'e.id = ANY(?::uuid[])', viewIds)
      const byId = new Map(found.map((view) => [view.id.id, view]))
      return viewIds.flatMap((id) => byId.get(id.toLowerCase()) ?? [])
    },

    list: (scope, link, { type } = {}) => {
      const found = conditionsOf(scope)
      if (type) found.where(`e.type = ${found.param(type)}`)
      return listOwned(sql, source, found, link)
    },

    types: async (scope) => {
      const found = conditionsOf(scope)
      const { rows } = await sql.query<{ type: string }>({
        text: `SELECT DISTINCT e.type FROM entity_views e ${found.text()} ORDER BY e.type`,
        values: found.values,
      })
      return rows.map(({ type }) => type)
    },

    save: async (scope, view) => {
      const tenantId = writableTenant(scope)
      const id = await sql.transaction(async (tx) => {
        await requireOwn(tx, tenantId, view)
        return view.id ? update(tx, tenantId, view.id.id, view) : create(tx, tenantId, view)
      })
      return written(scope, id)
    },

    assign: async (scope, viewId, customerId) => {
      await sql.query({
        text: 'UPDATE entity_views SET customer_id = $3, version = version + 1 WHERE id = $1 AND tenant_id = $2',
        values: [viewId, writableTenant(scope), customerId],
      })
      return written(scope, viewId)
    },

    delete: async (scope, viewId) => {
      const tenantId = writableTenant(scope)
      return sql.transaction(async (tx) => {
        const { rowCount } = await tx.query({
          text: 'DELETE FROM entity_views WHERE id = $1 AND tenant_id = $2',
          values: [viewId, tenantId],
        })
        if (rowCount !== 1) return false
        await removeTraces(tx, tenantId, [viewId])
        return true
      })
    },
  }
}

/** Target and customer belong to the tenant. The target stays while it is looked at: its row is locked against deletion. */
const requireOwn = async (tx: Queryable, tenantId: string, view: SaveEntityView): Promise<void> => {
  const customerId = fromWireId(view.customerId?.id)
  if (customerId) {
    const { rowCount } = await tx.query({
      text: 'SELECT FROM customers WHERE id = $1 AND tenant_id = $2',
      values: [customerId, tenantId],
    })
    if (!rowCount) throw new AppError('ARGUMENT_INVALID', "Can't assign entity view to non-existent customer!")
  }
  const { rowCount } = await tx.query({
    text: `SELECT FROM ${view.entityId.entityType === 'ASSET' ? 'assets' : 'devices'}
           WHERE id = $1 AND tenant_id = $2 FOR KEY SHARE`,
    values: [view.entityId.id, tenantId],
  })
  if (!rowCount) throw new AppError('ARGUMENT_INVALID', 'Entity view is referencing to non-existent entity!')
}

const valuesOf = (view: SaveEntityView): unknown[] => [
  view.name,
  view.type,
  view.entityId.id,
  view.entityId.entityType,
  JSON.stringify(view.keys),
  view.startTimeMs,
  view.endTimeMs,
  fromWireId(view.customerId?.id),
  view.additionalInfo ? JSON.stringify(view.additionalInfo) : null,
  fromWireId(view.externalId?.id),
]

const create = async (tx: Queryable, tenantId: string, view: SaveEntityView): Promise<string> => {
  const id = uuidV7()
  await tx.query({
    text: `INSERT INTO entity_views (name, type, entity_id, entity_type, keys, start_ts, end_ts, customer_id,
             additional_info, external_id, id, created_time, tenant_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [...valuesOf(view), id, Date.now(), tenantId],
  })
  return id
}

const update = async (tx: Queryable, tenantId: string, id: string, view: SaveEntityView): Promise<string> => {
  const { rowCount } = await tx.query({
    text: `UPDATE entity_views SET name = $1, type = $2, entity_id = $3, entity_type = $4, keys = $5, start_ts = $6,
             end_ts = $7, customer_id = $8, additional_info = $9, external_id = $10, version = version + 1
           WHERE id = $11 AND tenant_id = $12 AND ($13::int IS NULL OR version = $13)`,
    values: [...valuesOf(view), id, tenantId, view.version ?? null],
  })
  if (rowCount === 1) return id
  const { rowCount: exists } = await tx.query({
    text: 'SELECT FROM entity_views WHERE id = $1 AND tenant_id = $2',
    values: [id, tenantId],
  })
  throw exists
    ? new AppError('VERSION_CONFLICT')
    : new AppError('ENTITY_NOT_FOUND', "Can't update non existing entity view!")
}
