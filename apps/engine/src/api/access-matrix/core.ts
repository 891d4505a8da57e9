import { z } from 'zod'
import type { PrepareRoom } from './room.ts'

/** Devices, telemetry, rule chains, dashboards, sessions and the ledger. */
export const coreRoom: PrepareRoom = async (api) => {
  const { scope, device, rootChain, customerId, admin } = api.tenant
  const { db } = api
  const made = await api.admin.post('/api/dashboard', { title: 'Mine' })
  const dashboardId = z.object({ id: z.object({ id: z.string() }) }).parse(made.body).id.id
  const credentials = await db.credentials.findByDevice(scope, device.id.id)
  return {
    params: {
      deviceId: device.id.id,
      entityType: 'DEVICE',
      entityId: device.id.id,
      scope: 'SERVER_SCOPE',
      ttl: '0',
      customerId,
      dashboardId,
      ruleChainId: rootChain.id.id,
      userId: admin.userId,
    },
    query: {
      pageSize: '10',
      page: '0',
      startTs: '0',
      endTs: '1000',
      fromMs: '0',
      toMs: '1000',
      componentTypes: 'FILTER',
    },
    queryOf: {},
    bodies: {
      'POST /api/device': () => ({ id: device.id, name: 'taken over' }),
      'POST /api/device/credentials': () => ({ ...credentials, credentialsId: 'taken-over' }),
      'POST /api/ruleChain/metadata': () => ({
        ruleChainId: rootChain.id,
        firstNodeIndex: null,
        nodes: [],
        connections: [],
      }),
      'POST /api/dashboard': () => ({ id: { id: dashboardId }, title: 'taken over' }),
    },
    publicRoutes: [
      'POST /api/auth/login',
      'POST /api/auth/token',
      'GET /api/noauth/sign-in-info',
      'DELETE /api/session',
      'POST /api/session',
      'POST /api/session/refresh',
    ],
    actsForCaller: ['POST /api/auth/logout', 'POST /api/ruleChain', 'POST /api/ruleChain/import'],
    belongings: async () => ({
      devices: (await db.devices.list(scope, { pageSize: 100, page: 0 })).data,
      credentials: await db.credentials.findByDevice(scope, device.id.id),
      chains: (await db.ruleChains.list(scope, { pageSize: 100, page: 0 })).data,
      metadata: await db.ruleChains.metadata(scope, rootChain.id.id),
      dashboards: (await db.dashboards.list(scope, { pageSize: 100, page: 0 })).data,
      attributes: await db.attributes.find(scope, device.id, {}),
      latest: await db.telemetry.latest(scope, device.id),
      user: (await db.users.findAccountById(admin.userId))?.user.authority,
    }),
  }
}
