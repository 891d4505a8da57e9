import { z } from 'zod'
import type { PrepareRoom } from './room.ts'

const idOf = (body: unknown): string => z.object({ id: z.object({ id: z.string() }) }).parse(body).id.id

/** Dashboards, rule chains and events. */
export const libraryRoom: PrepareRoom = async (api) => {
  const { scope, rootChain, customerId, tenantId } = api.tenant
  const { db } = api
  const dashboardId = idOf((await api.admin.post('/api/dashboard', { title: 'Mine' })).body)
  const ruleNodeId = (await db.ruleChains.metadata(scope, rootChain.id.id))?.nodes[0]?.id?.id ?? ''
  const event: Parameters<typeof db.events.append>[0][number] = {
    tenantId,
    entityId: api.tenant.device.id.id,
    type: 'LC_EVENT',
    ts: Date.now(),
    body: { event: 'STARTED', success: true },
  }
  await db.events.append([event])
  const lifecycle = () => ({ eventType: 'LC_EVENT' })
  const all = { pageSize: 100, page: 0 }
  return {
    params: {
      dashboardId,
      tenantId,
      ruleChainId: rootChain.id.id,
      ruleNodeId,
      componentType: 'FILTER',
      componentDescriptorClazz: 'org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode',
      eventType: 'LC_EVENT',
    },
    query: { componentTypes: 'FILTER', dashboardIds: dashboardId, ruleChainIds: rootChain.id.id, tenantId },
    queryOf: { 'GET /api/ruleChains/export': { limit: '10' } },
    bodies: {
      'POST /api/events/{entityType}/{entityId}': lifecycle,
      'POST /api/events/{entityType}/{entityId}/clear': lifecycle,
      'POST /api/ruleChain/metadata': () => ({
        ruleChainId: rootChain.id,
        firstNodeIndex: null,
        nodes: [],
        connections: [],
      }),
      'POST /api/ruleChain': () => ({ id: rootChain.id, name: 'taken over' }),
      'POST /api/dashboard': () => ({ id: { id: dashboardId }, title: 'taken over' }),
      'POST /api/dashboard/{dashboardId}/customers': () => [],
      'POST /api/dashboard/{dashboardId}/customers/add': () => [customerId],
      'POST /api/dashboard/{dashboardId}/customers/remove': () => [customerId],
      'POST /api/tenant/dashboard/home/info': () => ({ dashboardId: { id: dashboardId } }),
    },
    actsForCaller: [
      'POST /api/ruleChain/device/default',
      'POST /api/ruleChain/import',
      'POST /api/ruleChain/testScript',
      'POST /api/ruleChains/import',
      'GET /api/component/{componentDescriptorClazz}',
      'GET /api/components/{componentType}',
    ],
    belongings: async () => ({
      chains: (await db.ruleChains.list(scope, all)).data,
      metadata: await db.ruleChains.metadata(scope, rootChain.id.id),
      dashboards: (await db.dashboards.list(scope, all)).data,
      events: await db.events.list(
        { tenantId, entityId: api.tenant.device.id, filter: { eventType: 'LC_EVENT' } },
        all,
      ),
      home: await db.dashboards.tenantHome(scope.tenantId),
    }),
  }
}
