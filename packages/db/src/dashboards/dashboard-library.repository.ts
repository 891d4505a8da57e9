import {
  type DashboardInfo,
  type DashboardMatch,
  type DashboardSummary,
  type DashboardTagCount,
  type DashboardUse,
  type DashboardUsers,
  entityFilterSchema,
  type EntityFilter,
  type EntityType,
  type PageData,
  type PageLink,
  toPageData,
} from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import type { EntityHead } from '../entities/entities.repository.ts'
import { namePattern } from '../entity-queries/predicates.ts'
import { containing, sortColumn, sortDirection } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import type { Term } from './dashboard-contents.ts'
import { indexMissing } from './dashboard-index.ts'
import type { DashboardsRepository } from './dashboards.repository.ts'

/** What the list shows, beside what is the caller's own. */
export type ListedDashboard = Omit<DashboardSummary, 'starred' | 'lastVisited'>

export type LibraryFilter = {
  /** All of them. */
  tags?: readonly string[] | undefined
  /** Only these. */
  ids?: readonly string[] | undefined
  /** Newest first, for sorting by `lastVisited`. */
  visited?: readonly string[] | undefined
}

/** What dashboards use, and who uses them: lists, searches, warnings before something goes. */
export type DashboardLibraryRepository = {
  list(scope: Scope, link: PageLink, filter: LibraryFilter): Promise<PageData<ListedDashboard>>
  tags(scope: Scope): Promise<DashboardTagCount[]>
  /** Dashboards that show an entity, by title. */
  usesOf(scope: Scope, entity: EntityHead): Promise<DashboardUse[]>
  /** What leads to a dashboard. */
  usersOf(scope: Scope, dashboardId: string): Promise<DashboardUsers>
}

