import { AppError, nullUuid, type PageData, type PageLink, toPageData, type WidgetsBundle } from '@thingwire/contracts'
import type { Queryable, Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, sortColumn, sortDirection } from '../rows.ts'
import { uuidV7 } from '../uuid.ts'
import { freeName, missing, ownedBy, ownerOf, toAlias } from './owner.ts'

export type WidgetsBundleFilter = {
  tenantOnly?: boolean | undefined
  /** Descriptions and the widgets inside are searched, too. */
  fullSearch?: boolean | undefined
  scadaFirst?: boolean | undefined
}

export type WidgetsBundleWrite = {
  id?: string | undefined
  /** Of a new one; a taken one gets a number. Absent: made from the title. */
  alias?: string | undefined
  title: string
  image: string | null
  scada: boolean
  description: string | null
  order: number | null
  version: number | null
}

export type WidgetsBundlesRepository = {
  list(scope: Scope, link: PageLink, filter?: WidgetsBundleFilter): Promise<PageData<WidgetsBundle>>
  /** All that the caller may see, by their order and title. */
  all(scope: Scope): Promise<WidgetsBundle[]>
  /** In the order asked for; those that are missing are left out. */
  findMany(scope: Scope, bundleIds: readonly string[]): Promise<WidgetsBundle[]>
  find(scope: Scope, bundleId: string): Promise<WidgetsBundle | null>
  /** Exactly the owner's: a tenant's own, or with the system scope those of the system. */
  findByAlias(scope: Scope, alias: string): Promise<WidgetsBundle | null>
  save(scope: Scope, bundle: WidgetsBundleWrite): Promise<WidgetsBundle>
  /** The bundle holds exactly these then, in this order; those that are missing are left out. */
  setWidgetTypes(scope: Scope, bundleId: string, widgetTypeIds: readonly string[]): Promise<void>
  /** Those of the tenant come before those of the system of the same name. */
  setWidgetTypeFqns(scope: Scope, bundleId: string, fqns: readonly string[]): Promise<void>
  delete(scope: Scope, bundleId: string): Promise<boolean>
}

const columns = `e.id, e.created_time, e.tenant_id, e.alias, e.title, e.image, e.scada, e.description, e.sort_order,
  e.version`

const sorts = {
  id: 'e.id',
  title: 'e.title',
  name: 'e.title',
  createdTime: 'e.created_time',
  order: 'e.sort_order',
  tenantId: 'e.tenant_id',
} as const

export const createWidgetsBundlesRepository = (sql: Sql): WidgetsBundlesRepository => {
  const select = async (rest: string, values: unknown[]): Promise<WidgetsBundle[]> => {
    const { rows } = await sql.query<BundleRow>({ text: `SELECT ${columns} FROM widgets_bundles e ${rest}`, values })
    return rows.map(toBundle)
  }
  const visible = (scope: Scope, values: unknown[]) => ownedBy(ownerOf(scope), (value) => `$${values.push(value)}`)

  return {
    list: async (scope, link, filter = {}) => {
      const values: unknown[] = []
      const bind = (value: unknown) => `$${values.push(value)}`
      const conditions = [ownedBy(ownerOf(scope), bind, filter.tenantOnly)]
      if (link.textSearch) {
        const text = bind(containing(link.textSearch))
        conditions.push(filter.fullSearch ? fullSearch(text) : `e.title ILIKE ${text}`)
      }
      const where = conditions.join(' AND ')
      const direction = sortDirection(link)
      const order = `${filter.scadaFirst ? 'e.scada DESC, ' : ''}${sortColumn(link, sorts, 'e.id')} ${direction}, e.id ${direction}`
      const [data, total] = await Promise.all([
        select(`WHERE ${where} ORDER BY ${order} LIMIT $${values.length + 1} OFFSET $${values.length + 2}`, [
          ...values,
          link.pageSize,
          link.page * link.pageSize,
        ]),
        sql.query<{ total: number }>({
          text: `SELECT count(*) AS total FROM widgets_bundles e WHERE ${where}`,
          values,
        }),
      ])
      return toPageData(data, total.rows[0]?.total ?? 0, link)
    },

    all: (scope) => {
      const values: unknown[] = []
      return select(`WHERE ${visible(scope, values)} ORDER BY e.sort_order NULLS LAST, e.title, e.id`, values)
    },

    findMany: async (scope, bundleIds) => {
      if (bundleIds.length === 0) return []
      const values: unknown[] = [bundleIds]
      const rows = await select(`WHERE e.id = ANY($1) AND ${visible(scope, values)}`, values)
      const found = new Map(rows.map((bundle) => [bundle.id.id, bundle]))
      return bundleIds.flatMap((id) => found.get(id.toLowerCase()) ?? [])
    },

    find: async (scope, bundleId) => {
      const values: unknown[] = [bundleId]
      return (await select(`WHERE e.id = $1 AND ${visible(scope, values)}`, values))[0] ?? null
    },

    findByAlias: async (scope, alias) =>
      (await select('WHERE e.tenant_id IS NOT DISTINCT FROM $1 AND e.alias = $2', [ownerOf(scope), alias]))[0] ?? null,

    save: (scope, bundle) =>
      bundle.id
        ? updateBundle(sql, ownerOf(scope), { ...bundle, id: bundle.id })
        : insertBundle(sql, ownerOf(scope), bundle),

    setWidgetTypes: (scope, bundleId, widgetTypeIds) =>
      setMembers(sql, { owner: ownerOf(scope), bundleId, column: 'id', wanted: widgetTypeIds }),

    setWidgetTypeFqns: (scope, bundleId, fqns) =>
      setMembers(sql, { owner: ownerOf(scope), bundleId, column: 'fqn', wanted: fqns }),

    delete: async (scope, bundleId) => {
      const { rowCount } = await sql.query({
        text: 'DELETE FROM widgets_bundles WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2',
        values: [bundleId, ownerOf(scope)],
      })
      return rowCount === 1
    },
  }
}

