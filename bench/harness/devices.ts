import pg from 'pg'

/** A device that the bench made, and its access token. */
export type BenchDevice = { id: string; token: string }

/** Devices of the demo tenant with access tokens, written straight into the tables: thousands by REST take minutes. */
export const seedDevicesWithTokens = async (databaseUrl: string, count: number): Promise<BenchDevice[]> => {
  const store = new pg.Client({ connectionString: databaseUrl })
  await store.connect()
  try {
    const { rows } = await store.query<BenchDevice>(
      `WITH profile AS (
         SELECT p.* FROM device_profiles p JOIN users u ON u.tenant_id = p.tenant_id
          WHERE p.is_default AND u.email = 'tenant@thingwire.local'
       ), made AS (
         INSERT INTO devices (id, created_time, tenant_id, device_profile_id, name, device_data)
         SELECT gen_random_uuid(), 1700000000000 + n, p.tenant_id, p.id, 'Bench ' || lpad(n::text, 6, '0'), $2::jsonb
           FROM profile p CROSS JOIN generate_series(1, $1::int) AS n
         RETURNING id
       )
       INSERT INTO device_credentials (id, created_time, device_id, credentials_type, credentials_id)
       SELECT gen_random_uuid(), 1700000000000, id, 'ACCESS_TOKEN', replace(gen_random_uuid()::text, '-', '') FROM made
       RETURNING device_id AS id, credentials_id AS token`,
      [count, { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } }],
    )
    for (const table of ['devices', 'device_credentials']) await store.query(`VACUUM (ANALYZE) ${table}`)
    return rows
  } finally {
    await store.end()
  }
}
