import { z } from 'zod'
import { editedIdSchema, type Person } from './draft.ts'
import { type EntityId, entityIdSchema } from './ids.ts'
import type { AlarmData } from './alarm.ts'
import type { PageData } from './page.ts'
import {
  alarmCountQuerySchema,
  entityCountQuerySchema,
  type EntityData,
  entityDataQuerySchema,
  entityKeySchema,
  liveAlarmQuerySchema,
} from './queries.ts'
import { attributeScopeSchema, type AttributeScope } from './values.ts'

/**
 * The live protocol on `/socket.io` (namespace `/`). A client subscribes with an id of its own choice; the server answers
 * the acknowledgement with `{ok: true}` after sending the present state as the first update, then sends only changes.
 * Values are plain JSON as `toPlainValue` makes them. Points are `[ts, value]`, ts epoch ms, ascending.
 */
const subscriptionId = z.string().min(1).max(64)
const keys = z.array(z.string().min(1).max(255)).max(200)

export const liveSubscribeSchema = z.discriminatedUnion('kind', [
  /** Newest value of each key; no keys: all keys, also future ones. */
  z.object({ kind: z.literal('latest'), id: subscriptionId, entityId: entityIdSchema, keys: keys.optional() }),
  /** Every new point of the keys. History comes by REST; `sinceTs` closes the gap between the two. */
  z.object({
    kind: z.literal('timeseries'),
    id: subscriptionId,
    entityId: entityIdSchema,
    keys: keys.min(1),
    sinceTs: z.number().int(),
  }),
  z.object({
    kind: z.literal('attributes'),
    id: subscriptionId,
    entityId: entityIdSchema,
    scope: attributeScopeSchema.optional(),
    keys: keys.optional(),
  }),
  /** Counters of every node of a chain, about once a second while they change. */
  z.object({ kind: z.literal('rule-chain'), id: subscriptionId, ruleChainId: z.guid() }),
  /** Who has a document open in the editor, the caller too from now on, and which draft and version there are. */
  z.object({ kind: z.literal('editors'), id: subscriptionId, entityId: editedIdSchema }),
  /** The entities that a query finds; the newest values of `keys` are followed. With `dynamic`, so are the entities. */
  z.object({
    kind: z.literal('entity-data'),
    id: subscriptionId,
    query: entityDataQuerySchema,
    keys: z.array(entityKeySchema).max(200).default([]),
    /** Time series of the entities whose new points are told as they are stored. What was before comes by REST. */
    series: keys.optional(),
  }),
  /** The alarms of the entities that a query finds, or without an entity filter all that the caller may see. */
  z.object({ kind: z.literal('alarms'), id: subscriptionId, query: liveAlarmQuerySchema }),
  /** How many entities a query finds, counted again each minute. */
  z.object({ kind: z.literal('entity-count'), id: subscriptionId, query: entityCountQuerySchema }),
  /** How many alarms there are, counted again when one changes. */
  z.object({ kind: z.literal('alarm-count'), id: subscriptionId, query: alarmCountQuerySchema }),
])
export type LiveSubscribe = z.output<typeof liveSubscribeSchema>

export type LivePoint = [ts: number, value: unknown]
export type NodeCounters = {
  nodeId: string
  /** Totals of messages. */
  processed: number
  failed: number
  /** Messages a second and the time that one spends in the node (ms), over the last few seconds. */
  perSecond: number
  averageMs: number
}
export type ConnectionCounters = { fromNodeId: string; type: string; messages: number }

/** One open editor. `isSelf`: that of the connection which asks. `since`: epoch ms. */
export type OpenEditor = { key: string; userId: string; name: string; since: number; isSelf: boolean }

export type LiveUpdate =
  /** `deleted`: keys that have no value any more. */
  | { id: string; kind: 'latest'; values: Record<string, LivePoint>; deleted?: string[] }
  | { id: string; kind: 'timeseries'; points: Record<string, LivePoint[]>; deleted?: string[] }
  | {
      id: string
      kind: 'attributes'
      changed: { scope: AttributeScope; key: string; ts: number; value: unknown }[]
      deleted: { scope: AttributeScope; key: string }[]
    }
  | { id: string; kind: 'rule-chain'; nodes: NodeCounters[]; connections: ConnectionCounters[] }
  /**
   * The whole each time. `draft`: its revision, null when there is none; `draftBy`: who saved it; `version`: what is
   * published.
   */
  | {
      id: string
      kind: 'editors'
      people: OpenEditor[]
      draft: number | null
      draftBy: Person | null
      version: number
    }
  /**
   * `page`: the whole, at first and when other entities are on it. `changed` comes after it. `points`: new ones of the
   * series that were asked for; with `isMissing` some were left out, and all are to be read again.
   */
  | {
      id: string
      kind: 'entity-data'
      page: PageData<EntityData> | null
      changed: { entityId: EntityId; latest: EntityData['latest'] }[]
      points?: { entityId: EntityId; points: Record<string, LivePoint[]> }[]
      isMissing?: true
    }
  /** The same with alarms; `totalEntities` is how many entities the query found. */
  | { id: string; kind: 'alarms'; page: PageData<AlarmData> | null; totalEntities: number; changed: AlarmData[] }
  | { id: string; kind: 'entity-count'; count: number }
  | { id: string; kind: 'alarm-count'; count: number }
  /** The server dropped intermediate points because the client is slow; it should refetch from `sinceTs`. */
  | { id: string; kind: 'gap'; sinceTs: number }

export type LiveAck = { ok: true } | { ok: false; code: string; message: string }

export type ClientToServerEvents = {
  subscribe: (request: LiveSubscribe, ack: (answer: LiveAck) => void) => void
  unsubscribe: (id: string) => void
}
export type ServerToClientEvents = {
  update: (updates: LiveUpdate[]) => void
  /** The session ended (signed out, expired, revoked); the client must sign in again. */
  signedOut: () => void
}

/** What crosses the live bus in Redis after a commit: one entry per entity, only for entities that somebody watches. */
export const liveBusEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('telemetry'),
    tenantId: z.guid(),
    entityId: z.guid(),
    /** key → points ascending */
    points: z.record(z.string(), z.array(z.tuple([z.number(), z.unknown()]))),
  }),
  z.object({
    kind: z.literal('attributes'),
    tenantId: z.guid(),
    entityId: z.guid(),
    scope: attributeScopeSchema,
    changed: z.array(z.object({ key: z.string(), ts: z.number(), value: z.unknown() })),
    deleted: z.array(z.string()),
  }),
  /** Latest values that are gone. */
  z.object({ kind: z.literal('telemetry-deleted'), tenantId: z.guid(), entityId: z.guid(), keys: z.array(z.string()) }),
  /** An alarm was made, changed or deleted; published while somebody watches `tenantId/alarms`. */
  z.object({
    kind: z.literal('alarm'),
    tenantId: z.guid(),
    alarmId: z.guid(),
    originatorId: z.guid(),
    /** Every entity that shows the alarm: its originator and what it propagates to. */
    entityIds: z.array(z.guid()),
    isDeleted: z.boolean(),
  }),
  z.object({
    kind: z.literal('rule-chain'),
    tenantId: z.guid(),
    ruleChainId: z.guid(),
    nodes: z.array(
      z.object({
        nodeId: z.string(),
        processed: z.number(),
        failed: z.number(),
        perSecond: z.number(),
        averageMs: z.number(),
      }),
    ),
    connections: z.array(z.object({ fromNodeId: z.string(), type: z.string(), messages: z.number() })),
  }),
])
export type LiveBusEvent = z.infer<typeof liveBusEventSchema>
