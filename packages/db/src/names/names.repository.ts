import type { Sql } from '../connection/sql.ts'

/** Types whose names are unique within a tenant and may be made unique by a suffix. */
export type NamedType = 'DEVICE' | 'ASSET' | 'ENTITY_VIEW' | 'CUSTOMER'

/** A name that somebody wants for an entity of a tenant. */
export type WantedName = {
  tenantId: string
  entityType: NamedType
  name: string
  /** The entity that is to bear the name, when it exists: its own name is not taken. */
  id?: string | undefined
}

export type NamesRepository = {
  /** Which of the names other entities of the type have. */
  taken(wanted: Omit<WantedName, 'name'>, names: readonly string[]): Promise<Set<string>>
}

const columns: Record<NamedType, { table: string; name: string }> = {
  DEVICE: { table: 'devices', name: 'name' },
  ASSET: { table: 'assets', name: 'name' },
  ENTITY_VIEW: { table: 'entity_views', name: 'name' },
  CUSTOMER: { table: 'customers', name: 'title' },
}

export const createNamesRepository = (sql: Sql): NamesRepository => ({
  taken: async ({ tenantId, entityType, id }, names) => {
    const { table, name } = columns[entityType]
    const { rows } = await sql.query<{ name: string }>({
      name: `names-${entityType}`,
      text: `SELECT ${name} AS name FROM ${table}
             WHERE tenant_id = $1 AND ${name} = ANY($2) AND ($3::uuid IS NULL OR id <> $3)`,
      values: [tenantId, names, id ?? null],
    })
    return new Set(rows.map((row) => row.name))
  },
})
