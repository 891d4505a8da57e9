/** Where drafts and versions of one kind of document are kept. */
export type DraftTables = { owners: string; drafts: string; versions: string; id: string }

export const ruleChainTables: DraftTables = {
  owners: 'rule_chains',
  drafts: 'rule_chain_drafts',
  versions: 'rule_chain_versions',
  id: 'rule_chain_id',
}

export const dashboardTables: DraftTables = {
  owners: 'dashboards',
  drafts: 'dashboard_drafts',
  versions: 'dashboard_versions',
  id: 'dashboard_id',
}

/** Who publishes, and what they say about it. */
export type Publisher = { userId: string | null; note?: string | null | undefined }

export type PersonRow = { userId: string | null; userName: string | null }

/** Of a user `u`, where there is one. */
export const personColumns = `u.id AS "userId",
  coalesce(nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), u.email) AS "userName"`

export const personOf = ({ userId, userName }: PersonRow): { id: string; name: string } | null =>
  userId === null ? null : { id: userId, name: userName ?? '' }
