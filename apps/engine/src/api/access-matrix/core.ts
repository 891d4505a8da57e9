import { expect } from 'vitest'
import type { PrepareRoom } from './room.ts'

/** Telemetry, sessions and the ledger. */
export const coreRoom: PrepareRoom = async (api) => {
  const { scope, device, customerId, admin } = api.tenant
  const { db } = api
  return {
    params: {
      entityType: 'DEVICE',
      entityId: device.id.id,
      scope: 'SERVER_SCOPE',
      ttl: '0',
      customerId,
      userId: admin.userId,
    },
    query: {
      pageSize: '10',
      page: '0',
      startTs: '0',
      endTs: '1000',
      fromMs: '0',
      toMs: '1000',
    },
    queryOf: {},
    bodies: {
      'POST /api/telemetry/series': () => ({
        reads: [{ entityIds: [device.id], keys: ['temperature'], startTs: 0, endTs: 4_102_444_800_000 }],
      }),
    },
    harmless: { 'POST /api/telemetry/series': (body) => expect(body).toEqual([{ ok: true, series: {} }]) },
    publicRoutes: [
      'POST /api/auth/login',
      'POST /api/auth/token',
      'GET /api/noauth/sign-in-info',
      'POST /api/noauth/oauth2Clients',
      'DELETE /api/session',
      'POST /api/session',
      'POST /api/session/refresh',
    ],
    actsForCaller: ['POST /api/auth/logout'],
    belongings: async () => ({
      attributes: await db.attributes.find(scope, device.id, {}),
      latest: await db.telemetry.latest(scope, device.id),
      user: (await db.users.findAccountById(admin.userId))?.user.authority,
    }),
  }
}
