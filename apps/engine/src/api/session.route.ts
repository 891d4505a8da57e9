import { AppError, loginSchema, refreshCookie, type Session } from '@thingwire/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clearSessionCookies, setSessionCookies } from '../auth/cookies.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
import type { SignedIn } from '../auth/sign-in.ts'
import type { ApiDeps } from './api-deps.ts'
import { sessionSchema } from './entity-schemas.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

/**
 * Signing a visitor in or out from a foreign page is an attack of its own, so the public writes of this door check the
 * origin too; everywhere else the authentication does.
 */
const requireOwnPage = (request: FastifyRequest): void => {
  if (!isSameOrigin(request.headers)) throw new AppError('AUTH_FOREIGN_ORIGIN')
}

const answer = (request: FastifyRequest, reply: FastifyReply, { user, pair }: SignedIn): Session => {
  setSessionCookies(request, reply, pair)
  return { user, expiresAt: pair.access.expiresAtMs }
}

/** Sign-in for browsers: httpOnly cookies, no token ever in a body (docs/architecture.md §7). */
export const sessionRoutes = ({ signIn }: ApiDeps): RouteGroup => {
  const tag = 'Browser session'
  const path = '/api/session'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path,
        access: 'public',
        summary: 'Sign in; sets the session cookies',
        body: loginSchema,
        invalidBody: 'AUTH_REQUIRED',
        response: sessionSchema,
        handle: async ({ body, request, reply }) => {
          requireOwnPage(request)
          return answer(request, reply, await signIn.withPassword({ ...body, address: request.ip }))
        },
      })
      addRoute(api, tag, {
        method: 'GET',
        path,
        access: anyone,
        summary: 'Who is signed in, and until when without a refresh',
        response: sessionSchema,
        handle: ({ caller }) => ({ user: caller.user, expiresAt: caller.accessExpiresAtMs }),
      })
      addRoute(api, tag, {
        method: 'POST',
        path: `${path}/refresh`,
        access: 'public',
        summary: 'New cookies for the refresh cookie',
        response: sessionSchema,
        handle: async ({ request, reply }) => {
          requireOwnPage(request)
          const token = request.cookies[refreshCookie]
          if (!token) throw new AppError('AUTH_REQUIRED')
          try {
            return answer(request, reply, await signIn.refresh(token))
          } catch (error) {
            if (error instanceof AppError && error.act === 'caller') clearSessionCookies(request, reply)
            throw error
          }
        },
      })
      addRoute(api, tag, {
        method: 'DELETE',
        path,
        access: 'public',
        summary: 'Sign out; the cookies are cleared, whatever state the session is in',
        response: 'empty',
        handle: async ({ request, reply }) => {
          requireOwnPage(request)
          const token = request.cookies[refreshCookie]
          if (token) await signIn.signOutByRefreshToken(token)
          clearSessionCookies(request, reply)
        },
      })
    },
  }
}
