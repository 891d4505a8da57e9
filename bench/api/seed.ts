import pg from 'pg'

const prefix = '01a1fe00-0000-7000-8000-'

/** The id of the n-th device, from 1. */
export const deviceId = (n: number): string => prefix + n.toString(16).padStart(12, '0')

/**
 * Devices of the demo tenant with a latest temperature (0 to 40), a floor (0 to 49, server attribute) and whether they are active,
 * written straight into the tables.
 */
export const seedDevices = async (databaseUrl: string, count: number): Promise<void> => {
  const store = new pg.Client({ connectionString: databaseUrl })
  await store.connect()
  try {
    await store.query(
      `INSERT INTO devices (id, created_time, tenant_id, device_profile_id, name, label, device_data)
       SELECT ('${prefix}' || lpad(to_hex(n), 12, '0'))::uuid, 1700000000000 + n * 1000, p.tenant_id, p.id,
              'Meter ' || lpad(n::text, 6, '0'), 'Hall ' || n % 100, $2::jsonb
         FROM (SELECT p.* FROM device_profiles p JOIN users u ON u.tenant_id = p.tenant_id
                WHERE p.is_default AND u.email = 'tenant@thingwire.local') p
        CROSS JOIN generate_series(1, $1::int) AS n`,
      [count, { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } }],
    )
    await store.query(
      `INSERT INTO telemetry_keys (key) VALUES ('temperature'), ('floor'), ('active') ON CONFLICT DO NOTHING`,
    )
    await store.query(
      `INSERT INTO telemetry_entities (entity_id, entity_type, tenant_id)
       SELECT id, 'DEVICE', tenant_id FROM devices WHERE name LIKE 'Meter %' ON CONFLICT DO NOTHING`,
    )
    const numbered = `SELECT e.ref, substr(d.name, 7)::int AS n
                        FROM devices d JOIN telemetry_entities e ON e.entity_id = d.id WHERE d.name LIKE 'Meter %'`
    await store.query(
      `INSERT INTO ts_kv_latest (entity, key, ts, dbl_v)
       SELECT ref, k.id, 1700000000000, n * 7919 % 400 / 10.0 FROM (${numbered}) d
         JOIN telemetry_keys k ON k.key = 'temperature'`,
    )
    await store.query(
      `INSERT INTO attributes (entity, key, scope, last_update_ts, long_v, bool_v)
       SELECT ref, k.id, 2, 1700000000000, CASE k.key WHEN 'floor' THEN n % 50 END,
              CASE k.key WHEN 'active' THEN n % 2 = 0 END
         FROM (${numbered}) d JOIN telemetry_keys k ON k.key IN ('floor', 'active')`,
    )
    for (const table of ['devices', 'telemetry_entities', 'ts_kv_latest', 'attributes', 'active_devices'])
      await store.query(`VACUUM (ANALYZE) ${table}`)
  } finally {
    await store.end()
  }
}
