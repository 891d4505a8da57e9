import { type SecuritySettings, securitySettingsSchema } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Invalidate } from '../actions/invalidation.ts'
import { createStoredSetting, type StoredSetting } from './stored-setting.ts'

export type SecuritySettingsService = StoredSetting<SecuritySettings>

/** Password policy, lockout and the lifetimes of links; the defaults of the schema until somebody saves others. */
export const createSecuritySettings = (deps: {
  settings: Pick<Database['settings'], 'get' | 'save'>
  invalidate: Invalidate
  now: () => number
}): SecuritySettingsService =>
  createStoredSetting({ ...deps, key: 'securitySettings', schema: securitySettingsSchema, initial: () => ({}) })
