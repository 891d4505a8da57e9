import { expect } from 'vitest'
import { z } from 'zod'
import type { PrepareRoom } from './room.ts'

/** Users with their settings, activation, mails, settings of the system, and the audit log. */
export const accountsRoom: PrepareRoom = async (api) => {
  const { db } = api
  const { tenantId, customerId, admin, scope } = api.tenant
  const made = await api.admin.post('/api/user?sendActivationMail=false', {
    email: `matrix-${tenantId.slice(-8)}@example.org`,
    authority: 'TENANT_ADMIN',
    firstName: 'Untouched',
  })
  const victim = z.looseObject({ id: z.object({ id: z.string() }), email: z.string() }).parse(made.body)
  const { alarm } = await db.alarms.raise(
    tenantId,
    {
      originator: api.tenant.device.id,
      customerId: null,
      type: 'For the matrix',
      severity: 'MAJOR',
      startTs: null,
      endTs: null,
      details: null,
      propagate: false,
      propagateToOwner: false,
      propagateToTenant: false,
      propagateRelationTypes: [],
    },
    Date.now(),
  )
  const user = { userId: victim.id.id }
  const ownSettings = ['GET', 'PUT', 'DELETE'].flatMap((method) => [
    `${method} /api/user/settings`,
    `${method} /api/user/settings/{type}`,
    `${method} /api/user/settings/{paths}`,
    `${method} /api/user/settings/{type}/{paths}`,
  ])
  const nobodyElse = (body: unknown) => expect(JSON.stringify(body)).not.toContain(victim.email)
  return {
    params: { tenantId, paths: 'a.b', action: 'star', key: 'general' },
    paramsOf: {
      'GET /api/user/{userId}/token': user,
      'GET /api/user/{userId}/activationLink': user,
      'GET /api/user/{userId}/activationLinkInfo': user,
      'POST /api/user/{userId}/userCredentialsEnabled': user,
      'DELETE /api/user/{userId}': user,
      'GET /api/users/assign/{alarmId}': { alarmId: alarm.id.id },
      'GET /api/user/settings/{type}': { type: 'QUICK_LINKS' },
      'PUT /api/user/settings/{type}': { type: 'QUICK_LINKS' },
      'DELETE /api/user/settings/{type}/{paths}': { type: 'QUICK_LINKS' },
    },
    query: { email: victim.email, activateToken: 'none', resetToken: 'none', userIds: victim.id.id },
    queryOf: {
      'POST /api/user': { sendActivationMail: 'false' },
      'POST /api/user/{userId}/userCredentialsEnabled': { userCredentialsEnabled: 'false' },
      'GET /api/users': { userIds: victim.id.id },
    },
    bodies: {
      'POST /api/user': () => ({ id: victim.id, email: victim.email, firstName: 'Taken over' }),
      'POST /api/user/settings': () => ({ own: 1 }),
      'PUT /api/user/settings': () => ({ own: 1 }),
      'PUT /api/user/settings/{type}': () => ({ own: 1 }),
      'POST /api/admin/settings': () => ({ key: 'general', jsonValue: { baseUrl: 'https://taken.example' } }),
      'POST /api/admin/settings/testMail': () => ({
        key: 'mail',
        jsonValue: { mailFrom: 'a@b.c', smtpHost: '127.0.0.1', smtpPort: 1 },
      }),
      'POST /api/noauth/activate': () => ({ activateToken: 'none', password: 'taken over' }),
      'POST /api/noauth/resetPasswordByEmail': () => ({ email: 'nobody@example.org' }),
      'POST /api/noauth/resetPassword': () => ({ resetToken: 'none', password: 'taken over' }),
    },
    publicRoutes: [
      'GET /api/dev/mail',
      'GET /api/dev/mail/json',
      'GET /api/dev/mail/style.css',
      'GET /api/noauth/activate',
      'POST /api/noauth/activate',
      'GET /api/noauth/resetPassword',
      'POST /api/noauth/resetPassword',
      'POST /api/noauth/resetPasswordByEmail',
      'GET /api/noauth/userPasswordPolicy',
    ],
    actsForCaller: [...ownSettings, 'POST /api/user/settings'],
    harmless: { 'GET /api/users': nobodyElse, 'GET /api/users/list': nobodyElse },
    belongings: async () => ({
      users: (await db.userDirectory.list(scope, { pageSize: 100, page: 0 })).data.map(
        // The walk signs in.
        ({ additionalInfo, ...rest }) => ({ ...rest, isOpen: additionalInfo?.userCredentialsEnabled }),
      ),
      link: await db.userLinks.activationOf(victim.id.id),
      settings: await db.userSettings.find(admin.userId, 'GENERAL'),
      ofCustomer: await db.userDirectory.list({ kind: 'customer', tenantId, customerId }, { pageSize: 10, page: 0 }),
      general: await db.settings.get('general'),
    }),
  }
}
