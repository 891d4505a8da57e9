import {
  AppError,
  entityId,
  jwtPairSchema,
  saveUserSchema,
  type User,
  userActivationLinkSchema,
  userEmailInfoSchema,
  userSchema,
  uuidSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { toJwtPair } from './login-answer.ts'
import { optionalPageQuery, pageQuerySchema, pathId, queryFlag, requirePageLink, toPageLink } from './page-query.ts'
import {
  addRoute,
  anyone,
  type RouteGroup,
  systemAdmin,
  systemOrTenant,
  tenantAdmin,
  tenantOrCustomer,
} from './route.ts'

const userParams = z.object({ userId: pathId })
const flagDefaultTrue = queryFlag.default(true)

const maxIds = 1_000
/** Ids separated by commas. */
const idList = z
  .string({ error: "Required request parameter 'userIds' for method parameter type Set is not present" })
  .transform((text) =>
    text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  )
  .refine((ids) => ids.length <= maxIds, `Not more than ${maxIds} ids at once`)
  .refine((ids) => ids.every((id) => uuidSchema.safeParse(id).success), 'Invalid UUID string in userIds')

const toEmailInfo = ({ id, email, firstName, lastName }: User) => ({ id, email, firstName, lastName })

/** Users, their activation links, and signing in as somebody else (as ThingsBoard). */
export const userRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Users'
  return {
    tag,
    register: (api) => {
      entityRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      accountRoutes(api, tag, deps)
    },
  }
}

const entityRoutes = (api: FastifyInstance, tag: string, { users }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/user/:userId',
    access: anyone,
    summary: 'One user',
    params: userParams,
    response: userSchema,
    handle: ({ caller, params }) => users.get(caller, params.userId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/user',
    access: anyone,
    summary: 'Create a user, who then gets an activation link by mail, or change one',
    query: z.object({ sendActivationMail: flagDefaultTrue }),
    body: saveUserSchema,
    response: userSchema,
    handle: ({ caller, query, body }) => users.save(caller, body, { isMailWanted: query.sendActivationMail }),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/user/:userId',
    access: systemOrTenant,
    summary: 'Delete a user',
    params: userParams,
    response: 'empty',
    handle: ({ caller, params }) => users.delete(caller, params.userId),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { database, access }: ApiDeps): void => {
  const { userDirectory } = database
  const byIds = async (caller: Parameters<typeof scopeOf>[0], ids: readonly string[]) =>
    (await userDirectory.list(scopeOf(caller), { pageSize: maxIds, page: 0 }, { ids })).data
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/users',
    access: tenantOrCustomer,
    summary: 'Users of the tenant, or of the own customer; with userIds: those of them',
    query: z.object({ ...optionalPageQuery, userIds: idList.optional() }),
    response: z.union([pageOf(userSchema), z.array(userSchema)]),
    handle: ({ caller, query }) =>
      query.userIds ? byIds(caller, query.userIds) : userDirectory.list(scopeOf(caller), requirePageLink(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/users/list',
    access: tenantOrCustomer,
    summary: 'Users by their ids; those that the caller may not see are left out',
    query: z.object({ userIds: idList }),
    response: z.array(userSchema),
    handle: ({ caller, query }) => byIds(caller, query.userIds),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/users/info',
    access: tenantOrCustomer,
    summary: 'Names and addresses of the users that the caller may see',
    query: pageQuerySchema,
    response: pageOf(userEmailInfoSchema),
    handle: async ({ caller, query }) => {
      const page = await userDirectory.list(scopeOf(caller), toPageLink(query))
      return { ...page, data: page.data.map(toEmailInfo) }
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/users/assign/:alarmId',
    access: tenantOrCustomer,
    summary: 'Users to whom an alarm can be assigned',
    params: z.object({ alarmId: pathId }),
    query: pageQuerySchema,
    response: pageOf(userEmailInfoSchema),
    handle: async ({ caller, params, query }) => {
      const { head } = await access.require(caller, entityId('ALARM', params.alarmId), 'READ', { missingText: 'byId' })
      // Administrators, and the users of the customer whose alarm it is; customers see their own people only.
      const customerIds = caller.authority === 'TENANT_ADMIN' ? [null, ...head.customerIds] : head.customerIds
      const page = await userDirectory.list(scopeOf(caller), toPageLink(query), { customerIds })
      return { ...page, data: page.data.map(toEmailInfo) }
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/:tenantId/users',
    access: systemAdmin,
    summary: 'Administrators of a tenant',
    params: z.object({ tenantId: pathId }),
    query: pageQuerySchema,
    response: pageOf(userSchema),
    handle: ({ params, query }) =>
      userDirectory.list({ kind: 'tenant', tenantId: params.tenantId }, toPageLink(query), {
        authority: 'TENANT_ADMIN',
      }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/users',
    access: tenantAdmin,
    summary: 'Users of a customer',
    params: z.object({ customerId: pathId }),
    query: pageQuerySchema,
    response: pageOf(userSchema),
    handle: async ({ caller, params, query }) => {
      await access.require(caller, entityId('CUSTOMER', params.customerId), 'READ', { missingText: 'byId' })
      return userDirectory.list(scopeOf(caller), toPageLink(query), {
        authority: 'CUSTOMER_USER',
        customerIds: [params.customerId],
      })
    },
  })
}

const accountRoutes = (api: FastifyInstance, tag: string, { users, signIn, config }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/user/tokenAccessEnabled',
    access: systemOrTenant,
    summary: 'Whether administrators may sign in as users below them',
    response: z.boolean(),
    handle: () => config.USER_TOKEN_ACCESS,
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/user/:userId/token',
    access: systemOrTenant,
    summary: 'Sign in as another user',
    params: userParams,
    response: jwtPairSchema,
    handle: async ({ caller, params }) => {
      if (!config.USER_TOKEN_ACCESS) throw new AppError('PERMISSION_DENIED')
      return toJwtPair(await signIn.asUser(caller, await users.get(caller, params.userId)))
    },
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/user/sendActivationMail',
    access: systemOrTenant,
    summary: 'Send the activation link again',
    query: z.object({ email: z.string({ error: "Required request parameter 'email' is not present" }).max(255) }),
    response: 'empty',
    handle: ({ caller, query }) => users.sendActivationMail(caller, query.email),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/user/:userId/activationLink',
    access: systemOrTenant,
    summary: 'The activation link as plain text',
    params: userParams,
    response: 'raw',
    handle: async ({ caller, params, reply }) => {
      const { value } = await users.activationLink(caller, params.userId)
      reply.type('text/plain; charset=utf-8').send(value)
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/user/:userId/activationLinkInfo',
    access: systemOrTenant,
    summary: 'The activation link and how long it works',
    params: userParams,
    response: userActivationLinkSchema,
    handle: ({ caller, params }) => users.activationLink(caller, params.userId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/user/:userId/userCredentialsEnabled',
    access: systemOrTenant,
    summary: 'Open or close an account; closing ends its sessions',
    params: userParams,
    query: z.object({ userCredentialsEnabled: flagDefaultTrue }),
    response: 'empty',
    handle: ({ caller, params, query }) => users.setEnabled(caller, params.userId, query.userCredentialsEnabled),
  })
}
