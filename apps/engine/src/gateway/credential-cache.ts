import type { DeviceSessionInfo } from '@thingwire/db'
import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'
import type { ResolveCredentials } from './credentials.ts'

export type CredentialCache = {
  resolve: ResolveCredentials
  /** Forgets what is known of one device, and every "there is no such credential" answer. */
  forgetDevice(deviceId: string): void
  /** Forgets what is known of all devices of a profile: its name, queue and transport may be different now. */
  forgetProfile(deviceProfileId: string): void
  forgetTenant(tenantId: string): void
  forgetAll(): void
}

const maxEntries = 100_000
const positiveTtlMs = 5 * 60_000
/** Short: a token typed into a device a second before the device is created must soon work. */
const negativeTtlMs = 2_000

/**
 * Remembers answers of the store, and lets concurrent questions for one id share a look-up, so that a reconnect storm
 * asks each once. An answer that was under way during an invalidation is given but not kept.
 */
export const createCredentialCache = (load: ResolveCredentials): CredentialCache => {
  const idsOfDevice = new Map<string, Set<string>>()
  const known = new LRUCache<string, DeviceSessionInfo>({
    ...upTo(maxEntries),
    ttl: positiveTtlMs,
    dispose: ({ deviceId }, credentialsId) => {
      const ids = idsOfDevice.get(deviceId)
      ids?.delete(credentialsId)
      if (ids?.size === 0) idsOfDevice.delete(deviceId)
    },
  })
  const absent = new LRUCache<string, true>({ ...upTo(maxEntries), ttl: negativeTtlMs })
  const underWay = new Map<string, Promise<DeviceSessionInfo | null>>()
  let generation = 0

  const forget = () => {
    generation++
    underWay.clear()
    absent.clear()
  }

  const remember = (credentialsId: string, info: DeviceSessionInfo | null) => {
    if (!info) return void absent.set(credentialsId, true)
    known.set(credentialsId, info)
    const ids = idsOfDevice.get(info.deviceId)
    if (ids) ids.add(credentialsId)
    else idsOfDevice.set(info.deviceId, new Set([credentialsId]))
  }

  return {
    resolve: (credentialsId) => {
      const info = known.get(credentialsId)
      if (info) return Promise.resolve(info)
      if (absent.has(credentialsId)) return Promise.resolve(null)
      const pending = underWay.get(credentialsId)
      if (pending) return pending
      const startedIn = generation
      const question = load(credentialsId)
        .then((found) => {
          if (startedIn === generation) remember(credentialsId, found)
          return found
        })
        .finally(() => {
          if (underWay.get(credentialsId) === question) underWay.delete(credentialsId)
        })
      underWay.set(credentialsId, question)
      return question
    },
    forgetDevice: (deviceId) => {
      forget()
      for (const id of [...(idsOfDevice.get(deviceId) ?? [])]) known.delete(id)
    },
    forgetProfile: (deviceProfileId) => {
      forget()
      for (const [id, info] of [...known.entries()]) if (info.deviceProfileId === deviceProfileId) known.delete(id)
    },
    forgetTenant: (tenantId) => {
      forget()
      for (const [id, info] of [...known.entries()]) if (info.tenantId === tenantId) known.delete(id)
    },
    forgetAll: () => {
      forget()
      known.clear()
    },
  }
}
