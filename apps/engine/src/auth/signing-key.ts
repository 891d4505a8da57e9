import { randomBytes } from 'node:crypto'
import { type JwtSettings, jwtSettingsSchema } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Invalidate } from '../actions/invalidation.ts'
import { createStoredSetting, type StoredSetting } from './stored-setting.ts'

const freshSettings = (): JwtSettings => ({
  tokenExpirationTime: 9_000,
  refreshTokenExpTime: 604_800,
  tokenIssuer: 'thingwire',
  tokenSigningKey: randomBytes(64).toString('base64'),
})

/**
 * What signs and checks tokens. The first process that asks makes the installation's own key: a shared default key
 * would let anyone in. After `save`, tokens signed with another key are refused everywhere.
 */
export type SigningKey = StoredSetting<JwtSettings>

export const createSigningKey = (deps: {
  settings: Database['settings']
  invalidate: Invalidate
  now: () => number
}): SigningKey =>
  createStoredSetting({
    ...deps,
    key: 'jwt',
    schema: jwtSettingsSchema,
    initial: () => deps.settings.getOrCreate('jwt', freshSettings()),
  })
