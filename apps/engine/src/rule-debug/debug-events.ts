import type { EntityId, Message } from '@thingwire/contracts'
import type { Database, DebugEvent } from '@thingwire/db'
import type { CompiledChain, CompiledNode, InspectedCall } from '@thingwire/rules'
import type { Part } from '../lifecycle.ts'
import { createRateLimiter } from '../limits/rate-limiter.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { cut } from './message-view.ts'

/** Longest text of one member of an event (as ThingsBoard). */
const maxChars = 4_096
const writeEveryMs = 250
const writeAtOnce = 1_000
/** What may wait for the database; what comes beyond it is counted, and the count is written. */
const maxWaiting = 20_000

export type DebugEvents = Part & {
  /** A chain runs: its nodes may have full debugging. */
  loaded(chain: CompiledChain): void
  /** Whether a call of the node is to be `seen`. Costs next to nothing: it is asked for every call. */
  wants(node: CompiledNode): boolean
  /** A call of a node with full debugging, or one that returned to such a node. */
  seen(call: InspectedCall): void
  /** A failure of any node; it is written where the node asks for failures. */
  failed(failure: { chain: CompiledChain; node: CompiledNode; message: Message; error: string }): void
  /** An alarm rule was evaluated for an entity, or could not be; the caller knows that it is debugged. */
  evaluated(evaluation: FieldEvaluation): void
}

/** `error` empty: it went well. The texts are JSON. */
type FieldEvaluation = {
  tenantId: string
  fieldId: string
  entityId: EntityId
  arguments: string
  result: string
  error: string
}

/** Where notes about events that were left out go: a chain, or an alarm rule. */
type Place = { tenantId: string; id: string; type: 'DEBUG_RULE_CHAIN' | 'DEBUG_CALCULATED_FIELD' }

const placeOf = ({ tenantId }: Message, ruleChainId: string): Place => ({
  tenantId,
  id: ruleChainId,
  type: 'DEBUG_RULE_CHAIN',
})

/**
 * Debug events of rule nodes and alarm rules (as ThingsBoard): bounded per tenant and time, and in what waits for the database. What is
 * left out is never left out in silence: the chain or rule gets an event that
 * says so.
 */
