import {
  AppError,
  type ChainDocumentData,
  chainDocumentSchema,
  type PageData,
  type PageLink,
  type RuleChainDraft,
  type RuleChainVersion,
  type RuleChainVersionDocument,
  type SavedRuleChainDraft,
  toPageData,
} from '@thingwire/contracts'
import type { LazyPrisma } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, sortColumn, sortDirection } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import { toDocument } from './chain-versions.ts'
import { withGraph } from './rule-chain-rows.ts'

export type DraftToSave = {
  ruleChainId: string
  userId: string
  /** Of the draft that the edits stand on; null: there was none. */
  revision: number | null
  baseVersion: number
  document: ChainDocumentData
}

/** What there is of a chain, for those who have it open. */
export type ChainEditState = { version: number; draft: number | null }

/** Edits of rule chains that are not published, and what was published before. */
export type RuleChainDraftsRepository = {
  /** Null: no such chain. */
  state(tenantId: string, ruleChainId: string): Promise<ChainEditState | null>
  find(scope: Scope, ruleChainId: string): Promise<RuleChainDraft | null>
  /** Throws VERSION_CONFLICT when the draft is another one by now, or stands on a version that is not there yet. */
  save(scope: Scope, draft: DraftToSave): Promise<SavedRuleChainDraft>
  /** False: there was none. */
  /** `revision`: only that one; null: whatever there is. False where there was none such. */
  discard(scope: Scope, ruleChainId: string, revision: number | null): Promise<boolean>
  /** Newest first, unless the link says otherwise. */
  versions(scope: Scope, ruleChainId: string, link: PageLink): Promise<PageData<RuleChainVersion>>
  /** The state that was published when the chain had this version: changes of its name alone make no state of their own. */
  version(scope: Scope, ruleChainId: string, version: number): Promise<RuleChainVersionDocument | null>
}

type PersonRow = { userId: string | null; userName: string | null }
type DraftRow = PersonRow & {
  ruleChainId: string
  revision: number
  baseVersion: number
  updatedTime: number
  document: unknown
}
type VersionRow = PersonRow & {
  version: number
  createdTime: number
  note: string | null
  nodes: number
  connections: number
}

const personColumns = `u.id AS "userId",
  coalesce(nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), u.email) AS "userName"`
const draftColumns = `d.rule_chain_id AS "ruleChainId", d.revision, d.base_version AS "baseVersion",
  d.updated_time AS "updatedTime", ${personColumns}`
const versionColumns = `v.version, v.created_time AS "createdTime", v.note, v.nodes, v.connections, ${personColumns}`

const personOf = ({ userId, userName }: PersonRow) => (userId === null ? null : { id: userId, name: userName ?? '' })

const toSaved = (row: Omit<DraftRow, 'document'>): SavedRuleChainDraft => ({
  ruleChainId: row.ruleChainId,
  revision: row.revision,
  baseVersion: row.baseVersion,
  updatedTime: row.updatedTime,
  updatedBy: personOf(row),
})

const toVersion = (row: VersionRow): RuleChainVersion => ({
  version: row.version,
  createdTime: row.createdTime,
  user: personOf(row),
  note: row.note,
  nodes: row.nodes,
  connections: row.connections,
})

const sorts = { version: 'v.version', createdTime: 'v.created_time' } as const

