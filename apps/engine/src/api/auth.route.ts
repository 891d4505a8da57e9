import {
  changePasswordSchema,
  jwtPairSchema,
  loginAnswerSchema,
  loginSchema,
  publicLoginSchema,
  refreshSchema,
  type SignInInfo,
} from '@thingwire/contracts'
import { visitorOf } from '../auth/visitor.ts'
import type { ApiDeps } from './api-deps.ts'
import { signInInfoSchema, userSchema } from './entity-schemas.ts'
import { toJwtPair, toLoginAnswer } from './login-answer.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

/** Sign-in for API clients: tokens in the body (as ThingsBoard). */
export const authRoutes = ({ signIn, config }: ApiDeps): RouteGroup => {
  const tag = 'Sign-in'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/auth/login',
        access: 'public',
        summary: 'Sign in with e-mail and password; a scope in the answer names the step that is still missing',
        body: loginSchema,
        invalidBody: 'AUTH_REQUIRED',
        response: loginAnswerSchema,
        handle: async ({ body, request }) =>
          toLoginAnswer(await signIn.withPassword({ ...body, visitor: visitorOf(request) })),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/auth/login/public',
        access: 'public',
        summary: 'Sign in as anybody who may see what a public customer sees',
        body: publicLoginSchema,
        invalidBody: 'AUTH_REQUIRED',
        response: jwtPairSchema,
        handle: async ({ body }) => toJwtPair(await signIn.publicly(body.publicId)),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/auth/token',
        access: 'public',
        summary: 'New tokens for a refresh token',
        body: refreshSchema,
        invalidBody: 'AUTH_REQUIRED',
        response: jwtPairSchema,
        handle: async ({ body }) => toJwtPair(await signIn.refresh(body.refreshToken)),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/auth/changePassword',
        access: anyone,
        summary: 'Choose another password; all other sessions of the account end',
        body: changePasswordSchema,
        response: jwtPairSchema,
        handle: async ({ caller, body, request }) =>
          toJwtPair(await signIn.changePassword(caller, { ...body, address: request.ip })),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/auth/logout',
        access: anyone,
        summary: 'Sign out: the tokens of this session stop being valid',
        response: 'empty',
        handle: ({ caller, request }) => signIn.signOut(caller, visitorOf(request)),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/auth/user',
        access: anyone,
        summary: 'Who is signed in',
        response: userSchema,
        handle: ({ caller }) => caller.user,
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/noauth/sign-in-info',
        access: 'public',
        summary: 'What the sign-in page shows',
        response: signInInfoSchema,
        handle: async () => ({
          demoAccounts: config.DEMO_ACCOUNTS && config.NODE_ENV !== 'production' ? await demoAccounts() : [],
        }),
      })
    },
  }
}

/** Loaded only where there is a demo: the seeds bring the whole of Prisma with them. */
const demoAccounts = async (): Promise<SignInInfo['demoAccounts']> => {
  const { demoAccounts: accounts } = await import('@thingwire/db/seed')
  return accounts.map(({ email, password, authority }) => ({ username: email, password, role: authority }))
}