export const createDebugEvents = (options: {
  events: Pick<Database['events'], 'append'>
  /** Names this process in events. */
  server: string
  /** Of each tenant, such as `50000:3600`. */
  limit: string
  logger: Logger
  now?: () => number
}): DebugEvents => {
  const { events, server, limit, logger, now = Date.now } = options
  const limiter = createRateLimiter({ now })
  let waiting: DebugEvent[] = []
  let writing: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  /** Tenants that have been told that their limit is reached, until an event passes again. */
  const told = new Set<string>()
  /** By tenant and place: events that found no place. */
  const leftOut = new Map<string, Place & { count: number }>()

  const leaveOut = (place: Place) => {
    const key = `${place.tenantId}/${place.id}`
    const known = leftOut.get(key)
    if (known) known.count++
    else leftOut.set(key, { ...place, count: 1 })
  }

  const note = ({ tenantId, id, type }: Place, message: string): DebugEvent => ({
    tenantId,
    entityId: id,
    type,
    ts: now(),
    body: type === 'DEBUG_RULE_CHAIN' ? { server, message, error: '' } : { server, error: message },
  })

  const put = (place: Place, event: Omit<DebugEvent, 'tenantId' | 'ts'>) => {
    if (!limiter.take(place.tenantId, limit)) {
      if (!told.has(place.tenantId)) waiting.push(note(place, 'Reached debug mode rate limit!'))
      told.add(place.tenantId)
      leaveOut(place)
      return
    }
    told.delete(place.tenantId)
    if (waiting.length >= maxWaiting) leaveOut(place)
    else waiting.push({ ...event, tenantId: place.tenantId, ts: now() })
  }

  const add = (place: Place, node: CompiledNode, event: Record<string, unknown>) =>
    put(place, {
      entityId: node.id,
      type: 'DEBUG_RULE_NODE',
      body: node.bypass ? { ...event, bypassed: true } : event,
    })

  const bodyOf = (type: 'IN' | 'OUT', message: Message, relationType: string, error: string | null) => ({
    server,
    type,
    entityId: message.originator.id,
    entityType: message.originator.entityType,
    msgId: message.id,
    msgType: message.type,
    dataType: message.dataType,
    relationType,
    data: cut(message.data, maxChars),
    metadata: cut(JSON.stringify(message.metadata), maxChars),
    error: error === null ? '' : cut(error, maxChars),
  })

  const isFull = ({ debug }: CompiledNode) => debug.allUntilMs > 0 && debug.allUntilMs > now()

  /** Until when some node of some chain has full debugging: those that call its chain may, too. */
  let anyUntilMs = 0

  const write = async (): Promise<void> => {
    const counts = [...leftOut.values()].filter(({ tenantId }) => !told.has(tenantId))
    for (const { count, ...place } of counts) {
      leftOut.delete(`${place.tenantId}/${place.id}`)
      waiting.push(note(place, `${count} debug events were left out`))
    }
    while (waiting.length > 0) {
      const batch = waiting.slice(0, writeAtOnce)
      await events.append(batch)
      waiting = waiting.slice(batch.length)
    }
  }

  const writeSoon = () => {
    writing ??= write()
      .catch((error: unknown) => logger.warn(errorFields(error), 'debug events wait for the database'))
      .finally(() => {
        writing = null
      })
  }

  return {
    name: 'debug events',
    loaded: (chain) => {
      for (const { debug } of chain.nodes) anyUntilMs = Math.max(anyUntilMs, debug.allUntilMs)
    },
    // An output node may return to one that has it.
    wants: (node) => isFull(node) || (node.manifest?.type === 'rule-chain-output' && anyUntilMs > now()),
    seen: ({ chain, node, arrivals, departures, isResumed }) => {
      const isOwn = isFull(node)
      if (isOwn && !isResumed)
        for (const { message, via } of arrivals) add(placeOf(message, chain.id), node, bodyOf('IN', message, via, null))
      const left = new Set<number>()
      for (const { arrival, message, connection, error, chain: by, node: from } of departures) {
        left.add(arrival)
        if (connection === null && error === null) continue
        const body = bodyOf('OUT', message, connection ?? '', error)
        if (isOwn) add(placeOf(message, chain.id), node, body)
        // A called chain has returned: the node that called it emits the connection, too.
        if (from !== node && isFull(from)) add(placeOf(message, by.id), from, body)
      }
      if (isOwn)
        for (const [index, { message }] of arrivals.entries())
          if (!left.has(index)) add(placeOf(message, chain.id), node, bodyOf('OUT', message, 'ACK', null))
    },
    failed: ({ chain, node, message, error }) => {
      // With full debugging it is among what was seen.
      if (!node.debug.failures || isFull(node)) return
      add(placeOf(message, chain.id), node, bodyOf('OUT', message, 'Failure', error))
    },
    evaluated: ({ tenantId, fieldId, entityId, arguments: values, result, error }) =>
      put(
        { tenantId, id: fieldId, type: 'DEBUG_CALCULATED_FIELD' },
        {
          entityId: fieldId,
          type: 'DEBUG_CALCULATED_FIELD',
          body: {
            server,
            entityId: entityId.id,
            entityType: entityId.entityType,
            calculatedFieldId: fieldId,
            arguments: cut(values, maxChars),
            result: cut(result, maxChars),
            error: cut(error, maxChars),
          },
        },
      ),
    start: async () => {
      timer = setInterval(() => {
        if (waiting.length > 0 || leftOut.size > 0) writeSoon()
      }, writeEveryMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await writing
      await write().catch((error: unknown) => logger.warn(errorFields(error), 'debug events are lost'))
    },
  }
}
