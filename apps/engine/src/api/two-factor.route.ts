import {
  accountTwoFaSettingsSchema,
  AppError,
  platformTwoFaSettingsSchema,
  jwtPairSchema,
  twoFaAccountConfigSchema,
  twoFaAccountDraftSchema,
  twoFaConfigUpdateSchema,
  twoFaProviderInfoSchema,
  twoFaProviderTypeSchema,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../auth/sign-in.ts'
import { visitorOf } from '../auth/visitor.ts'
import type { ApiDeps } from './api-deps.ts'
import { toJwtPair } from './login-answer.ts'
import { addRoute, anyone, beforeVerification, type RouteGroup, settingUpFactors, systemAdmin } from './route.ts'

/** Whoever is signed in, or must set up a second factor to be. */
const anyoneSettingUp = [...anyone, ...settingUpFactors] as const
const providerQuery = z.object({ providerType: twoFaProviderTypeSchema })

/** Second factors: what the platform offers, what an account has, and the step of the sign-in (as ThingsBoard). */
export const twoFactorRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Two-factor authentication'
  return {
    tag,
    register: (api) => {
      platformRoutes(api, tag, deps)
      accountRoutes(api, tag, deps)
      verificationRoutes(api, tag, deps)
    },
  }
}

const platformRoutes = (api: FastifyInstance, tag: string, { platformTwoFa, accountFactors }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/2fa/settings',
    access: systemAdmin,
    summary: 'What the platform offers and demands; null: no second factors',
    response: platformTwoFaSettingsSchema.nullable(),
    handle: () => platformTwoFa.get(),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/2fa/settings',
    access: systemAdmin,
    summary: 'Change what the platform offers and demands',
    body: platformTwoFaSettingsSchema,
    response: platformTwoFaSettingsSchema,
    handle: async ({ body }) => {
      await platformTwoFa.save(body)
      return body
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/2fa/providers',
    access: anyoneSettingUp,
    summary: 'Providers that an account can set up',
    response: z.array(twoFaProviderTypeSchema),
    handle: () => accountFactors.offered(),
  })
}

const accountRoutes = (api: FastifyInstance, tag: string, { accountFactors, secondFactor }: ApiDeps): void => {
  const path = '/api/2fa/account'
  /** A password alone must not be enough to change factors that are there. */
  const requireRight = async (caller: Caller) => {
    if (caller.isPublic) throw new AppError('PERMISSION_DENIED')
    if ('partialScope' in caller) await secondFactor.requireUnprotected(caller.user, caller.sessionId)
  }
  addRoute(api, tag, {
    method: 'GET',
    path: `${path}/settings`,
    access: anyoneSettingUp,
    summary: "The caller's second factors; null: none",
    response: accountTwoFaSettingsSchema.nullable(),
    handle: async ({ caller }) => {
      await requireRight(caller)
      return accountFactors.settings(caller.userId)
    },
  })
  addRoute(api, tag, {
    method: 'POST',
    path: `${path}/config/generate`,
    access: anyoneSettingUp,
    summary: 'A draft of a second factor, with its secret or codes; nothing is kept',
    query: providerQuery,
    response: twoFaAccountDraftSchema,
    handle: async ({ caller, query }) => {
      await requireRight(caller)
      return accountFactors.generate(caller.user, query.providerType)
    },
  })
  addRoute(api, tag, {
    method: 'POST',
    path: `${path}/config/submit`,
    access: anyoneSettingUp,
    summary: 'Check a draft, and send the code that confirms its address',
    body: twoFaAccountConfigSchema,
    response: 'empty',
    handle: async ({ caller, body }) => {
      await requireRight(caller)
      await accountFactors.submit(caller.user, body)
    },
  })
  addRoute(api, tag, {
    method: 'POST',
    path: `${path}/config`,
    access: anyoneSettingUp,
    summary: 'Keep a second factor that the code proves',
    query: z.object({ verificationCode: z.string().max(100).optional() }),
    body: twoFaAccountConfigSchema,
    response: accountTwoFaSettingsSchema,
    handle: async ({ caller, query, body }) => {
      await requireRight(caller)
      const settings = await accountFactors.save(caller.user, body, query.verificationCode)
      if ('partialScope' in caller) await secondFactor.noteSetUp(caller.sessionId)
      return settings
    },
  })
  addRoute(api, tag, {
    method: 'PUT',
    path: `${path}/config`,
    access: anyone,
    summary: 'Use a second factor by default, or another one',
    query: providerQuery,
    body: twoFaConfigUpdateSchema,
    response: accountTwoFaSettingsSchema,
    handle: ({ caller, query, body }) =>
      accountFactors.setDefault(caller.userId, query.providerType, body.useByDefault),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: `${path}/config`,
    access: anyone,
    summary: 'Give up a second factor',
    query: providerQuery,
    response: accountTwoFaSettingsSchema,
    handle: ({ caller, query }) => accountFactors.remove(caller.userId, query.providerType),
  })
}

const verificationRoutes = (api: FastifyInstance, tag: string, { signIn, secondFactor }: ApiDeps): void => {
  const path = '/api/auth/2fa'
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
    path: `${path}/verification/send`,
    access: beforeVerification,
    summary: 'Send a verification code',
    query: providerQuery,
    response: 'empty',
    handle: ({ caller, query }) => secondFactor.send(caller.userId, query.providerType),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: `${path}/verification/check`,
    access: beforeVerification,
    summary: 'Check a verification code; signs in',
    query: providerQuery.extend({ verificationCode: z.string().max(100) }),
    response: jwtPairSchema,
    handle: async ({ caller, query, request }) => {
      const visitor = visitorOf(request)
      await secondFactor.check(caller.user, query.providerType, query.verificationCode, visitor)
      return toJwtPair(await signIn.complete(caller, visitor))
    },
  })
  addRoute(api, tag, {
    method: 'POST',
    path: `${path}/login`,
    access: settingUpFactors,
    summary: 'Go on after a second factor was set up; signs in',
    response: jwtPairSchema,
    handle: async ({ caller, request }) => {
      await secondFactor.requireSetUp(caller.user, caller.sessionId)
      return toJwtPair(await signIn.complete(caller, visitorOf(request)))
    },
  })
}
