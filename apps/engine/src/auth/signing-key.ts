import { randomBytes } from 'node:crypto'
import type { Database } from '@thingwire/db'
import { z } from 'zod'

/** ThingsBoard's JwtSettings; durations in seconds. */
const jwtSettingsSchema = z.object({
  tokenExpirationTime: z.number().int().positive(),
  refreshTokenExpTime: z.number().int().positive(),
  tokenIssuer: z.string().min(1),
  /** Base64 of at least 64 bytes: HS512 wants a key as long as its hash. */
  tokenSigningKey: z.base64().refine((text) => Buffer.from(text, 'base64').length >= 64, 'must be at least 64 bytes'),
})
type JwtSettings = z.infer<typeof jwtSettingsSchema>

/** What signs and checks tokens; times in seconds. */
export type TokenSettings = {
  key: Uint8Array
  issuer: string
  accessSeconds: number
  refreshSeconds: number
}

const freshSettings = (): JwtSettings => ({
  tokenExpirationTime: 9_000,
  refreshTokenExpTime: 604_800,
  tokenIssuer: 'thingwire',
  tokenSigningKey: randomBytes(64).toString('base64'),
})

/** The installation's own settings; the first process that asks makes them. A shared default key would let anyone in. */
export const loadTokenSettings = async (settings: Database['settings']): Promise<TokenSettings> => {
  const stored = jwtSettingsSchema.parse(await settings.getOrCreate('jwt', freshSettings()))
  return {
    key: new Uint8Array(Buffer.from(stored.tokenSigningKey, 'base64')),
    issuer: stored.tokenIssuer,
    accessSeconds: stored.tokenExpirationTime,
    refreshSeconds: stored.refreshTokenExpTime,
  }
}
