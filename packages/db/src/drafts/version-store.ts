import { type PageData, type PageLink, type Person, toPageData } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, sortColumn, sortDirection, withoutNul } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import { type DraftTables, type PersonRow, personColumns, personOf } from './tables.ts'

/** Published states that are kept of each document. */
export const maxVersions = 200

/** `Figures`: what lists tell of a version beside its number, such as how many nodes it has. */
export type Version<Figures> = {
  version: number
  createdTime: number
  /** Null: the platform, or a user who is gone. */
  user: Person | null
  note: string | null
} & Figures
export type VersionDocument<Document, Figures> = Version<Figures> & { document: Document }

export type VersionStore<Document, Figures> = {
  /** Newest first, unless the link says otherwise. */
  versions(scope: Scope, ownerId: string, link: PageLink): Promise<PageData<Version<Figures>>>
  /** The state that was published when the document had this version: what changes nothing in it makes no state of its own. */
  version(scope: Scope, ownerId: string, version: number): Promise<VersionDocument<Document, Figures> | null>
  /** Exactly this version; null: none such is kept. */
  saveNote(scope: Scope, ownerId: string, version: number, note: string | null): Promise<Version<Figures> | null>
}

type Row<Figures> = PersonRow & { version: number; createdTime: number; note: string | null } & Figures

const sorts = { version: 'v.version', createdTime: 'v.created_time' } as const

export const createVersionStore = <Document, Figures extends Record<string, unknown>>(
  sql: Sql,
  tables: DraftTables,
  options: {
    /** Names of columns and of members. */
    figures: readonly (keyof Figures & string)[]
    parse(stored: unknown): Document
    /** The present state of a document of which no version is kept: it has not changed since there are versions. */
    unrecorded(tenantId: string, ownerId: string): Promise<VersionDocument<Document, Figures> | null>
  },
): VersionStore<Document, Figures> => {
  const { figures, parse, unrecorded } = options
  const columns = `v.version, v.created_time AS "createdTime", v.note,
    ${figures.map((name) => `v.${name}`).join(', ')}, ${personColumns}`
  const joined = `${tables.versions} v LEFT JOIN users u ON u.id = v.user_id`

  const toVersion = ({ userId, userName, ...row }: Row<Figures>): Version<Figures> => {
    // What Omit makes of a type parameter is not known to be the rest of it.
    const version = row as unknown as Omit<Version<Figures>, 'user'>
    return { ...version, user: personOf({ userId, userName }) } as Version<Figures>
  }

  return {
    versions: async (scope, ownerId, link) => {
      const tenantId = writableTenant(scope)
      const values: unknown[] = [ownerId, tenantId]
      const bind = (value: unknown) => `$${values.push(value)}`
      const search = link.textSearch ? `AND v.note ILIKE ${bind(containing(link.textSearch))}` : ''
      const where = `v.${tables.id} = $1 AND v.tenant_id = $2 ${search}`
      const total = await sql.query<{ total: number }>({
        text: `SELECT count(*) AS total FROM ${joined} WHERE ${where}`,
        values: [...values],
      })
      const column = sortColumn(link, sorts, sorts.version)
      const direction = link.sortOrder ? sortDirection(link) : 'desc'
      const page = `LIMIT ${bind(link.pageSize)} OFFSET ${bind(link.page * link.pageSize)}`
      const { rows } = await sql.query<Row<Figures>>({
        text: `SELECT ${columns} FROM ${joined} WHERE ${where} ORDER BY ${column} ${direction}, v.version ${direction} ${page}`,
        values,
      })
      if (rows.length > 0 || link.page > 0 || link.textSearch)
        return toPageData(rows.map(toVersion), total.rows[0]?.total ?? 0, link)
      const present = await unrecorded(tenantId, ownerId)
      if (!present) return toPageData([], 0, link)
      const { document: _document, ...version } = present
      return toPageData([version as unknown as Version<Figures>], 1, link)
    },

    version: async (scope, ownerId, version) => {
      const tenantId = writableTenant(scope)
      const { rows } = await sql.query<Row<Figures> & { document: unknown }>({
        text: `SELECT ${columns}, v.document FROM ${joined}
               WHERE v.${tables.id} = $1 AND v.tenant_id = $2 AND v.version <= $3 ORDER BY v.version DESC LIMIT 1`,
        values: [ownerId, tenantId, version],
      })
      const [row] = rows
      if (row) return { ...toVersion(row), document: parse(row.document) }
      const present = await unrecorded(tenantId, ownerId)
      return present && present.version === version ? present : null
    },

    saveNote: async (scope, ownerId, version, note) => {
      const { rows } = await sql.query<Row<Figures>>({
        text: `WITH v AS (UPDATE ${tables.versions} SET note = $4
                 WHERE ${tables.id} = $1 AND tenant_id = $2 AND version = $3 RETURNING *)
               SELECT ${columns} FROM v LEFT JOIN users u ON u.id = v.user_id`,
        values: [ownerId, writableTenant(scope), version, note ? withoutNul(note) : null],
      })
      return rows[0] ? toVersion(rows[0]) : null
    },
  }
}
