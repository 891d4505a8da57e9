import {
  AppError,
  type DeprecatedFilter,
  nullUuid,
  type PageData,
  type PageLink,
  toPageData,
  type WidgetTypeDetails,
  type WidgetTypeInfo,
} from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, isRecord, sortColumn, sortDirection } from '../rows.ts'
import { uuidV7 } from '../uuid.ts'
import { freeName, missing, ownedBy, ownerOf, toAlias } from './owner.ts'

export type WidgetTypeFilter = {
  /** Without those of the system. */
  tenantOnly?: boolean | undefined
  /** Descriptions and tags are searched, too. */
  fullSearch?: boolean | undefined
  deprecated?: DeprecatedFilter | undefined
  /** Kinds as descriptors name them; empty: all. */
  types?: readonly string[] | undefined
  scadaFirst?: boolean | undefined
  /** Only those of this bundle, in its order unless another one is asked for. */
  bundleId?: string | undefined
}

export type WidgetTypeWrite = {
  id?: string | undefined
  /** Of a new one; a taken one gets a number. Absent: made from the name. */
  fqn?: string | undefined
  name: string
  deprecated: boolean
  scada: boolean
  descriptor: unknown
  image: string | null
  description: string | null
  tags: readonly string[]
  version: number | null
}

export type WidgetTypesRepository = {
  list(scope: Scope, link: PageLink, filter?: WidgetTypeFilter): Promise<PageData<WidgetTypeInfo>>
  info(scope: Scope, widgetTypeId: string): Promise<WidgetTypeInfo | null>
  find(scope: Scope, widgetTypeId: string): Promise<WidgetTypeDetails | null>
  /** Exactly the owner's: a tenant's own, or with the system scope those of the system. */
  findByFqn(scope: Scope, fqn: string): Promise<WidgetTypeDetails | null>
  /** In the order of the bundle. */
  ofBundle(bundleId: string): Promise<WidgetTypeDetails[]>
  save(scope: Scope, widgetType: WidgetTypeWrite): Promise<WidgetTypeDetails>
  delete(scope: Scope, widgetTypeId: string): Promise<boolean>
}

const kind = `coalesce(e.descriptor ->> 'type', '')`
const shared = `e.id, e.created_time, e.tenant_id, e.fqn, e.name, e.deprecated, e.scada, e.version, e.image,
  e.description, e.tags`
const detailColumns = `${shared}, e.descriptor`
const infoColumns = `${shared}, ${kind} AS kind, ARRAY(
    SELECT json_build_object('id', b.id, 'name', b.title) FROM widgets_bundle_widgets w
    JOIN widgets_bundles b ON b.id = w.widgets_bundle_id
    WHERE w.widget_type_id = e.id ORDER BY b.title) AS bundles`

const sorts = {
  id: 'e.id',
  name: 'e.name',
  createdTime: 'e.created_time',
  deprecated: 'e.deprecated',
  fqn: 'e.fqn',
  tenantId: 'e.tenant_id',
} as const

