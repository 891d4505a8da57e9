import {
  type AdminSettings,
  AppError,
  entityId,
  generalSettingsSchema,
  type MailSettings,
  mailSettingsSchema,
  nullUuid,
  type SaveAdminSettings,
} from '@thingwire/contracts'
import type { Database, StoredSetting } from '@thingwire/db'
import type { z } from 'zod'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/caller.ts'
import type { MailService } from '../mail/mail-service.ts'
import { testMail } from '../mail/mail-templates.ts'
import type { Config } from '../config.ts'
import type { BaseUrl } from './base-url.ts'
import { createUnsetSettings } from './unset-settings.ts'

export type AdminSettingsService = {
  /** Without its secrets. Throws 404 when nothing is stored under the key and an installation has no such settings. */
  get(key: string): Promise<AdminSettings>
  /** Secrets that are left out stay what they are. */
  save(caller: Caller, settings: SaveAdminSettings): Promise<AdminSettings>
  /** Notes in the audit log that settings with an endpoint of their own were changed; `shown` without secrets. */
  noteChange(caller: Caller, key: string, shown: unknown): Promise<void>
  /** Sends a mail to the caller with settings that need not be saved. */
  testMail(caller: Caller, settings: SaveAdminSettings): Promise<void>
}

/** These have endpoints of their own, which check them and tell other processes. */
const keysElsewhere: readonly string[] = ['jwt', 'securitySettings', 'twoFaSettings']
const mailSecrets = ['password', 'proxyPassword', 'refreshToken'] as const
const maxLength = 100_000

type Json = Record<string, unknown>

export const createAdminSettingsService = (deps: {
  settings: Pick<Database['settings'], 'find' | 'get' | 'save'>
  mail: Pick<MailService, 'sendWith'>
  baseUrl: BaseUrl
  config: Pick<Config, 'HTTP_PORT' | 'MQTT_PORT' | 'COAP_PORT'>
  actions: EntityActions
  invalidate: Invalidate
}): AdminSettingsService => {
  const { settings } = deps
  const unset = createUnsetSettings(deps)

  const withStoredSecrets = async (value: Json): Promise<Json> => {
    const stored = asObject(await settings.get('mail'))
    const kept = mailSecrets.filter((name) => value[name] == null && stored[name] != null)
    return { ...value, ...Object.fromEntries(kept.map((name) => [name, stored[name]])) }
  }

  const checked = async ({ key, jsonValue }: SaveAdminSettings): Promise<Json> => {
    if (JSON.stringify(jsonValue).length > maxLength)
      throw new AppError(
        'ARGUMENT_INVALID',
        `Validation error: jsonValue length must be equal or less than ${maxLength}`,
      )
    if (key === 'general') return parse(generalSettingsSchema, jsonValue)
    if (key === 'mail') {
      const value = await withStoredSecrets(jsonValue)
      parse(mailSettingsSchema, value)
      return value
    }
    return jsonValue
  }

  const find = async (key: string): Promise<StoredSetting | null> => {
    const stored = await settings.find(key)
    const value = stored ? null : Object.hasOwn(unset, key) ? await unset[key]?.() : null
    return value ? { id: nullUuid, createdTime: 0, key, value } : stored
  }

  const get = async (key: string): Promise<AdminSettings> => {
    requireOwnKey(key)
    const stored = await find(key)
    if (!stored) throw new AppError('ENTITY_NOT_FOUND', `No Administration settings found for key: ${key}`)
    return toAdminSettings(stored)
  }

  const note = (caller: Caller, key: string, id: string, entity: unknown) =>
    deps.actions.record(caller, {
      action: 'UPDATED',
      entityId: entityId('ADMIN_SETTINGS', id),
      entityName: key,
      entity,
    })

  return {
    get,
    noteChange: async (caller, key, shown) => note(caller, key, (await settings.find(key))?.id ?? nullUuid, shown),

    save: async (caller, input) => {
      requireOwnKey(input.key)
      const value = await checked(input)
      await settings.save(input.key, value)
      await deps.invalidate({ kind: 'settings', tenantId: nullUuid, id: nullUuid })
      const saved = await get(input.key)
      await note(caller, input.key, saved.id.id, saved)
      return saved
    },

    testMail: async (caller, { jsonValue }) => {
      const trial: MailSettings = parse(mailSettingsSchema, await withStoredSecrets(jsonValue))
      await deps.mail.sendWith(trial, testMail({ to: caller.user.email }))
    },
  }
}

const requireOwnKey = (key: string): void => {
  if (keysElsewhere.includes(key))
    throw new AppError('ARGUMENT_INVALID', `Settings with key: ${key} have an endpoint of their own!`)
}

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

const parse = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const texts = parsed.error.issues.map(({ message, path }) =>
    message.startsWith('Invalid ') || message.startsWith('Too ')
      ? `Validation error: field '${path.join('.')}' ${message}`
      : message,
  )
  throw new AppError('ARGUMENT_INVALID', [...new Set(texts)].join('; '))
}

const toAdminSettings = ({ id, createdTime, key, value }: StoredSetting): AdminSettings => {
  const secrets: readonly string[] = key === 'mail' ? mailSecrets : []
  return {
    id: { entityType: 'ADMIN_SETTINGS', id },
    createdTime,
    tenantId: { entityType: 'TENANT', id: nullUuid },
    key,
    jsonValue: Object.fromEntries(Object.entries(asObject(value)).filter(([name]) => !secrets.includes(name))),
  }
}
