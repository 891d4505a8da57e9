import { loginSchema, refreshSchema, type SignInInfo } from '@thingwire/contracts'
import type { SignedPair } from '../auth/tokens.ts'
import type { ApiDeps } from './api-deps.ts'
import { jwtPairSchema, signInInfoSchema, userSchema } from './entity-schemas.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

const toJwtPair = ({ access, refresh }: SignedPair) => ({ token: access.token, refreshToken: refresh.token })

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
        summary: 'Sign in with e-mail and password',
        body: loginSchema,
        invalidBody: 'AUTH_REQUIRED',
        response: jwtPairSchema,
        handle: async ({ body, request }) =>
          toJwtPair((await signIn.withPassword({ ...body, address: request.ip })).pair),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/auth/token',
        access: 'public',
        summary: 'New tokens for a refresh token',
        body: refreshSchema,
        invalidBody: 'AUTH_REQUIRED',
        response: jwtPairSchema,
        handle: async ({ body }) => toJwtPair((await signIn.refresh(body.refreshToken)).pair),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/auth/logout',
        access: anyone,
        summary: 'Sign out: the tokens of this session stop being valid',
        response: 'empty',
        handle: ({ caller }) => signIn.signOut(caller),
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
