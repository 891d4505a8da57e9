import {
  adminSettingsSchema,
  featuresInfoSchema,
  jwtPairSchema,
  jwtSettingsSchema,
  platformTwoFaSettingsSchema,
  saveAdminSettingsSchema,
  securitySettingsSchema,
  systemInfoSchema,
  updateMessageSchema,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import engine from '../../package.json' with { type: 'json' }
import { hostInfo } from '../admin-settings/host-info.ts'
import { engineRoles } from '../config.ts'
import type { ApiDeps } from './api-deps.ts'
import { toJwtPair } from './login-answer.ts'
import { addRoute, type RouteGroup, systemAdmin } from './route.ts'

/** Settings of the whole system and what it tells about itself (as ThingsBoard). */
export const adminRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Administration'
  return {
    tag,
    register: (api) => {
      settingsRoutes(api, tag, deps)
      securityRoutes(api, tag, deps)
      factsRoutes(api, tag, deps)
    },
  }
}

const settingsRoutes = (api: FastifyInstance, tag: string, { adminSettings }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/admin/settings/:key',
    access: systemAdmin,
    summary: 'Settings of the system by their key, without passwords',
    params: z.object({ key: z.string().min(1).max(255) }),
    response: adminSettingsSchema,
    handle: ({ params }) => adminSettings.get(params.key),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/admin/settings',
    access: systemAdmin,
    summary: 'Save settings; a password that is left out stays',
    body: saveAdminSettingsSchema,
    response: adminSettingsSchema,
    handle: ({ caller, body }) => adminSettings.save(caller, body),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/admin/settings/testMail',
    access: systemAdmin,
    summary: 'Send a mail to yourself with these settings',
    body: saveAdminSettingsSchema,
    response: 'empty',
    handle: ({ caller, body }) => adminSettings.testMail(caller, body),
  })
}

const securityRoutes = (api: FastifyInstance, tag: string, deps: ApiDeps): void => {
  const { adminSettings, securitySettings, signingKey, signIn } = deps
  const path = '/api/admin/securitySettings'
  addRoute(api, tag, {
    method: 'GET',
    path,
    access: systemAdmin,
    summary: 'Password policy, lockout and lifetimes of links',
    response: securitySettingsSchema,
    handle: () => securitySettings.get(),
  })
  addRoute(api, tag, {
    method: 'POST',
    path,
    access: systemAdmin,
    summary: 'Change password policy, lockout and lifetimes of links',
    body: securitySettingsSchema,
    response: securitySettingsSchema,
    handle: async ({ caller, body }) => {
      const saved = await securitySettings.save(body)
      await adminSettings.noteChange(caller, 'securitySettings', saved)
      return saved
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/admin/jwtSettings',
    access: systemAdmin,
    summary: 'What tokens are signed with and how long they last, seconds',
    response: jwtSettingsSchema,
    handle: () => signingKey.get(),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/admin/jwtSettings',
    access: systemAdmin,
    summary: 'Change how tokens are signed; a new key signs everybody out but you, who get a new pair',
    body: jwtSettingsSchema,
    response: jwtPairSchema,
    handle: async ({ caller, body }) => {
      const { tokenSigningKey: _secret, ...shown } = await signingKey.save(body)
      await adminSettings.noteChange(caller, 'jwt', shown)
      return toJwtPair(await signIn.renew(caller))
    },
  })
}

const factsRoutes = (api: FastifyInstance, tag: string, deps: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/admin/updates',
    access: systemAdmin,
    summary: 'The version that runs; nobody outside is asked for newer ones',
    response: updateMessageSchema,
    handle: () => ({
      updateAvailable: false,
      currentVersion: engine.version,
      latestVersion: engine.version,
      upgradeInstructionsUrl: null,
      currentVersionReleaseNotesUrl: null,
      latestVersionReleaseNotesUrl: null,
    }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/admin/systemInfo',
    access: systemAdmin,
    summary: 'Load, memory and disk of the host that answers',
    response: systemInfoSchema,
    handle: async () => {
      const monolith = engineRoles.every((role) => deps.config.ENGINE_ROLES.includes(role))
      return { monolith, systemData: [await hostInfo(monolith ? 'MONOLITH' : 'TB_CORE')] }
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/admin/featuresInfo',
    access: systemAdmin,
    summary: 'Which ways to reach people are set up',
    response: featuresInfoSchema,
    handle: async () => ({
      emailEnabled: await deps.mail.isConfigured(),
      // Neither SMS nor sign-in by other providers nor notifications exist yet.
      smsEnabled: false,
      oauthEnabled: false,
      twoFaEnabled: offersTwoFa(await deps.database.settings.get('twoFaSettings')),
      notificationEnabled: false,
    }),
  })
}

const offersTwoFa = (stored: unknown): boolean => {
  const parsed = platformTwoFaSettingsSchema.safeParse(stored)
  return parsed.success && parsed.data.providers.length > 0
}
