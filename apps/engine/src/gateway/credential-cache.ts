import type { DeviceSessionInfo } from '@thingwire/db'
import { LRUCache } from 'lru-cache'
import type { ResolveCredentials } from './credentials.ts'

export type CredentialCache = {
  resolve: ResolveCredentials
  /** Forgets what is known of one device, and every "there is no such credential" answer. */
  forgetDevice(deviceId: string): void
  forgetAll(): void
}

type Answer = { info: DeviceSessionInfo | null }

const maxEntries = 100_000
const positiveTtlMs = 5 * 60_000
/** Short: a token typed into a device a second before the device is created must soon work. */
const negativeTtlMs = 2_000

/**
 * Remembers answers of the store, and lets concurrent questions for one id share a look-up, so that a reconnect storm
 * asks each once. An answer that was under way during an invalidation is given but not kept.
 */
export const createCredentialCache = (load: ResolveCredentials): CredentialCache => {
  const known = new LRUCache<string, Answer>({ max: maxEntries })
  const underWay = new Map<string, Promise<DeviceSessionInfo | null>>()
  let generation = 0

  const forget = () => {
    generation++
    underWay.clear()
  }

  return {
    resolve: (credentialsId) => {
      const answer = known.get(credentialsId)
      if (answer) return Promise.resolve(answer.info)
      const pending = underWay.get(credentialsId)
      if (pending) return pending
      const startedIn = generation
      const question = load(credentialsId)
        .then((info) => {
          if (startedIn === generation)
            known.set(credentialsId, { info }, { ttl: info ? positiveTtlMs : negativeTtlMs })
          return info
        })
        .finally(() => {
          if (underWay.get(credentialsId) === question) underWay.delete(credentialsId)
        })
      underWay.set(credentialsId, question)
      return question
    },
    forgetDevice: (deviceId) => {
      forget()
      for (const [id, { info }] of known.entries()) if (!info || info.deviceId === deviceId) known.delete(id)
    },
    forgetAll: () => {
      forget()
      known.clear()
    },
  }
}
