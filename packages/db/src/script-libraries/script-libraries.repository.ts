import {
  AppError,
  maxScriptLibraries,
  type PageData,
  type PageLink,
  type SaveScriptLibrary,
  type ScriptLanguage,
  type ScriptLibrary,
  type ScriptLibraryInfo,
  toPageData,
} from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, sortColumn, sortDirection, withoutNul } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'

/** A rule node with something in its configuration that may name a library. */
export type NodeWithLibraries = {
  ruleChainId: string
  ruleChainName: string
  ruleNodeId: string
  ruleNodeName: string
  configuration: unknown
}

export type ScriptLibrariesRepository = {
  list(
    scope: Scope,
    link: PageLink,
    filter?: { language?: ScriptLanguage | undefined },
  ): Promise<PageData<ScriptLibraryInfo>>
  find(scope: Scope, libraryId: string): Promise<ScriptLibrary | null>
  /** In no order; those that are missing are left out. */
  byNames(tenantId: string, names: readonly string[]): Promise<ScriptLibrary[]>
  /** Creates, or changes all but the language. */
  save(scope: Scope, library: SaveScriptLibrary): Promise<ScriptLibrary>
  delete(scope: Scope, libraryId: string): Promise<boolean>
  /** Libraries and rule nodes of the tenant in which `@use` stands anywhere. */
  mayUseOthers(scope: Scope): Promise<{ libraries: ScriptLibrary[]; nodes: NodeWithLibraries[] }>
}

type InfoRow = {
  id: string
  created_time: number
  tenant_id: string
  name: string
  language: ScriptLanguage
  description: string | null
  version: number
}
type Row = InfoRow & { body: string }

const infoColumns = 'id, created_time, tenant_id, name, language, description, version'
const columns = `${infoColumns}, body`
const sorts = {
  id: 'id',
  createdTime: 'created_time',
  name: 'name',
  language: 'language',
  description: 'description',
} as const

export const createScriptLibrariesRepository = (sql: Sql): ScriptLibrariesRepository => ({
  list: async (scope, link, { language } = {}) => {
    const values: unknown[] = [writableTenant(scope)]
    const bind = (value: unknown) => `$${values.push(value)}`
    const conditions = ['tenant_id = $1']
    if (language) conditions.push(`language = ${bind(language)}`)
    if (link.textSearch) {
      const text = bind(containing(link.textSearch))
      conditions.push(`(name ILIKE ${text} OR description ILIKE ${text})`)
    }
    const where = conditions.join(' AND ')
    const direction = sortDirection(link)
    const order = `${sortColumn(link, sorts, 'name')} ${direction}, id ${direction}`
    const total = await sql.query<{ total: number }>({
      text: `SELECT count(*) AS total FROM script_libraries WHERE ${where}`,
      values: [...values],
    })
    const page = `LIMIT ${bind(link.pageSize)} OFFSET ${bind(link.page * link.pageSize)}`
    const { rows } = await sql.query<InfoRow>({
      text: `SELECT ${infoColumns} FROM script_libraries WHERE ${where} ORDER BY ${order} ${page}`,
      values,
    })
    return toPageData(rows.map(toInfo), total.rows[0]?.total ?? 0, link)
  },

  find: async (scope, libraryId) => {
    const { rows } = await sql.query<Row>({
      text: `SELECT ${columns} FROM script_libraries WHERE id = $1 AND tenant_id = $2`,
      values: [libraryId, writableTenant(scope)],
    })
    return rows[0] ? toLibrary(rows[0]) : null
  },

  byNames: async (tenantId, names) => {
    const { rows } = await sql.query<Row>({
      text: `SELECT ${columns} FROM script_libraries WHERE tenant_id = $1 AND name = ANY($2)`,
      values: [tenantId, names.map(withoutNul)],
    })
    return rows.map(toLibrary)
  },

  save: (scope, library) => (library.id ? update(sql, scope, library.id.id, library) : create(sql, scope, library)),

  delete: async (scope, libraryId) => {
    const { rowCount } = await sql.query({
      text: 'DELETE FROM script_libraries WHERE id = $1 AND tenant_id = $2',
      values: [libraryId, writableTenant(scope)],
    })
    return rowCount === 1
  },

  mayUseOthers: async (scope) => {
    const values = [writableTenant(scope)]
    const libraries = await sql.query<Row>({
      text: `SELECT ${columns} FROM script_libraries WHERE tenant_id = $1 AND body LIKE '%@use%' ORDER BY name`,
      values,
    })
    const { rows: nodes } = await sql.query<NodeWithLibraries>({
      text: `SELECT c.id AS "ruleChainId", c.name AS "ruleChainName", n.id AS "ruleNodeId", n.name AS "ruleNodeName",
               n.configuration
             FROM rule_nodes n JOIN rule_chains c ON c.id = n.rule_chain_id
             WHERE c.tenant_id = $1 AND n.configuration::text LIKE '%@use%' ORDER BY c.name, c.id, n.position`,
      values,
    })
    return { libraries: libraries.rows.map(toLibrary), nodes }
  },
})

const create = async (sql: Sql, scope: Scope, library: SaveScriptLibrary): Promise<ScriptLibrary> => {
  const tenantId = writableTenant(scope)
  const row = await sql.transaction(async (tx) => {
    // One after the other for a tenant, so that two at once cannot pass the limit together.
    await tx.query({ text: 'SELECT FROM tenants WHERE id = $1 FOR NO KEY UPDATE', values: [tenantId] })
    const { rows } = await tx.query<Row>({
      text: `INSERT INTO script_libraries (id, created_time, tenant_id, name, language, description, body)
             SELECT $1, $2, $3, $4, $5, $6, $7
             WHERE (SELECT count(*) FROM script_libraries WHERE tenant_id = $3) < $8
             RETURNING ${columns}`,
      values: [
        ...[uuidV7(), Date.now(), tenantId, library.name, library.language],
        ...[library.description || null, library.body, maxScriptLibraries],
      ],
    })
    return rows[0]
  })
  if (!row) throw new AppError('ARGUMENT_INVALID', `A tenant may have ${maxScriptLibraries} script libraries at most`)
  return toLibrary(row)
}

const update = async (sql: Sql, scope: Scope, id: string, library: SaveScriptLibrary): Promise<ScriptLibrary> => {
  const tenantId = writableTenant(scope)
  const { rows } = await sql.query<Row>({
    // Without a version the caller overwrites whatever stands.
    text: `UPDATE script_libraries SET name = $3, description = $4, body = $5, version = version + 1
           WHERE id = $1 AND tenant_id = $2 AND version = COALESCE($6, version) RETURNING ${columns}`,
    values: [id, tenantId, library.name, library.description || null, library.body, library.version ?? null],
  })
  if (rows[0]) return toLibrary(rows[0])
  const { rowCount } = await sql.query({
    text: 'SELECT FROM script_libraries WHERE id = $1 AND tenant_id = $2',
    values: [id, tenantId],
  })
  throw rowCount === 1
    ? new AppError('VERSION_CONFLICT')
    : new AppError('ENTITY_NOT_FOUND', `Script library with id [${id}] is not found`)
}

const toInfo = (row: InfoRow): ScriptLibraryInfo => ({
  id: { entityType: 'SCRIPT_LIBRARY', id: row.id },
  createdTime: row.created_time,
  tenantId: { entityType: 'TENANT', id: row.tenant_id },
  name: row.name,
  language: row.language,
  description: row.description,
  version: row.version,
})

const toLibrary = (row: Row): ScriptLibrary => ({ ...toInfo(row), body: row.body })
