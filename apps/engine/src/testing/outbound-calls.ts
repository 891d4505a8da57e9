import type { OutboundClient, OutboundKind, OutboundKinds, Settled } from '@thingwire/rules'
import type { Outbound } from '../outbound/outbound.ts'

export type OpenedClient<K extends OutboundKind> = OutboundClient<K> & {
  /** What became of one request, or its error as a text. */
  ask(request: OutboundKinds[K]['request'], key?: string): Promise<OutboundKinds[K]['answer'] | string>
  /** Why the node was suspended, and null when it was not any more. */
  reasons: (string | null)[]
}

/** A client as a node has it. */
export const openClient = <K extends OutboundKind>(
  outbound: Outbound,
  kind: K,
  settings: OutboundKinds[K]['settings'],
  mostInFlight = 0,
): OpenedClient<K> => {
  const reasons: (string | null)[] = []
  const client = outbound
    .portOf('tenant-1')
    .open(kind, settings, { nodeName: 'node', mostInFlight, suspended: (reason) => void reasons.push(reason) })
  const signal = new AbortController().signal
  return {
    ...client,
    reasons,
    ask: async (request, key = 'key-1') => {
      const [settled]: Settled<OutboundKinds[K]['answer']>[] = await client.send([{ key, request }], signal)
      if (!settled) throw new Error('No answer')
      return settled.ok ? settled.value : settled.error
    },
  }
}
