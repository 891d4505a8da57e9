import {
  activateUserSchema,
  AppError,
  loginAnswerSchema,
  resetPasswordEmailSchema,
  resetPasswordSchema,
  userPasswordPolicySchema,
} from '@thingwire/contracts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { visitorOf } from '../auth/visitor.ts'
import type { FollowedLink } from '../users/password-links-service.ts'
import type { ApiDeps } from './api-deps.ts'
import { toLoginAnswer } from './login-answer.ts'
import { queryFlag } from './page-query.ts'
import { addRoute, type RouteGroup } from './route.ts'

const token = (name: string) =>
  z.string({ error: `Required request parameter '${name}' for method parameter type String is not present` }).max(255)

/** To the page of the web console that goes on with the link. */
const redirect = (reply: FastifyReply, followed: FollowedLink, pages: { good: string; expired: string }): void => {
  if (followed === 'unknown') throw new AppError('CONFLICT', 'The link is not valid')
  reply.redirect(pages[followed], 303)
}

/** Choosing a password by a link, for people who cannot sign in yet (as ThingsBoard). */
export const accountRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Activation and passwords'
  return {
    tag,
    register: (api) => {
      activationRoutes(api, tag, deps)
      resetRoutes(api, tag, deps)
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/noauth/userPasswordPolicy',
        access: 'public',
        summary: 'What a password must look like',
        response: userPasswordPolicySchema,
        handle: () => deps.credentials.policy(),
      })
    },
  }
}

const activationRoutes = (api: FastifyInstance, tag: string, { passwordLinks, signIn }: ApiDeps): void => {
  const path = '/api/noauth/activate'
  addRoute(api, tag, {
    method: 'GET',
    path,
    access: 'public',
    summary: 'The link of an activation mail: leads on to the page where the password is chosen',
    query: z.object({ activateToken: token('activateToken') }),
    response: 'raw',
    handle: async ({ query: { activateToken }, reply }) =>
      redirect(reply, await passwordLinks.followActivation(activateToken), {
        good: `/login/createPassword?activateToken=${encodeURIComponent(activateToken)}`,
        expired: '/activationLinkExpired',
      }),
  })
  addRoute(api, tag, {
    method: 'POST',
    path,
    access: 'public',
    summary: 'Choose the first password; signs in',
    query: z.object({ sendActivationMail: queryFlag.default(true) }),
    body: activateUserSchema,
    response: loginAnswerSchema,
    handle: async ({ query, body, request }) => {
      const user = await passwordLinks.activate({
        token: body.activateToken,
        password: body.password,
        isMailWanted: query.sendActivationMail,
      })
      return toLoginAnswer(await signIn.enter(user.id.id, visitorOf(request)))
    },
  })
}

const resetRoutes = (api: FastifyInstance, tag: string, { passwordLinks }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/noauth/resetPasswordByEmail',
    access: 'public',
    summary: 'Ask for a link to choose a new password; the answer is the same for unknown addresses',
    body: resetPasswordEmailSchema,
    response: 'empty',
    handle: ({ body }) => passwordLinks.requestReset(body.email),
  })
  const path = '/api/noauth/resetPassword'
  addRoute(api, tag, {
    method: 'GET',
    path,
    access: 'public',
    summary: 'The link of a reset mail: leads on to the page where the password is chosen; five times an hour',
    query: z.object({ resetToken: token('resetToken') }),
    response: 'raw',
    handle: async ({ query: { resetToken }, reply }) =>
      redirect(reply, await passwordLinks.followReset(resetToken), {
        good: `/login/resetPassword?resetToken=${encodeURIComponent(resetToken)}`,
        expired: '/passwordResetLinkExpired',
      }),
  })
  addRoute(api, tag, {
    method: 'POST',
    path,
    access: 'public',
    summary: 'Choose a new password; ends all sessions of the account',
    body: resetPasswordSchema,
    response: 'empty',
    handle: ({ body }) => passwordLinks.reset({ token: body.resetToken, password: body.password }),
  })
}
