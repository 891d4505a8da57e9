import { nullUuid } from '@thingwire/contracts'
import { expect } from 'vitest'
import { z } from 'zod'
import type { PrepareRoom } from './room.ts'

const queueOfSystem = z.object({ tenantId: z.object({ id: z.literal(nullUuid) }) })

/** Tenants, their profiles, customers, queues and usage. */
export const tenancyRoom: PrepareRoom = async (api) => {
  const { scope, tenantId, customerId } = api.tenant
  const { db } = api
  const page = { pageSize: 100, page: 0 }
  const tenant = await db.tenants.find(scope, tenantId)
  const profileId = tenant?.tenantProfileId.id ?? ''
  const main = await db.queues.findByName(scope, 'Main')
  const queueStats = await db.queueStats.ensure({ tenantId, queueName: 'Main', serviceId: 'rules-1' })
  const isOfSystem = (body: unknown) => void expect(queueOfSystem.safeParse(body).success).toBe(true)
  return {
    params: {
      tenantId,
      tenantProfileId: profileId,
      queueId: main?.id.id ?? '',
      queueName: 'Main',
      queueStatsId: queueStats.id.id,
    },
    query: {
      customerIds: customerId,
      customerTitle: 'Public',
      tenantIds: tenantId,
      ids: profileId,
      serviceType: 'TB_RULE_ENGINE',
      queueStatsIds: queueStats.id.id,
    },
    bodies: {
      'POST /api/customer': () => ({ id: { id: customerId }, title: 'taken over' }),
      'POST /api/tenant': () => ({ id: { id: tenantId }, title: 'taken over' }),
      'POST /api/tenantProfile': () => ({ id: { id: profileId }, name: 'taken over' }),
      'POST /api/queues': () => ({ ...main, partitions: 77 }),
    },
    harmless: {
      'GET /api/queues/{queueId}': isOfSystem,
      'GET /api/queues/name/{queueName}': isOfSystem,
    },
    belongings: async () => ({
      tenant: await db.tenants.find(scope, tenantId),
      profile: await db.tenantProfiles.find(profileId),
      customers: (await db.customers.list(scope, page)).data,
      queues: (await db.queues.list({ kind: 'system' }, page)).data,
      queueStats: (await db.queueStats.list(scope, page)).data,
    }),
  }
}
