import type { AttributeScope, EntityId, KvEntry, Message, TsKvEntry } from '@thingwire/contracts'
import type { ScriptInput, ScriptOutcome, ScriptSource } from './scripts/script.ts'
import type { Parts } from './scripts/script-results.ts'

/**
 * What a node may touch outside itself. Narrow on purpose: a new need is a new port, not a getter on a context object.
 * Every port is already bound to the tenant of the chain.
 */
export type Ports = {
  telemetry: TelemetryPort
  attributes: AttributesPort
  messages: MessagesPort
  entities: EntitiesPort
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
}

export type TelemetryPort = {
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
}

export type AttributesPort = {
  /** Stored values of the named keys, one array per query, in order; keys without a value are absent. */
  find(queries: readonly { entityId: EntityId; scope: AttributeScope; keys: readonly string[] }[]): Promise<KvEntry[][]>
  save(saves: readonly AttributesSave[]): Promise<void>
}

export type MessagesPort = {
  /**
   * Puts new messages on the originators' queue. A `ruleChainId` of null means the chain of the originator's profile, or
   * the tenant's root chain. Resolves when they are durable; rejects when none is queued.
   */
  enqueue(messages: readonly Message[]): Promise<void>
}

export type EntitiesPort = {
  /** Ids of the default rule chains of the entities' profiles, in order; null for none, and for kinds without a profile. */
  defaultRuleChains(entityIds: readonly EntityId[]): Promise<(string | null)[]>
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
export type LoadedScript = (inputs: readonly ScriptInput[], signal: AbortSignal) => Promise<ScriptOutcome<Parts>[]>

export type ScriptsPort = {
  /** Rejects with an AppError when the source is no script of its language. Nodes use the functions of use-script.ts. */
  load(source: ScriptSource): Promise<LoadedScript>
}

export type LogPort = { info(message: string, fields?: Record<string, unknown>): void }

export type Clock = { now(): number }