export const createDashboardLibraryRepository = (
  sql: Sql,
  dashboards: Pick<DashboardsRepository, 'findInfos'>,
): DashboardLibraryRepository => ({
  list: async (scope, link, filter) => {
    if (scope.kind === 'system') return toPageData([], 0, link)
    await indexMissing(sql, scope.tenantId)
    const text = link.textSearch?.trim() || null
    const search = text === null ? null : { text, named: await namedEntities(sql, scope, text) }
    const { where, values, order } = selection(scope, link, { ...filter, search })
    const page = [link.pageSize, link.page * link.pageSize]
    const [{ rows }, counted] = await Promise.all([
      sql.query<Row>({
        text: `SELECT d.id, i.description, i.tags, i.widgets, i.states, i.terms, i.entity_ids AS "entityIds",
                 v.created_time AS "publishedTime", pu.id AS "publisherId", ${nameOf('pu')} AS "publisherName",
                 e.updated_time AS "draftTime", eu.id AS "editorId", ${nameOf('eu')} AS "editorName"
               FROM ${joined}
                 LEFT JOIN LATERAL (SELECT created_time, user_id FROM dashboard_versions
                   WHERE dashboard_id = d.id ORDER BY version DESC LIMIT 1) v ON true
                 LEFT JOIN users pu ON pu.id = v.user_id
                 LEFT JOIN dashboard_drafts e ON e.dashboard_id = d.id AND e.document IS NOT NULL
                 LEFT JOIN users eu ON eu.id = e.user_id
               WHERE ${where} ORDER BY ${order.text}, d.id
               LIMIT $${values.length + order.values.length + 1} OFFSET $${values.length + order.values.length + 2}`,
        values: [...values, ...order.values, ...page],
      }),
      sql.query<{ total: number }>({ text: `SELECT count(*) AS total FROM ${joined} WHERE ${where}`, values }),
    ])
    const found = await dashboards.findInfos(
      scope,
      rows.map(({ id }) => id),
    )
    const infos = new Map(found.map((info) => [info.id.id, info]))
    const data = rows.flatMap((row) => {
      const info = infos.get(row.id)
      return info ? [toListed(row, info, { search, isCustomer: scope.kind === 'customer' })] : []
    })
    return toPageData(data, counted.rows[0]?.total ?? 0, link)
  },

  tags: async (scope) => {
    if (scope.kind === 'system') return []
    await indexMissing(sql, scope.tenantId)
    const { where, values } = visible(scope)
    const { rows } = await sql.query<DashboardTagCount>({
      text: `SELECT tag, count(*)::int AS dashboards FROM ${joined}, unnest(i.tags) AS tag
             WHERE ${where} GROUP BY tag ORDER BY lower(tag), tag`,
      values,
    })
    return rows
  },

  usesOf: async (scope, entity) => {
    const tenantId = writableTenant(scope)
    await indexMissing(sql, tenantId)
    const { rows } = await sql.query<{ id: string; title: string; isNamed: boolean; aliases: unknown }>({
      text: `SELECT d.id, d.title, i.entity_ids @> ARRAY[$2::uuid] AS "isNamed", i.aliases
             FROM ${joined} WHERE d.tenant_id = $1 ORDER BY lower(d.title), d.id`,
      values: [tenantId, entity.id.id],
    })
    const boards = rows.map((row) => ({ ...row, aliases: aliasesOf(row.aliases) }))
    const patterns = new Set<string>()
    for (const { aliases } of boards)
      for (const { filter } of aliases) {
        const name = filter && nameFilterOf(filter)
        if (name) patterns.add(namePattern(name))
      }
    const matching = await matchingPatterns(sql, entity.name, [...patterns])
    const profile = await profileOf(sql, tenantId, entity)
    return boards.flatMap(({ id, title, isNamed, aliases }): DashboardUse[] => {
      const finding = aliases.filter(({ filter }) => {
        if (!filter) return false
        if (names(filter, entity)) return true
        if (!isOfType(filter, entity, profile)) return false
        const name = nameFilterOf(filter)
        return !name || matching.has(namePattern(name))
      })
      if (!isNamed && finding.length === 0) return []
      const how = isNamed ? 'id' : 'alias'
      return [{ dashboardId: id, title, how, aliases: [...new Set(finding.map((alias) => alias.name))] }]
    })
  },

  usersOf: async (scope, dashboardId) => {
    const tenantId = writableTenant(scope)
    await indexMissing(sql, tenantId)
    const values = [tenantId, dashboardId]
    const home = `additional_info ->> 'homeDashboardId' ILIKE '%' || $2::uuid || '%'`
    const [homes, profiles, boards] = await Promise.all([
      sql.query<Named>({
        text: `SELECT 'TENANT' AS type, id, title AS name FROM tenants WHERE id = $1 AND ${home}
               UNION ALL SELECT 'CUSTOMER', id, title FROM customers WHERE tenant_id = $1 AND ${home}
               UNION ALL SELECT 'USER', id, email FROM users WHERE tenant_id = $1
                 AND (${home} OR additional_info ->> 'defaultDashboardId' ILIKE '%' || $2::uuid || '%')
               ORDER BY name LIMIT ${maxUsers}`,
        values,
      }),
      sql.query<Named>({
        text: `SELECT 'DEVICE_PROFILE' AS type, id, name FROM device_profiles
               WHERE tenant_id = $1 AND default_dashboard_id = $2
               UNION ALL SELECT 'ASSET_PROFILE', id, name FROM asset_profiles
               WHERE tenant_id = $1 AND default_dashboard_id = $2 ORDER BY name LIMIT ${maxUsers}`,
        values,
      }),
      sql.query<{ id: string; name: string }>({
        text: `SELECT d.id, d.title AS name FROM ${joined}
               WHERE d.tenant_id = $1 AND d.id <> $2 AND i.entity_ids @> ARRAY[$2::uuid] ORDER BY name LIMIT ${maxUsers}`,
        values,
      }),
    ])
    return {
      homes: homes.rows.map(toNamed),
      profiles: profiles.rows.map(toNamed),
      dashboards: boards.rows.map(({ id, name }) => ({ id: { entityType: 'DASHBOARD', id }, name })),
    }
  },
})

const maxMatches = 5
const maxUsers = 1_000

const joined = 'dashboards d JOIN dashboard_index i ON i.dashboard_id = d.id'
const nameOf = (user: string) =>
  `coalesce(nullif(trim(concat_ws(' ', ${user}.first_name, ${user}.last_name)), ''), ${user}.email)`