export const createRuleChainDraftsRepository = (prisma: LazyPrisma, sql: Sql): RuleChainDraftsRepository => {
  /** The present state of a chain of which no version is kept: it has not changed since there are versions. */
  const unrecorded = async (tenantId: string, ruleChainId: string): Promise<RuleChainVersionDocument | null> => {
    const { client } = await prisma.get()
    const row = await client.ruleChain.findFirst({
      where: { id: ruleChainId, tenantId, versions: { none: {} } },
      include: withGraph,
    })
    if (!row) return null
    const document = toDocument(row)
    const { nodes, connections } = document.metadata
    return {
      version: row.version,
      createdTime: Number(row.createdTime),
      user: null,
      note: null,
      nodes: nodes.length,
      connections: connections.length,
      document,
    }
  }

  return {
    state: async (tenantId, ruleChainId) => {
      const { rows } = await sql.query<ChainEditState>({
        text: `SELECT c.version, CASE WHEN d.document IS NULL THEN NULL ELSE d.revision END AS draft
               FROM rule_chains c LEFT JOIN rule_chain_drafts d ON d.rule_chain_id = c.id
               WHERE c.id = $1 AND c.tenant_id = $2`,
        values: [ruleChainId, tenantId],
      })
      return rows[0] ?? null
    },

    find: async (scope, ruleChainId) => {
      const { rows } = await sql.query<DraftRow>({
        text: `SELECT ${draftColumns}, d.document FROM rule_chain_drafts d LEFT JOIN users u ON u.id = d.user_id
               WHERE d.rule_chain_id = $1 AND d.tenant_id = $2 AND d.document IS NOT NULL`,
        values: [ruleChainId, writableTenant(scope)],
      })
      const [row] = rows
      return row ? { ...toSaved(row), document: chainDocumentSchema.parse(row.document) } : null
    },

    save: (scope, draft) => saveDraft(sql, writableTenant(scope), draft),

    discard: async (scope, ruleChainId, revision) => {
      const { rowCount } = await sql.query({
        text: `UPDATE rule_chain_drafts SET document = NULL
               WHERE rule_chain_id = $1 AND tenant_id = $2 AND document IS NOT NULL
                 AND ($3::integer IS NULL OR revision = $3)`,
        values: [ruleChainId, writableTenant(scope), revision],
      })
      return rowCount === 1
    },

    versions: async (scope, ruleChainId, link) => {
      const tenantId = writableTenant(scope)
      const values: unknown[] = [ruleChainId, tenantId]
      const bind = (value: unknown) => `$${values.push(value)}`
      const joined = 'rule_chain_versions v LEFT JOIN users u ON u.id = v.user_id'
      const search = link.textSearch ? `AND v.note ILIKE ${bind(containing(link.textSearch))}` : ''
      const where = `v.rule_chain_id = $1 AND v.tenant_id = $2 ${search}`
      const total = await sql.query<{ total: number }>({
        text: `SELECT count(*) AS total FROM ${joined} WHERE ${where}`,
        values: [...values],
      })
      const column = sortColumn(link, sorts, sorts.version)
      const direction = link.sortOrder ? sortDirection(link) : 'desc'
      const page = `LIMIT ${bind(link.pageSize)} OFFSET ${bind(link.page * link.pageSize)}`
      const { rows } = await sql.query<VersionRow>({
        text: `SELECT ${versionColumns} FROM ${joined} WHERE ${where} ORDER BY ${column} ${direction}, v.version ${direction} ${page}`,
        values,
      })
      if (rows.length > 0 || link.page > 0 || link.textSearch)
        return toPageData(rows.map(toVersion), total.rows[0]?.total ?? 0, link)
      const present = await unrecorded(tenantId, ruleChainId)
      if (!present) return toPageData([], 0, link)
      const { document: _document, ...version } = present
      return toPageData([version], 1, link)
    },

    version: async (scope, ruleChainId, version) => {
      const tenantId = writableTenant(scope)
      const { rows } = await sql.query<VersionRow & { document: unknown }>({
        text: `SELECT ${versionColumns}, v.document FROM rule_chain_versions v LEFT JOIN users u ON u.id = v.user_id
               WHERE v.rule_chain_id = $1 AND v.tenant_id = $2 AND v.version <= $3 ORDER BY v.version DESC LIMIT 1`,
        values: [ruleChainId, tenantId, version],
      })
      const [row] = rows
      if (row) return { ...toVersion(row), document: chainDocumentSchema.parse(row.document) }
      const present = await unrecorded(tenantId, ruleChainId)
      return present && present.version === version ? present : null
    },
  }
}

/** One statement decides: of two who save on the same revision at once, the second finds it gone. */
const saveDraft = async (sql: Sql, tenantId: string, draft: DraftToSave): Promise<SavedRuleChainDraft> => {
  const { ruleChainId, userId, revision, baseVersion } = draft
  const values = [ruleChainId, tenantId, baseVersion, JSON.stringify(draft.document), Date.now(), userId]
  const text =
    revision === null
      ? `INSERT INTO rule_chain_drafts AS d
           (rule_chain_id, tenant_id, revision, base_version, document, updated_time, user_id)
         SELECT c.id, c.tenant_id, 1, $3::int, $4::json, $5::bigint, (SELECT id FROM users WHERE id = $6) FROM rule_chains c
         WHERE c.id = $1 AND c.tenant_id = $2 AND c.version >= $3::int
         ON CONFLICT (rule_chain_id) DO UPDATE SET revision = d.revision + 1, base_version = excluded.base_version,
           document = excluded.document, updated_time = excluded.updated_time, user_id = excluded.user_id
         WHERE d.document IS NULL RETURNING *`
      : `UPDATE rule_chain_drafts d SET revision = d.revision + 1, base_version = $3, document = $4::json, updated_time = $5,
           user_id = (SELECT id FROM users WHERE id = $6)
         FROM rule_chains c WHERE c.id = d.rule_chain_id AND c.version >= $3
           AND d.rule_chain_id = $1 AND d.tenant_id = $2 AND d.document IS NOT NULL AND d.revision = $7 RETURNING d.*`
  const { rows } = await sql.query<Omit<DraftRow, 'document'>>({
    text: `WITH d AS (${text}) SELECT ${draftColumns} FROM d LEFT JOIN users u ON u.id = d.user_id`,
    values: revision === null ? values : [...values, revision],
  })
  const [row] = rows
  if (!row) throw new AppError('VERSION_CONFLICT')
  return toSaved(row)
}
