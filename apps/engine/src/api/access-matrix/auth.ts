import { apiKeySchema } from '@thingwire/contracts'
import type { PrepareRoom } from './room.ts'

/** Sign-in, API keys and second factors. */
export const authRoom: PrepareRoom = async (api) => {
  const { admin } = api.tenant
  const user = { entityType: 'USER', id: admin.userId } as const
  const made = await api.admin.post('/api/apiKey', { userId: user, description: 'Of the matrix' })
  const key = apiKeySchema.parse(made.body)
  const id = key.id.id
  return {
    paramsOf: {
      'DELETE /api/apiKey/{id}': { id },
      'PUT /api/apiKey/{id}/description': { id },
      'PUT /api/apiKey/{id}/enabled/{enabledValue}': { id, enabledValue: 'false' },
      'GET /api/apiKeys/{userId}': { userId: admin.userId },
    },
    query: { providerType: 'TOTP', verificationCode: '000000' },
    bodies: {
      'POST /api/apiKey': () => ({ id: key.id, userId: user, description: 'taken over', enabled: false }),
      'PUT /api/2fa/account/config': () => ({ useByDefault: true }),
    },
    publicRoutes: ['POST /api/auth/login/public', 'POST /api/session/public'],
    // What these change is the caller's own, whoever that is.
    actsForCaller: [
      'POST /api/auth/changePassword',
      'POST /api/session/password',
      'POST /api/2fa/account/config',
      'PUT /api/2fa/account/config',
      'DELETE /api/2fa/account/config',
      'POST /api/2fa/account/config/generate',
      'POST /api/2fa/account/config/submit',
    ],
    belongings: async () => ({
      keys: await api.db.apiKeys.list(admin.userId, { pageSize: 100, page: 0 }),
      factors: await api.db.twoFactor.find(admin.userId),
      platform: await api.db.settings.get('twoFaSettings'),
    }),
  }
}
