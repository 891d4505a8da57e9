import type { Sql } from '../connection/sql.ts'

export type TenantProfilesRepository = {
  /** `profileData.configuration` of the tenant's profile as it is stored; undefined when there is no such tenant. */
  configurationOf(tenantId: string): Promise<unknown>
}

export const createTenantProfilesRepository = (sql: Sql): TenantProfilesRepository => ({
  configurationOf: async (tenantId) => {
    const { rows } = await sql.query<{ configuration: unknown }>({
      name: 'tenant-profile-configuration',
      text: `SELECT p.profile_data -> 'configuration' AS configuration
             FROM tenants t JOIN tenant_profiles p ON p.id = t.tenant_profile_id WHERE t.id = $1`,
      values: [tenantId],
    })
    return rows[0]?.configuration
  },
})
