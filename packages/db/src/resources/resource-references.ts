import type { EntityType } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { containing } from '../rows.ts'

export type ResourceReference = { id: { entityType: EntityType; id: string }; name: string }

/** Where a link to a resource may stand. */
const places = [
  { entityType: 'DASHBOARD', table: 'dashboards', name: 'title', texts: ['image', 'configuration::text'] },
  { entityType: 'WIDGET_TYPE', table: 'widget_types', name: 'name', texts: ['image', 'descriptor::text'] },
  { entityType: 'WIDGETS_BUNDLE', table: 'widgets_bundles', name: 'title', texts: ['image'] },
  { entityType: 'DEVICE_PROFILE', table: 'device_profiles', name: 'name', texts: ['image'] },
  { entityType: 'ASSET_PROFILE', table: 'asset_profiles', name: 'name', texts: ['image'] },
] as const satisfies readonly { entityType: EntityType; table: string; name: string; texts: readonly string[] }[]

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
  for (const { entityType, table, name, texts: columns } of places) {
    const { rows } = await sql.query<{ id: string; name: string }>({
      text: `SELECT id, ${name} AS name FROM ${table}
             WHERE ($1::uuid IS NULL OR tenant_id = $1)
               AND (${columns.map((column) => `${column} LIKE ANY($2)`).join(' OR ')})
             ORDER BY id LIMIT ${mostPerType}`,
      values: [owner, texts.map(containing)],
    })
    found.push(...rows.map((row) => ({ id: { entityType, id: row.id }, name: row.name })))
  }
  return found
}
