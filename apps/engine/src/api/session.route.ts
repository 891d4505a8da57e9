import {
  AppError,
  changePasswordSchema,
  loginSchema,
  type PendingSession,
  pendingSessionSchema,
  publicSessionSchema,
  refreshCookie,
  type Session,
  twoFaProviderInfoSchema,
  twoFaSendSchema,
  twoFaVerifySchema,
} from '@thingwire/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { clearSessionCookies, setFrameCookie, setPartialCookie, setSessionCookies } from '../auth/cookies.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
import { type Entered, isPending, type SignedIn } from '../auth/sign-in.ts'
import { visitorOf } from '../auth/visitor.ts'
import type { ApiDeps } from './api-deps.ts'
import { sessionSchema } from './entity-schemas.ts'
import { addRoute, anyone, beforeVerification, type RouteGroup, settingUpFactors } from './route.ts'

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

const answerStep = (request: FastifyRequest, reply: FastifyReply, entered: Entered): Session | PendingSession => {
  if (!isPending(entered)) return answer(request, reply, entered)
  setPartialCookie(request, reply, entered.token)
  return { scope: entered.scope, expiresAt: entered.token.expiresAtMs }
}

/** Sign-in for browsers: httpOnly cookies, no token ever in a body (docs/architecture.md §7). */
export const sessionRoutes = (deps: ApiDeps): RouteGroup => {
  const { signIn } = deps
  const tag = 'Browser session'
  const path = '/api/session'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path,
        access: 'public',
        summary: 'Sign in; sets the session cookies, or one for the step that is still missing',
        body: loginSchema,
        invalidBody: 'AUTH_REQUIRED',
        response: z.union([sessionSchema, pendingSessionSchema]),
        handle: async ({ body, request, reply }) => {
          requireOwnPage(request)
          return answerStep(request, reply, await signIn.withPassword({ ...body, visitor: visitorOf(request) }))
        },
      })
      addRoute(api, tag, {
        method: 'POST',
        path: `${path}/public`,
        access: 'public',
        summary: 'Come in by a public link; sets the session cookies of a visitor who may only look',
        body: publicSessionSchema,
        invalidBody: 'AUTH_REQUIRED',
        response: sessionSchema,
        handle: async ({ body, request, reply }) => {
          requireOwnPage(request)
          const signedIn = await signIn.publicly(body.publicId)
          if (!body.isFramed) return answer(request, reply, signedIn)
          setFrameCookie(reply, signedIn.pair)
          return { user: signedIn.user, expiresAt: signedIn.pair.access.expiresAtMs }
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
        method: 'POST',
        path: `${path}/password`,
        access: anyone,
        summary: 'Choose another password; all other sessions of the account end, this one gets new cookies',
        body: changePasswordSchema,
        response: sessionSchema,
        handle: async ({ caller, body, request, reply }) =>
          answer(request, reply, await signIn.changePassword(caller, { ...body, address: request.ip })),
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
          if (token) await signIn.signOutByRefreshToken(token, visitorOf(request))
          clearSessionCookies(request, reply)
        },
      })
      stepRoutes(api, tag, deps)
    },
  }
}

/** The steps between the password and the session; the cookie of the unfinished sign-in says whose they are. */
const stepRoutes = (api: FastifyInstance, tag: string, { signIn, secondFactor }: ApiDeps): void => {
  const path = '/api/session/2fa'
  addRoute(api, tag, {
    method: 'GET',
    path: `${path}/providers`,
    access: beforeVerification,
    summary: 'What the second step of signing in can be done with',
    response: z.array(twoFaProviderInfoSchema),
    handle: ({ caller }) => secondFactor.providers(caller.userId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: `${path}/send`,
    access: beforeVerification,
    summary: 'Send a verification code',
    body: twoFaSendSchema,
    response: 'empty',
    handle: ({ caller, body }) => secondFactor.send(caller.userId, body.providerType),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: `${path}/verify`,
    access: beforeVerification,
    summary: 'Check a verification code; sets the session cookies',
    body: twoFaVerifySchema,
    response: sessionSchema,
    handle: async ({ caller, body, request, reply }) => {
      const visitor = visitorOf(request)
      await secondFactor.check(caller.user, body.providerType, body.verificationCode, visitor)
      return answer(request, reply, await signIn.complete(caller, visitor))
    },
  })
  addRoute(api, tag, {
    method: 'POST',
    path: `${path}/login`,
    access: settingUpFactors,
    summary: 'Go on after a second factor was set up; sets the session cookies',
    response: sessionSchema,
    handle: async ({ caller, request, reply }) => {
      await secondFactor.requireSetUp(caller.user, caller.sessionId)
      return answer(request, reply, await signIn.complete(caller, visitorOf(request)))
    },
  })
}