const fullSearch = (text: string): string =>
  `(e.title ILIKE ${text} OR e.description ILIKE ${text} OR EXISTS (
     SELECT 1 FROM widgets_bundle_widgets m JOIN widget_types t ON t.id = m.widget_type_id
     WHERE m.widgets_bundle_id = e.id AND (t.name ILIKE ${text} OR t.description ILIKE ${text}
       OR EXISTS (SELECT 1 FROM unnest(t.tags) tag WHERE tag ILIKE ${text}))))`

const setMembers = (
  sql: Sql,
  o: { owner: string | null; bundleId: string; column: 'id' | 'fqn'; wanted: readonly string[] },
): Promise<void> =>
  sql.transaction(async (tx) => {
    await lockBundle(tx, o)
    await tx.query({ text: 'DELETE FROM widgets_bundle_widgets WHERE widgets_bundle_id = $1', values: [o.bundleId] })
    await tx.query({
      text: `INSERT INTO widgets_bundle_widgets (widgets_bundle_id, widget_type_id, position)
             SELECT $1, found.id, w.position
             FROM unnest($2::text[]) WITH ORDINALITY AS w (wanted, position)
             CROSS JOIN LATERAL (
               SELECT t.id FROM widget_types t
               WHERE t.${o.column}::text = w.wanted AND (t.tenant_id = $3 OR t.tenant_id IS NULL)
               ORDER BY t.tenant_id NULLS LAST LIMIT 1) AS found
             ON CONFLICT DO NOTHING`,
      values: [o.bundleId, o.wanted.map((one) => (o.column === 'id' ? one.toLowerCase() : one)), o.owner],
    })
    await tx.query({ text: 'UPDATE widgets_bundles SET version = version + 1 WHERE id = $1', values: [o.bundleId] })
  })

/** Two changes at once must not mix their members. */
const lockBundle = async (tx: Queryable, { owner, bundleId }: { owner: string | null; bundleId: string }) => {
  const { rowCount } = await tx.query({
    text: 'SELECT 1 FROM widgets_bundles WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2 FOR UPDATE',
    values: [bundleId, owner],
  })
  if (rowCount !== 1) throw missing('WIDGETS_BUNDLE', bundleId)
}

const insertBundle = async (sql: Sql, owner: string | null, bundle: WidgetsBundleWrite): Promise<WidgetsBundle> => {
  const wanted = bundle.alias || toAlias(bundle.title)
  for (let attempt = 0; attempt < 20; attempt++) {
    const { rows: alike } = await sql.query<{ alias: string }>({
      text: 'SELECT alias FROM widgets_bundles WHERE tenant_id IS NOT DISTINCT FROM $1 AND starts_with(alias, $2)',
      values: [owner, wanted],
    })
    const { rows } = await sql.query<BundleRow>({
      text: `INSERT INTO widgets_bundles AS e (id, created_time, tenant_id, alias, title, image, scada, description, sort_order)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING ${columns}`,
      values: [
        uuidV7(),
        Date.now(),
        owner,
        freeName(wanted, new Set(alike.map(({ alias }) => alias))),
        bundle.title,
        bundle.image,
        bundle.scada,
        bundle.description,
        bundle.order,
      ],
    })
    if (rows[0]) return toBundle(rows[0])
  }
  throw new AppError('ARGUMENT_INVALID', 'Widgets Bundle with such alias already exists!')
}

const updateBundle = async (
  sql: Sql,
  owner: string | null,
  bundle: WidgetsBundleWrite & { id: string },
): Promise<WidgetsBundle> => {
  const { rows: stored } = await sql.query<{ alias: string }>({
    text: 'SELECT alias FROM widgets_bundles WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2',
    values: [bundle.id, owner],
  })
  if (!stored[0]) throw missing('WIDGETS_BUNDLE', bundle.id)
  if (bundle.alias && bundle.alias !== stored[0].alias)
    throw new AppError('ARGUMENT_INVALID', 'Update of widgets bundle alias is prohibited!')
  const { rows } = await sql.query<BundleRow>({
    text: `UPDATE widgets_bundles AS e SET title = $3, image = $4, scada = $5, description = $6, sort_order = $7,
             version = version + 1
           WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2 AND ($8::int IS NULL OR version = $8)
           RETURNING ${columns}`,
    values: [
      bundle.id,
      owner,
      bundle.title,
      bundle.image,
      bundle.scada,
      bundle.description,
      bundle.order,
      bundle.version,
    ],
  })
  if (!rows[0]) throw new AppError('VERSION_CONFLICT')
  return toBundle(rows[0])
}

type BundleRow = {
  id: string
  created_time: number
  tenant_id: string | null
  alias: string
  title: string
  image: string | null
  scada: boolean
  description: string | null
  sort_order: number | null
  version: number
}

const toBundle = (row: BundleRow): WidgetsBundle => ({
  id: { entityType: 'WIDGETS_BUNDLE', id: row.id },
  createdTime: row.created_time,
  tenantId: { entityType: 'TENANT', id: row.tenant_id ?? nullUuid },
  alias: row.alias,
  title: row.title,
  name: row.title,
  image: row.image,
  scada: row.scada,
  description: row.description,
  order: row.sort_order,
  externalId: null,
  version: row.version,
})