export const createWidgetTypesRepository = (sql: Sql): WidgetTypesRepository => {
  const details = async (where: string, values: unknown[]): Promise<WidgetTypeDetails[]> => {
    const { rows } = await sql.query<DetailRow>({
      text: `SELECT ${detailColumns} FROM widget_types e ${where}`,
      values,
    })
    return rows.map(toDetails)
  }
  const byFqn = async (owner: string | null, fqn: string) =>
    (await details('WHERE e.tenant_id IS NOT DISTINCT FROM $1 AND e.fqn = $2', [owner, fqn]))[0] ?? null

  return {
    list: async (scope, link, filter = {}) => {
      const { from, where, values, order } = searchOf(scope, link, filter)
      const [found, total] = await Promise.all([
        sql.query<InfoRow>({
          text: `SELECT ${infoColumns} FROM ${from} WHERE ${where} ORDER BY ${order}
                 LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
          values: [...values, link.pageSize, link.page * link.pageSize],
        }),
        sql.query<{ total: number }>({ text: `SELECT count(*) AS total FROM ${from} WHERE ${where}`, values }),
      ])
      return toPageData(found.rows.map(toInfo), total.rows[0]?.total ?? 0, link)
    },

    info: async (scope, widgetTypeId) => {
      const values: unknown[] = [widgetTypeId]
      const owned = ownedBy(ownerOf(scope), (value) => `$${values.push(value)}`)
      const { rows } = await sql.query<InfoRow>({
        text: `SELECT ${infoColumns} FROM widget_types e WHERE e.id = $1 AND ${owned}`,
        values,
      })
      return rows[0] ? toInfo(rows[0]) : null
    },

    find: async (scope, widgetTypeId) => {
      const values: unknown[] = [widgetTypeId]
      const owned = ownedBy(ownerOf(scope), (value) => `$${values.push(value)}`)
      return (await details(`WHERE e.id = $1 AND ${owned}`, values))[0] ?? null
    },

    findByFqn: (scope, fqn) => byFqn(ownerOf(scope), fqn),

    ofBundle: (bundleId) =>
      details(
        'JOIN widgets_bundle_widgets w ON w.widget_type_id = e.id WHERE w.widgets_bundle_id = $1 ORDER BY w.position, e.id',
        [bundleId],
      ),

    save: async (scope, widgetType) => {
      const owner = ownerOf(scope)
      return widgetType.id
        ? updateType(sql, owner, { ...widgetType, id: widgetType.id })
        : insertType(sql, owner, widgetType)
    },

    delete: async (scope, widgetTypeId) => {
      const { rowCount } = await sql.query({
        text: 'DELETE FROM widget_types WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2',
        values: [widgetTypeId, ownerOf(scope)],
      })
      return rowCount === 1
    },
  }
}

const searchOf = (scope: Scope, link: PageLink, filter: WidgetTypeFilter) => {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const from = filter.bundleId
    ? `widget_types e JOIN widgets_bundle_widgets m ON m.widget_type_id = e.id AND m.widgets_bundle_id = ${bind(filter.bundleId)}`
    : 'widget_types e'
  const conditions = [ownedBy(ownerOf(scope), bind, filter.tenantOnly)]
  if (link.textSearch) {
    const text = bind(containing(link.textSearch))
    const everywhere = `e.description ILIKE ${text} OR EXISTS (SELECT 1 FROM unnest(e.tags) t WHERE t ILIKE ${text})`
    conditions.push(filter.fullSearch ? `(e.name ILIKE ${text} OR ${everywhere})` : `e.name ILIKE ${text}`)
  }
  if (filter.deprecated === 'ACTUAL') conditions.push('NOT e.deprecated')
  if (filter.deprecated === 'DEPRECATED') conditions.push('e.deprecated')
  if (filter.types && filter.types.length > 0) conditions.push(`${kind} = ANY(${bind(filter.types)})`)
  const direction = sortDirection(link)
  const order = [
    ...(filter.scadaFirst ? ['e.scada DESC'] : []),
    ...(filter.bundleId && !link.sortProperty ? ['m.position'] : []),
    `${sortColumn(link, sorts, 'e.id')} ${direction}`,
    `e.id ${direction}`,
  ].join(', ')
  return { from, where: conditions.join(' AND '), values, order }
}

const insertType = async (sql: Sql, owner: string | null, widgetType: WidgetTypeWrite): Promise<WidgetTypeDetails> => {
  const wanted = widgetType.fqn || toAlias(widgetType.name)
  // Another process may take the name between look and insert; then the next free one is tried.
  for (let attempt = 0; attempt < 20; attempt++) {
    const { rows: alike } = await sql.query<{ fqn: string }>({
      text: 'SELECT fqn FROM widget_types WHERE tenant_id IS NOT DISTINCT FROM $1 AND starts_with(fqn, $2)',
      values: [owner, wanted],
    })
    const { rows } = await sql.query<DetailRow>({
      text: `INSERT INTO widget_types AS e (id, created_time, tenant_id, fqn, name, deprecated, scada, descriptor, image,
               description, tags)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT DO NOTHING RETURNING ${detailColumns}`,
      values: [
        uuidV7(),
        Date.now(),
        owner,
        freeName(wanted, new Set(alike.map(({ fqn }) => fqn))),
        widgetType.name,
        widgetType.deprecated,
        widgetType.scada,
        JSON.stringify(widgetType.descriptor),
        widgetType.image,
        widgetType.description,
        widgetType.tags,
      ],
    })
    if (rows[0]) return toDetails(rows[0])
  }
  throw new AppError('ARGUMENT_INVALID', 'Widget type with such fqn already exists!')
}

const updateType = async (
  sql: Sql,
  owner: string | null,
  widgetType: WidgetTypeWrite & { id: string },
): Promise<WidgetTypeDetails> => {
  const { rows: stored } = await sql.query<{ fqn: string }>({
    text: 'SELECT fqn FROM widget_types WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2',
    values: [widgetType.id, owner],
  })
  if (!stored[0]) throw missing('WIDGET_TYPE', widgetType.id)
  if (widgetType.fqn && widgetType.fqn !== stored[0].fqn)
    throw new AppError('ARGUMENT_INVALID', 'Update of widget type fqn is prohibited!')
  const { rows } = await sql.query<DetailRow>({
    text: `UPDATE widget_types AS e SET name = $3, deprecated = $4, scada = $5, descriptor = $6, image = $7,
             description = $8, tags = $9, version = version + 1
           WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2 AND ($10::int IS NULL OR version = $10)
           RETURNING ${detailColumns}`,
    values: [
      widgetType.id,
      owner,
      widgetType.name,
      widgetType.deprecated,
      widgetType.scada,
      JSON.stringify(widgetType.descriptor),
      widgetType.image,
      widgetType.description,
      widgetType.tags,
      widgetType.version,
    ],
  })
  if (!rows[0]) throw new AppError('VERSION_CONFLICT')
  return toDetails(rows[0])
}

type SharedRow = {
  id: string
  created_time: number
  tenant_id: string | null
  fqn: string
  name: string
  deprecated: boolean
  scada: boolean
  version: number
  image: string | null
  description: string | null
  tags: string[]
}
type DetailRow = SharedRow & { descriptor: unknown }
type InfoRow = SharedRow & { kind: string; bundles: unknown[] }

const toShared = (row: SharedRow) => ({
  id: { entityType: 'WIDGET_TYPE' as const, id: row.id },
  createdTime: row.created_time,
  tenantId: { entityType: 'TENANT' as const, id: row.tenant_id ?? nullUuid },
  fqn: row.fqn,
  name: row.name,
  deprecated: row.deprecated,
  scada: row.scada,
  version: row.version,
  image: row.image,
  description: row.description,
  tags: row.tags,
})

const toDetails = (row: DetailRow): WidgetTypeDetails => ({
  ...toShared(row),
  descriptor: row.descriptor,
  externalId: null,
  resources: null,
})

const toInfo = (row: InfoRow): WidgetTypeInfo => ({
  ...toShared(row),
  // Descriptors say rpc, everything around them control.
  widgetType: row.kind === 'rpc' ? 'control' : row.kind,
  bundles: row.bundles.flatMap((bundle) =>
    isRecord(bundle)
      ? [{ id: { entityType: 'WIDGETS_BUNDLE', id: String(bundle.id) }, name: String(bundle.name) }]
      : [],
  ),
})
