import type { Sql } from '../connection/sql.ts'

/** What alarm rules may look at of a device itself. */
export type ProfileOfDevice = {
  deviceId: string
  profileId: string
  /** Name of the profile. */
  profileName: string
  name: string
  label: string | null
  /** Epoch ms. */
  createdTime: number
  customerId: string | null
}

/** `counts` is the evaluation's own; null: there is nothing to keep. `isTimed`: some rule waits for time to pass. */
export type CountsOfDevice = { deviceId: string; counts: unknown; isTimed: boolean }

/** Alarm rules of device profiles, as a rule node evaluates them. */
export type AlarmRulesRepository = {
  /** In order; null: the tenant has no such device. */
  devices(tenantId: string, deviceIds: readonly string[]): Promise<(ProfileOfDevice | null)[]>
  /** `profileData.alarms` of profiles, in order; versions grow with every change. Null: there is no such profile. */
  rules(tenantId: string, profileIds: readonly string[]): Promise<({ version: number; alarms: unknown[] } | null)[]>
  /** In order; null: nothing is kept. */
  counts(ruleNodeId: string, deviceIds: readonly string[]): Promise<unknown[]>
  /** Each device once. Those that are gone are left out. */
  keep(tenantId: string, ruleNodeId: string, changes: readonly CountsOfDevice[]): Promise<void>
  /** Devices with a rule that waits for time to pass, by their ids, behind `afterId`. */
  timed(tenantId: string, ruleNodeId: string, afterId: string | null, limit: number): Promise<string[]>
}

export const createAlarmRulesRepository = (sql: Sql): AlarmRulesRepository => ({
  devices: async (tenantId, deviceIds) => {
    const { rows } = await sql.query<{
      id: string
      device_profile_id: string
      profile_name: string
      name: string
      label: string | null
      created_time: number
      customer_id: string | null
    }>({
      name: 'alarm-rule-devices',
      text: `SELECT d.id, d.device_profile_id, p.name AS profile_name, d.name, d.label, d.created_time, d.customer_id
             FROM devices d JOIN device_profiles p ON p.id = d.device_profile_id
             WHERE d.tenant_id = $1 AND d.id = ANY($2::uuid[])`,
      values: [tenantId, deviceIds],
    })
    const found = new Map(
      rows.map((row) => [
        row.id,
        {
          deviceId: row.id,
          profileId: row.device_profile_id,
          profileName: row.profile_name,
          name: row.name,
          label: row.label,
          createdTime: row.created_time,
          customerId: row.customer_id,
        },
      ]),
    )
    return deviceIds.map((id) => found.get(id.toLowerCase()) ?? null)
  },

  rules: async (tenantId, profileIds) => {
    const { rows } = await sql.query<{ id: string; version: number; alarms: unknown }>({
      name: 'alarm-rules',
      text: `SELECT p.id, p.version, p.profile_data -> 'alarms' AS alarms FROM device_profiles p
             WHERE p.tenant_id = $1 AND p.id = ANY($2::uuid[])`,
      values: [tenantId, profileIds],
    })
    const found = new Map(
      rows.map(({ id, version, alarms }) => [id, { version, alarms: Array.isArray(alarms) ? alarms : [] }]),
    )
    return profileIds.map((id) => found.get(id.toLowerCase()) ?? null)
  },

  counts: async (ruleNodeId, deviceIds) => {
    const { rows } = await sql.query<{ device_id: string; counts: unknown }>({
      name: 'alarm-rule-counts',
      text: 'SELECT device_id, counts FROM alarm_rule_counts WHERE rule_node_id = $1 AND device_id = ANY($2::uuid[])',
      values: [ruleNodeId, deviceIds],
    })
    const found = new Map(rows.map(({ device_id, counts }) => [device_id, counts]))
    return deviceIds.map((id) => found.get(id.toLowerCase()) ?? null)
  },

  keep: async (tenantId, ruleNodeId, changes) => {
    const gone = changes.filter(({ counts }) => counts === null).map(({ deviceId }) => deviceId)
    const kept = changes.filter(({ counts }) => counts !== null)
    if (gone.length > 0)
      await sql.retrying({
        name: 'alarm-rule-counts-forget',
        text: `DELETE FROM alarm_rule_counts WHERE rule_node_id = $1 AND device_id = ANY($2::uuid[])`,
        values: [ruleNodeId, gone],
      })
    if (kept.length === 0) return
    await sql.retrying({
      name: 'alarm-rule-counts-keep',
      // In one order by everybody, and locked: a device that is being deleted takes its counts along.
      text: `INSERT INTO alarm_rule_counts (rule_node_id, device_id, counts, is_timed)
             SELECT $2::uuid, d.id, x.counts, x.is_timed
             FROM unnest($3::uuid[], $4::jsonb[], $5::boolean[]) x (id, counts, is_timed)
             JOIN LATERAL (SELECT d.id FROM devices d WHERE d.id = x.id AND d.tenant_id = $1 FOR KEY SHARE) d ON true
             ORDER BY d.id
             ON CONFLICT (rule_node_id, device_id) DO UPDATE SET counts = EXCLUDED.counts, is_timed = EXCLUDED.is_timed`,
      values: [
        tenantId,
        ruleNodeId,
        kept.map(({ deviceId }) => deviceId),
        kept.map(({ counts }) => JSON.stringify(counts)),
        kept.map(({ isTimed }) => isTimed),
      ],
    })
  },

  timed: async (tenantId, ruleNodeId, afterId, limit) => {
    const { rows } = await sql.query<{ device_id: string }>({
      name: 'alarm-rule-counts-timed',
      text: `SELECT c.device_id FROM alarm_rule_counts c JOIN devices d ON d.id = c.device_id AND d.tenant_id = $1
             WHERE c.rule_node_id = $2 AND c.is_timed AND c.device_id > COALESCE($3::uuid, '00000000-0000-0000-0000-000000000000')
             ORDER BY c.device_id LIMIT $4`,
      values: [tenantId, ruleNodeId, afterId, limit],
    })
    return rows.map(({ device_id }) => device_id)
  },
})

/** Counts of rule nodes that somebody has deleted. */
export const removeCountsOfGoneNodes = async (sql: Sql): Promise<void> => {
  await sql.query({
    text: 'DELETE FROM alarm_rule_counts c WHERE NOT EXISTS (SELECT 1 FROM rule_nodes n WHERE n.id = c.rule_node_id)',
    values: [],
  })
}
