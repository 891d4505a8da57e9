import { z } from 'zod'
import type { PrepareRoom } from './room.ts'

const idOf = (body: unknown): string => z.object({ id: z.object({ id: z.string() }) }).parse(body).id.id

/** Dashboards and rule chains. */
export const libraryRoom: PrepareRoom = async (api) => {
  const { scope, rootChain, customerId } = api.tenant
  const { db } = api
  const dashboardId = idOf((await api.admin.post('/api/dashboard', { title: 'Mine' })).body)
  const all = { pageSize: 100, page: 0 }
  return {
    params: { dashboardId, ruleChainId: rootChain.id.id },
    query: { componentTypes: 'FILTER', dashboardIds: dashboardId },
    bodies: {
      'POST /api/ruleChain/metadata': () => ({
        ruleChainId: rootChain.id,
        firstNodeIndex: null,
        nodes: [],
        connections: [],
      }),
      'POST /api/dashboard': () => ({ id: { id: dashboardId }, title: 'taken over' }),
      'POST /api/dashboard/{dashboardId}/customers': () => [],
      'POST /api/dashboard/{dashboardId}/customers/add': () => [customerId],
      'POST /api/dashboard/{dashboardId}/customers/remove': () => [customerId],
      'POST /api/tenant/dashboard/home/info': () => ({ dashboardId: { id: dashboardId } }),
    },
    actsForCaller: ['POST /api/ruleChain', 'POST /api/ruleChain/import'],
    belongings: async () => ({
      chains: (await db.ruleChains.list(scope, all)).data,
      metadata: await db.ruleChains.metadata(scope, rootChain.id.id),
      dashboards: (await db.dashboards.list(scope, all)).data,
      home: await db.dashboards.tenantHome(scope.tenantId),
    }),
  }
}
