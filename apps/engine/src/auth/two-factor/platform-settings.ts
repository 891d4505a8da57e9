import { type PlatformTwoFaSettings, platformTwoFaSettingsSchema } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Invalidate } from '../../actions/invalidation.ts'
import { createStoredSetting, type StoredSetting } from '../stored-setting.ts'

/** What the platform offers and demands; null until somebody saves it: no second factors at all. */
export type PlatformTwoFa = StoredSetting<PlatformTwoFaSettings | null>

export const createPlatformTwoFa = (deps: {
  settings: Pick<Database['settings'], 'get' | 'save'>
  invalidate: Invalidate
  now: () => number
}): PlatformTwoFa =>
  createStoredSetting<PlatformTwoFaSettings | null>({
    ...deps,
    key: 'twoFaSettings',
    schema: platformTwoFaSettingsSchema.nullable(),
    initial: () => null,
  })
