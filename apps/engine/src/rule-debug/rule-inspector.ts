import type { RouterObserver } from '@thingwire/rules'
import type { ConnectionSamples } from './connection-samples.ts'
import type { DebugEvents } from './debug-events.ts'
import type { ErrorEvents } from './error-events.ts'
import type { Tracer } from './traces.ts'

/**
 * What the router tells those who look at single messages. A call that none of them wants costs a few comparisons; all
 * others see the same view of it.
 */
export const createRuleInspector = (
  counts: RouterObserver,
  parts: {
    debug: DebugEvents
    samples: ConnectionSamples
    tracer: Tracer
    stats?: readonly Required<Pick<RouterObserver, 'nodeCalled'>>[]
    errors?: ErrorEvents
  },
): RouterObserver => {
  const { debug, samples, tracer, stats = [], errors } = parts
  return {
    ...counts,
    nodeCalled: (call) => {
      counts.nodeCalled?.(call)
      for (const one of stats) one.nodeCalled(call)
    },
    broke: (fault) => errors?.broke(fault),
    inspects: ({ node, messages }) => {
      const isSampled = samples.isDue(node)
      return isSampled || debug.wants(node) || tracer.isFollowed(messages)
    },
    inspected: (call) => {
      debug.seen(call)
      samples.seen(call)
      tracer.seen(call)
    },
    failed: (failure) => {
      debug.failed(failure)
      samples.failed(failure)
    },
  }
}
