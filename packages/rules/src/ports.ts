import type { Aggregation, AttributeScope, EntityId, KvEntry, Message, TsKvEntry, TsValue } from '@thingwire/contracts'
import type { AlarmRulesPort } from './ports/alarm-rules.ts'
import type { AlarmsPort } from './ports/alarms.ts'
import type { EntitiesPort } from './ports/entities.ts'
import type { OutboundPort } from './ports/outbound.ts'
import type { RelationsPort } from './ports/relations.ts'
import type { ConnectivityPort } from './ports/connectivity.ts'
import type { EntityChangesPort } from './ports/entities.ts'
import type { RelationChangesPort } from './ports/relations.ts'
import type { TurnsPort } from './ports/turns.ts'
import type { ViewsPort } from './ports/views.ts'
import type { ScriptAnswer, ScriptInput, ScriptOutcome, ScriptSource } from './scripts/script.ts'

export * from './ports/alarm-rules.ts'
export * from './ports/alarms.ts'
export * from './ports/connectivity.ts'
export * from './ports/entities.ts'
export * from './ports/outbound.ts'
export * from './ports/relations.ts'
export * from './ports/turns.ts'
export * from './ports/views.ts'

/**
 * What a node may touch outside itself. Narrow on purpose: a new need is a new port, not a getter on a context object.
 * Every port is already bound to the tenant of the chain.
 */
export type Ports = {
  telemetry: TelemetryPort
  attributes: AttributesPort
  messages: MessagesPort
  gathered: GatheredPort
  series: SeriesPort
  counts: CountsPort
  machine: MachinePort
  entities: EntitiesPort
  alarms: AlarmsPort
  alarmRules: AlarmRulesPort
  relations: RelationsPort
  entityChanges: EntityChangesPort
  relationChanges: RelationChangesPort
  connectivity: ConnectivityPort
  views: ViewsPort
  turns: TurnsPort
  outbound: OutboundPort
  rpc: RpcPort
  scripts: ScriptsPort
  log: LogPort
  clock: Clock
}

export type TelemetrySave = {
  entityId: EntityId
  entries: readonly TsKvEntry[]
  /** Seconds; 0 keeps until the tenant profile's default says otherwise. */
  ttlSeconds: number
  saveTimeseries: boolean
  saveLatest: boolean
  notifyLive: boolean
  /** Whether alarm rules hear of the values. */
  calculatedFields?: boolean
}

/** Points of one entity; see the database's history for what aggregation makes of them. */
export type SeriesQuery = {
  entityId: EntityId
  keys: readonly string[]
  /** Inclusive, epoch ms. */
  startTs: number
  /** Exclusive, epoch ms. */
  endTs: number
  aggregation: Aggregation
  /** Width of a bucket, for aggregations. */
  intervalMs: number
  order: 'ASC' | 'DESC'
  /** Per key; for points as they are stored only. */
  limit: number
}

export type TelemetryPort = {
  /** Newest values of the named keys, one array per query, in order; keys without a value are absent. Never remembered. */
  latest(queries: readonly { entityId: EntityId; keys: readonly string[] }[]): Promise<TsKvEntry[][]>
  /** By key, one map per query, in order; keys without a point are absent. */
  history(queries: readonly SeriesQuery[]): Promise<ReadonlyMap<string, readonly TsValue[]>[]>
  /** Resolves after the commit that holds all of them. Rejects when none is stored. Idempotent by (entity, key, ts). */
  save(saves: readonly TelemetrySave[]): Promise<void>
}

export type AttributesSave = {
  entityId: EntityId
  scope: AttributeScope
  entries: readonly KvEntry[]
  /** Epoch ms. */
  ts: number
  save: boolean
  notifyLive: boolean
  notifyDevice: boolean
  /** Whether alarm rules hear of the values. */
  calculatedFields?: boolean
}

export type AttributesRemoval = {
  entityId: EntityId
  scope: AttributeScope
  keys: readonly string[]
  notifyDevice: boolean
}

export type AttributesPort = {
  /** Stored values of the named keys, one array per query, in order; keys without a value are absent. */
  find(queries: readonly { entityId: EntityId; scope: AttributeScope; keys: readonly string[] }[]): Promise<KvEntry[][]>
  save(saves: readonly AttributesSave[]): Promise<void>
  /** Names of those that were there, an array per removal, in order. */
  remove(removals: readonly AttributesRemoval[]): Promise<string[][]>
}

