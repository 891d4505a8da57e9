import type { EntityType } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { type DraftTables, dashboardTables } from '../drafts/tables.ts'
import { containing } from '../rows.ts'

/** `inDraft`: in edits of it only, which are not published. */
export type ResourceReference = { id: { entityType: EntityType; id: string }; name: string; inDraft?: true }

type Place = { entityType: EntityType; table: string; name: string; texts: readonly string[]; drafts?: DraftTables }

/** Where a link to a resource may stand. */
const places = [
  {
    entityType: 'DASHBOARD',
    table: 'dashboards',
    name: 'title',
    texts: ['image', 'configuration::text'],
    drafts: dashboardTables,
  },
  { entityType: 'WIDGET_TYPE', table: 'widget_types', name: 'name', texts: ['image', 'descriptor::text'] },
  { entityType: 'WIDGETS_BUNDLE', table: 'widgets_bundles', name: 'title', texts: ['image'] },
  { entityType: 'DEVICE_PROFILE', table: 'device_profiles', name: 'name', texts: ['image'] },
  { entityType: 'ASSET_PROFILE', table: 'asset_profiles', name: 'name', texts: ['image'] },
] as const satisfies readonly Place[]

/** Enough to say where it is used; somebody who has more will not read them. */
const mostPerType = 100

/** @param owner A tenant: its own things are searched; null: everybody's, for a resource of the system. */
export const resourceReferences = async (
  sql: Sql,
  owner: string | null,
  texts: readonly string[],
): Promise<ResourceReference[]> => {
  if (texts.length === 0) return []
  const found: ResourceReference[] = []
  for (const place of places) {
    const { rows } = await sql.query<{ id: string; name: string; inDraft: boolean }>({
      text: queryOf(place),
      values: [owner, texts.map(containing)],
    })
    found.push(
      ...rows.map(({ id, name, inDraft }) => ({
        id: { entityType: place.entityType, id },
        name,
        ...(inDraft && { inDraft: true as const }),
      })),
    )
  }
  return found
}

const queryOf = ({ table, name, texts, drafts }: Place): string => {
  const published = texts.map((text) => `coalesce(o.${text} LIKE ANY($2), false)`).join(' OR ')
  const draft = drafts
    ? `EXISTS (SELECT FROM ${drafts.drafts} d WHERE d.${drafts.id} = o.id AND d.document::text LIKE ANY($2))`
    : 'false'
  return `SELECT o.id, o.${name} AS name, NOT (${published}) AS "inDraft" FROM ${table} o
          WHERE ($1::uuid IS NULL OR o.tenant_id = $1) AND (${published} OR ${draft})
          ORDER BY o.id LIMIT ${mostPerType}`
}
