import { AppError } from '@thingwire/contracts'
import type { UserAccount } from '@thingwire/db'
import { z } from 'zod'
import type { Caller } from '../auth/sign-in.ts'
import { notFound } from '../access/entity-access.ts'
import type { ApiDeps } from './api-deps.ts'
import { userSchema } from './entity-schemas.ts'
import { pathId } from './page-query.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

/** Whose profile a caller may read (as ThingsBoard). */
const mayRead = (caller: Caller, { user }: UserAccount): boolean => {
  if (caller.userId === user.id.id) return true
  switch (caller.authority) {
    case 'SYS_ADMIN':
      return user.authority !== 'CUSTOMER_USER'
    case 'TENANT_ADMIN':
      return user.authority !== 'SYS_ADMIN' && user.tenantId.id === caller.tenantId
    case 'CUSTOMER_USER':
      return user.tenantId.id === caller.tenantId && user.customerId.id === caller.customerId
  }
}

export const userRoutes = ({ database }: ApiDeps): RouteGroup => {
  const tag = 'Users'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/user/:userId',
        access: anyone,
        summary: 'One user',
        params: z.object({ userId: pathId }),
        response: userSchema,
        handle: async ({ caller, params }) => {
          const account = await database.users.findAccountById(params.userId)
          if (!account) throw notFound('USER')
          if (!mayRead(caller, account)) throw new AppError('PERMISSION_DENIED')
          return account.user
        },
      })
    },
  }
}