export type MessagesPort = {
  /**
   * Puts new messages on the originators' queue. A `ruleChainId` of null means the chain of the originator's profile, or
   * the tenant's root chain. Resolves when they are durable; rejects when none is queued.
   */
  enqueue(messages: readonly Message[]): Promise<void>
  /**
   * Keeps messages until their time, beyond a restart; then they go into the originators' queue, and come back to the node
   * that they name, or with a connection go on from it. At least once each. Resolves when they are durable, with what
   * became of each.
   */
  enqueueLater(messages: readonly LaterMessage[]): Promise<('kept' | 'known' | 'full')[]>
  /** Those of a node, by their keys, that are not on their way yet. */
  cancelLater(ruleNodeId: string, keys: readonly string[]): Promise<void>
}

export type LaterMessage = {
  /** Names the node that keeps it, and its chain. */
  message: Message & { ruleChainId: string; ruleNodeId: string }
  /** Epoch ms. */
  dueMs: number
  /** null: that of the originator's profile. */
  queueName: string | null
  /** Of those with the same key one waits at a time: the earlier one stays, this one is `known`. */
  key?: string
}

/** Messages that the node holds in groups (departures with `hold`), in the order in which they came. */
export type GatheredPort = {
  /** As they would have left: along Success, with an id of their own. */
  list(ruleNodeId: string, group: string): Promise<{ key: string; message: Message }[]>
  remove(ruleNodeId: string, group: string, keys: readonly string[]): Promise<void>
}

/** Where the process runs: what it tells of itself stands under that name. */
export type MachinePort = { name: string }

/** Numbers of a node that only grow, beyond a restart. At least what was added: a batch that runs again adds again. */
export type CountsPort = {
  /** Answers the sum. */
  add(ruleNodeId: string, name: string, amount: number): Promise<number>
}

/** Messages that a node sends to itself again and again, one at a time, of which one process at a time makes the next. */
export type Series = {
  ruleChainId: string
  ruleNodeId: string
  name: string
  /** Another text ends the series and begins it anew. */
  generation: string
  type: string
  originator: EntityId
  queueName: string | null
}

/** The next message of a series: when, and what the node wants to find in it. */
export type SeriesStep = { dueMs: number; state: unknown }

export type SeriesPort = {
  /** Begins the series, or sees to it that one under way goes on; one that has ended stays so. */
  begin(series: Series, first: SeriesStep): Promise<void>
  /** What a message of a series carries; null: it is none. */
  read(message: Message): { generation: string; state: unknown } | null
  /**
   * Has the next one follow this message, or ends the series. `again`: that was done already, by a run of the same message
   * that was cut off. `stale`: it is not the series' turn, nothing should come of this message.
   */
  next(series: Series, message: Message, step: SeriesStep | null): Promise<'go' | 'again' | 'stale'>
}

/** A command to a device. `params` is JSON text; times are epoch ms. */
export type RpcCall = {
  requestId: string
  deviceId: string
  method: string
  params: string
  isOneway: boolean
  isPersistent: boolean
  expirationTime: number
  retries: number | null
  additionalInfo: string | null
  /** The process where a REST caller waits for the answer; null: nobody does. */
  originServiceId: string | null
  /**
   * The message that the answer goes on as, from this node: along Success with the answer, or along Failure. Null: nobody
   * is wired to either.
   */
  continuation: Message | null
}

export type RpcPort = {
  /** Resolves when the command is kept; it is sent when the device listens. The answer comes as a message of its own. */
  send(calls: readonly RpcCall[]): Promise<void>
  /** Answers a request that a device made. Lost when its session has ended. */
  replyToDevice(reply: { serviceId: string; sessionId: string; requestId: number; data: string }): Promise<void>
  /** Answers a REST call into the rule engine. Lost when its caller has stopped waiting. */
  replyToRestCall(reply: { serviceId: string; requestId: string; data: string }): Promise<void>
}

/**
 * Runs the script for each input and resolves with their answers, in order; what a script does wrong is an answer. Rejects
 * when the signal aborts, and with an environment error when no script can be run at present.
 */
export type LoadedScript = (
  inputs: readonly ScriptInput[],
  signal: AbortSignal,
) => Promise<ScriptOutcome<ScriptAnswer>[]>

/** The node that a script is loaded for. */
export type ScriptUser = {
  ruleChainId: string
  nodeId: string
  /** Hears why the script does not run for a while, and null when it does again. */
  suspended(reason: string | null): void
}

export type ScriptsPort = {
  /** Rejects with an AppError when the source is no script of its language. Nodes use the functions of use-script.ts. */
  load(source: ScriptSource, user?: ScriptUser): Promise<LoadedScript>
}

export type LogPort = { info(message: string, fields?: Record<string, unknown>): void }

export type Clock = { now(): number }
