import type { PrismaTransaction } from '../connection/prisma.ts'

/**
 * Gives tenants the queues of their profile: those with an isolated rule engine have exactly what it lists, all others
 * use the queues of the system.
 * @param of The tenants of one profile, or one tenant
 */
export const syncTenantQueues = async (
  tx: PrismaTransaction,
  of: { profileId: string } | { tenantId: string },
): Promise<void> => {
  const profileId = 'profileId' in of ? of.profileId : null
  const tenantId = 'tenantId' in of ? of.tenantId : null
  await tx.$executeRaw`
    DELETE FROM queues q USING tenants t, tenant_profiles p
    WHERE q.tenant_id = t.id AND p.id = t.tenant_profile_id
      AND (t.id = ${tenantId}::uuid OR p.id = ${profileId}::uuid)
      AND (NOT p.isolated_tb_rule_engine OR NOT EXISTS (
        SELECT 1 FROM jsonb_array_elements(p.profile_data -> 'queueConfiguration') c WHERE c ->> 'name' = q.name))`
  await tx.$executeRaw`
    INSERT INTO queues AS q (id, created_time, tenant_id, name, topic, poll_interval, partitions, consumer_per_partition,
      pack_processing_timeout, submit_strategy, processing_strategy, additional_info)
    SELECT gen_random_uuid(), ${Date.now()}::bigint, t.id, c ->> 'name', c ->> 'topic', (c ->> 'pollInterval')::int,
      (c ->> 'partitions')::int, (c ->> 'consumerPerPartition')::boolean, (c ->> 'packProcessingTimeout')::int,
      c -> 'submitStrategy', c -> 'processingStrategy', NULLIF(c -> 'additionalInfo', 'null'::jsonb)
    FROM tenants t JOIN tenant_profiles p ON p.id = t.tenant_profile_id,
      jsonb_array_elements(p.profile_data -> 'queueConfiguration') c
    WHERE p.isolated_tb_rule_engine AND (t.id = ${tenantId}::uuid OR p.id = ${profileId}::uuid)
    ON CONFLICT (tenant_id, name) DO UPDATE SET
      topic = excluded.topic, poll_interval = excluded.poll_interval, partitions = excluded.partitions,
      consumer_per_partition = excluded.consumer_per_partition,
      pack_processing_timeout = excluded.pack_processing_timeout, submit_strategy = excluded.submit_strategy,
      processing_strategy = excluded.processing_strategy, additional_info = excluded.additional_info,
      version = q.version + 1`
}
