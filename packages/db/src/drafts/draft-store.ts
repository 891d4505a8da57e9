import { AppError, type Person } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { writableTenant } from '../scope.ts'
import { type DraftTables, type PersonRow, personColumns, personOf } from './tables.ts'

export type Draft<Document> = {
  revision: number
  baseVersion: number
  document: Document
  updatedTime: number
  updatedBy: Person | null
}
export type SavedDraft = Omit<Draft<unknown>, 'document'>

export type DraftToSave<Document> = {
  /** Of what is edited: a rule chain, a dashboard. */
  ownerId: string
  userId: string
  /** Of the draft that the edits stand on; null: there was none. */
  revision: number | null
  baseVersion: number
  document: Document
}

/** What there is of a document, for those who have it open. */
export type EditState = { version: number; draft: number | null; draftBy: Person | null }

/** Edits that are not published: one draft a document. */
export type DraftStore<Document> = {
  /** Null: there is nothing of this id. */
  state(tenantId: string, ownerId: string): Promise<EditState | null>
  find(scope: Scope, ownerId: string): Promise<Draft<Document> | null>
  /** Throws VERSION_CONFLICT when the draft is another one by now, or stands on a version that is not there yet. */
  save(scope: Scope, draft: DraftToSave<Document>): Promise<SavedDraft>
  /** `revision`: only that one; null: whatever there is. False where there was none such. */
  discard(scope: Scope, ownerId: string, revision: number | null): Promise<boolean>
}

type DraftRow = PersonRow & { revision: number; baseVersion: number; updatedTime: number; document: unknown }

const draftColumns = `d.revision, d.base_version AS "baseVersion", d.updated_time AS "updatedTime", ${personColumns}`

const toSaved = (row: Omit<DraftRow, 'document'>): SavedDraft => ({
  revision: row.revision,
  baseVersion: row.baseVersion,
  updatedTime: row.updatedTime,
  updatedBy: personOf(row),
})

/** `parse` reads what is stored; it throws where that is no such document. */
export const createDraftStore = <Document>(
  sql: Sql,
  tables: DraftTables,
  parse: (stored: unknown) => Document,
): DraftStore<Document> => ({
  state: async (tenantId, ownerId) => {
    const { rows } = await sql.query<PersonRow & { version: number; draft: number | null }>({
      text: `SELECT o.version, d.revision AS draft, ${personColumns} FROM ${tables.owners} o
               LEFT JOIN ${tables.drafts} d ON d.${tables.id} = o.id AND d.document IS NOT NULL
               LEFT JOIN users u ON u.id = d.user_id
             WHERE o.id = $1 AND o.tenant_id = $2`,
      values: [ownerId, tenantId],
    })
    const [row] = rows
    return row ? { version: row.version, draft: row.draft, draftBy: personOf(row) } : null
  },

  find: async (scope, ownerId) => {
    const { rows } = await sql.query<DraftRow>({
      text: `SELECT ${draftColumns}, d.document FROM ${tables.drafts} d LEFT JOIN users u ON u.id = d.user_id
             WHERE d.${tables.id} = $1 AND d.tenant_id = $2 AND d.document IS NOT NULL`,
      values: [ownerId, writableTenant(scope)],
    })
    const [row] = rows
    return row ? { ...toSaved(row), document: parse(row.document) } : null
  },

  save: (scope, draft) => save(sql, tables, { ...draft, tenantId: writableTenant(scope) }),

  discard: async (scope, ownerId, revision) => {
    const { rowCount } = await sql.query({
      text: `UPDATE ${tables.drafts} SET document = NULL
             WHERE ${tables.id} = $1 AND tenant_id = $2 AND document IS NOT NULL
               AND ($3::integer IS NULL OR revision = $3)`,
      values: [ownerId, writableTenant(scope), revision],
    })
    return rowCount === 1
  },
})

/** One statement decides: of two who save on the same revision at once, the second finds it gone. */
const save = async (
  sql: Sql,
  { owners, drafts, id }: DraftTables,
  draft: DraftToSave<unknown> & { tenantId: string },
): Promise<SavedDraft> => {
  const { ownerId, tenantId, userId, revision, baseVersion } = draft
  const values = [ownerId, tenantId, baseVersion, JSON.stringify(draft.document), Date.now(), userId]
  const text =
    revision === null
      ? `INSERT INTO ${drafts} AS d (${id}, tenant_id, revision, base_version, document, updated_time, user_id)
         SELECT o.id, o.tenant_id, 1, $3::int, $4::json, $5::bigint, (SELECT id FROM users WHERE id = $6) FROM ${owners} o
         WHERE o.id = $1 AND o.tenant_id = $2 AND o.version >= $3::int
         ON CONFLICT (${id}) DO UPDATE SET revision = d.revision + 1, base_version = excluded.base_version,
           document = excluded.document, updated_time = excluded.updated_time, user_id = excluded.user_id
         WHERE d.document IS NULL RETURNING *`
      : `UPDATE ${drafts} d SET revision = d.revision + 1, base_version = $3, document = $4::json, updated_time = $5,
           user_id = (SELECT id FROM users WHERE id = $6)
         FROM ${owners} o WHERE o.id = d.${id} AND o.version >= $3
           AND d.${id} = $1 AND d.tenant_id = $2 AND d.document IS NOT NULL AND d.revision = $7 RETURNING d.*`
  const { rows } = await sql.query<Omit<DraftRow, 'document'>>({
    text: `WITH d AS (${text}) SELECT ${draftColumns} FROM d LEFT JOIN users u ON u.id = d.user_id`,
    values: revision === null ? values : [...values, revision],
  })
  const [row] = rows
  if (!row) throw new AppError('VERSION_CONFLICT')
  return toSaved(row)
}