type Row = {
  id: string
  description: string | null
  tags: string[]
  widgets: number
  states: number
  terms: Term[]
  entityIds: string[]
  publishedTime: number | null
  publisherId: string | null
  publisherName: string | null
  draftTime: number | null
  editorId: string | null
  editorName: string | null
}
type Named = { type: EntityType; id: string; name: string }
type BelowSystem = Exclude<Scope, { kind: 'system' }>
type Search = { text: string; named: ReadonlyMap<string, string> }

const toNamed = ({ type, id, name }: Named) => ({ id: { entityType: type, id }, name })

const visible = (scope: BelowSystem): { where: string; values: unknown[] } =>
  scope.kind === 'tenant'
    ? { where: 'd.tenant_id = $1', values: [scope.tenantId] }
    : {
        where: `d.tenant_id = $1 AND EXISTS (SELECT 1 FROM dashboard_assignments a
                  WHERE a.dashboard_id = d.id AND a.customer_id = $2)`,
        values: [scope.tenantId, scope.customerId],
      }

const sorts = {
  id: 'd.id',
  title: 'lower(d.title)',
  name: 'lower(d.title)',
  createdTime: 'd.created_time',
  widgets: 'i.widgets',
  publishedTime: 'v.created_time',
  lastVisited: 'visited',
} as const

const selection = (scope: BelowSystem, link: PageLink, filter: LibraryFilter & { search: Search | null }) => {
  const { where, values } = visible(scope)
  const bind = (value: unknown) => `$${values.push(value)}`
  const conditions = [where]
  if (filter.tags && filter.tags.length > 0) conditions.push(`i.tags @> ${bind(filter.tags)}::text[]`)
  if (filter.ids) conditions.push(`d.id = ANY(${bind(filter.ids)}::uuid[])`)
  if (filter.search) {
    const like = bind(containing(filter.search.text))
    conditions.push(`(d.title ILIKE ${like} OR i.search_text ILIKE ${like}
      OR i.entity_ids && ${bind([...filter.search.named.keys()])}::uuid[])`)
  }
  const column = sortColumn(link, sorts, sorts.title)
  const direction = `${sortDirection(link)} NULLS LAST`
  // The first of those visited is the newest, so the places run the other way.
  const order =
    column === 'visited'
      ? {
          text: `-array_position($${values.length + 1}::uuid[], d.id) ${direction}`,
          values: [filter.visited ?? []] as unknown[],
        }
      : { text: `${column} ${direction}`, values: [] as unknown[] }
  return { where: conditions.join(' AND '), values, order }
}

