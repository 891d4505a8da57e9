import type { Redis } from 'ioredis'
import { redisKeys } from '../redis-keys.ts'

export type ClaimOffer = {
  /** What the claiming user has to know; empty: nothing. */
  secretKey: string
  /** How long the device may be claimed from now on. */
  durationMs: number
}

/** What devices offered: for a while, whoever of the tenant's customers knows the key may have the device. */
export type Claims = {
  /** Keeps the offer unless one stands already. */
  offer(deviceId: string, offer: ClaimOffer): Promise<void>
  /** Takes the offer when the key is its key, at most once. After some wrong keys it is gone. */
  take(deviceId: string, secretKey: string): Promise<boolean>
  withdraw(deviceId: string): Promise<void>
}

/** How long an offer stands when the device does not say (as ThingsBoard). */
export const defaultClaimDurationMs = 24 * 3_600_000
const longestClaimDurationMs = 365 * 24 * 3_600_000
const mostWrongKeys = 5

/** One script, so that two users who claim at once cannot both get it. */
const takeScript = `
  local key = redis.call('HGET', KEYS[1], 'secretKey')
  if not key then return 0 end
  if key == ARGV[1] then
    redis.call('DEL', KEYS[1])
    return 1
  end
  if redis.call('HINCRBY', KEYS[1], 'wrong', 1) >= tonumber(ARGV[2]) then redis.call('DEL', KEYS[1]) end
  return 0`

const offerScript = `
  if redis.call('HSETNX', KEYS[1], 'secretKey', ARGV[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return 1`

export const createClaims = (redis: Redis): Claims => ({
  offer: async (deviceId, { secretKey, durationMs }) => {
    if (!(durationMs > 0)) return
    const lifetimeMs = Math.ceil(Math.min(durationMs, longestClaimDurationMs))
    await redis.eval(offerScript, 1, redisKeys.claim(deviceId), secretKey, lifetimeMs)
  },
  take: async (deviceId, secretKey) =>
    (await redis.eval(takeScript, 1, redisKeys.claim(deviceId), secretKey, mostWrongKeys)) === 1,
  withdraw: async (deviceId) => void (await redis.del(redisKeys.claim(deviceId))),
})
