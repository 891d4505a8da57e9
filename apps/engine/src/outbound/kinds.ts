import type { OutboundKind } from '@thingwire/rules'
import type { SystemFactory } from './system-client.ts'

export type KindLoaders = { readonly [K in OutboundKind]?: () => Promise<SystemFactory<K>> }

/** Their libraries are heavy: they are loaded when a chain sends something to such a system for the first time. */
export const kindLoaders: KindLoaders = {
  http: async () => (await import('./http/http-client.ts')).httpClient,
}