/** Names of entities that the scope's dashboards name by their ids, and the caller may know of, where they have the text. */
const namedEntities = async (sql: Sql, scope: BelowSystem, text: string): Promise<Map<string, string>> => {
  const ofCustomer = scope.kind === 'customer' ? 'AND e.customer_id = $3' : ''
  const assignable = ['devices', 'assets', 'entity_views'].map(
    (table) => `SELECT e.id, e.name FROM ${table} e JOIN used ON used.id = e.id
                WHERE e.tenant_id = $1 AND e.name ILIKE $2 ${ofCustomer}`,
  )
  const others = [
    `SELECT e.id, e.title AS name FROM customers e JOIN used ON used.id = e.id WHERE e.tenant_id = $1 AND e.title ILIKE $2`,
    `SELECT e.id, e.title AS name FROM dashboards e JOIN used ON used.id = e.id WHERE e.tenant_id = $1 AND e.title ILIKE $2`,
  ]
  const { rows } = await sql.query<{ id: string; name: string }>({
    text: `WITH used AS (SELECT DISTINCT unnest(entity_ids) AS id FROM dashboard_index WHERE tenant_id = $1)
           ${[...assignable, ...(scope.kind === 'customer' ? [] : others)].join(' UNION ALL ')}`,
    values: [scope.tenantId, containing(text), ...(scope.kind === 'customer' ? [scope.customerId] : [])],
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const toListed = (
  row: Row,
  info: DashboardInfo,
  { search, isCustomer }: { search: Search | null; isCustomer: boolean },
): ListedDashboard => ({
  ...info,
  description: row.description,
  tags: row.tags,
  widgets: row.widgets,
  states: row.states,
  published: isCustomer ? null : deedOf(row.publishedTime, row.publisherId, row.publisherName),
  draft: isCustomer ? null : deedOf(row.draftTime, row.editorId, row.editorName),
  matches: search ? matchesOf(row, info.title, search) : [],
})

const deedOf = (time: number | null, id: string | null, name: string | null): ListedDashboard['draft'] =>
  time === null ? null : { time, user: id === null ? null : { id, name: name ?? '' } }

const matchesOf = (row: Row, title: string, { text, named }: Search): DashboardMatch[] => {
  const wanted = text.toLowerCase()
  const has = (one: string) => one.toLowerCase().includes(wanted)
  return [
    ...(has(title) ? [{ where: 'title' as const, text: title }] : []),
    ...row.terms.flatMap(([where, term]) => (has(term) ? [{ where, text: term }] : [])),
    ...row.entityIds.flatMap((id) => {
      const name = named.get(id)
      return name === undefined ? [] : [{ where: 'entity' as const, text: name }]
    }),
  ].slice(0, maxMatches)
}

type Alias = { name: string; filter: EntityFilter | null }

/** Filters of files may be anything; those that no query would take find nothing. */
const aliasesOf = (stored: unknown): Alias[] =>
  (Array.isArray(stored) ? stored : []).map(({ name, filter }: { name: string; filter: unknown }) => {
    const parsed = entityFilterSchema.safeParse(filter)
    return { name, filter: parsed.success ? parsed.data : null }
  })

const names = (filter: EntityFilter, { id }: EntityHead): boolean =>
  filter.type === 'singleEntity'
    ? filter.singleEntity.entityType === id.entityType && filter.singleEntity.id?.toLowerCase() === id.id
    : filter.type === 'entityList' && filter.entityList.some((one) => one.toLowerCase() === id.id)

const nameFilterOf = (filter: EntityFilter): string | null | undefined => {
  switch (filter.type) {
    case 'entityName':
      return filter.entityNameFilter
    case 'deviceType':
      return filter.deviceNameFilter
    case 'assetType':
      return filter.assetNameFilter
    case 'entityViewType':
      return filter.entityViewNameFilter
    default:
      return null
  }
}

/** Whether the filter finds by a type, and the entity is of it. */
const isOfType = (filter: EntityFilter, { id }: EntityHead, profile: string | null): boolean => {
  const among = (list: readonly string[] | null | undefined, single: string | null | undefined) => {
    const wanted = list && list.length > 0 ? list : single ? [single] : []
    return wanted.length === 0 || (profile !== null && wanted.includes(profile))
  }
  switch (filter.type) {
    case 'entityName':
    case 'entityType':
      return filter.entityType === id.entityType
    case 'deviceType':
      return id.entityType === 'DEVICE' && among(filter.deviceTypes, filter.deviceType)
    case 'assetType':
      return id.entityType === 'ASSET' && among(filter.assetTypes, filter.assetType)
    case 'entityViewType':
      return id.entityType === 'ENTITY_VIEW' && among(filter.entityViewTypes, filter.entityViewType)
    default:
      return false
  }
}

const matchingPatterns = async (sql: Sql, name: string, patterns: readonly string[]): Promise<Set<string>> => {
  if (patterns.length === 0) return new Set()
  const { rows } = await sql.query<{ pattern: string }>({
    text: 'SELECT pattern FROM unnest($2::text[]) AS pattern WHERE $1::text ILIKE pattern',
    values: [name, [...patterns]],
  })
  return new Set(rows.map(({ pattern }) => pattern))
}

/** The type that filters ask for: the profile's name, or what an entity view says of itself. */
const profileOf = async (sql: Sql, tenantId: string, { id, profileName }: EntityHead): Promise<string | null> => {
  if (id.entityType !== 'ENTITY_VIEW') return profileName
  const { rows } = await sql.query<{ type: string }>({
    text: 'SELECT type FROM entity_views WHERE id = $1 AND tenant_id = $2',
    values: [id.id, tenantId],
  })
  return rows[0]?.type ?? null
}
