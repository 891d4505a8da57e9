import type { AttributeScope, EntityId, KvEntry, Message } from '@thingwire/contracts'
import type { AttributesSave, RpcCall, TelemetrySave } from '@thingwire/rules'
import type { AlarmRulesGiven } from './harness/alarm-rules.ts'
import type { AlarmsExpected, AlarmsGiven } from './harness/alarms.ts'
import type { ChangesExpected, ChangesGiven } from './harness/changes.ts'
import type { EntitiesGiven, ReadsExpected } from './harness/entities.ts'
import type { OutsideExpected, OutsideGiven } from './harness/outbound.ts'

type Given = Partial<Pick<Message, 'type' | 'originator' | 'metadata' | 'data' | 'dataType'>>

type Leaves = {
  by: string
  type?: string
  originator?: EntityId
  customerId?: string | null
  data?: string
  metadata?: Record<string, string>
  error?: string
}

type Example = {
  title: string
  config?: Record<string, unknown>
  messages?: readonly Given[]
  /** The attributes that are stored beforehand. */
  attributes?: readonly { scope: AttributeScope; entityId?: EntityId; entries: readonly KvEntry[] }[]
  /** Default rule chain of the originator's profile. */
  defaultRuleChain?: string
  /** Where each message goes, in order: `data`, `metadata` and `error` only when they matter. None: it ends in the node. */
  leaves: readonly Leaves[]
  /** What goes on besides, where a message may leave several times; each connection is compared by itself then. */
  branches?: readonly Leaves[]
  /** What became of the messages when nobody is wired to `Failure`; none is told when it is plain `finished`. */
  outcomes?: readonly ('stored' | 'finished' | 'dead-lettered')[]
  telemetry?: readonly Partial<TelemetrySave>[]
  attributesSaved?: readonly Partial<AttributesSave>[]
  enqueued?: readonly Partial<Message>[]
  logged?: readonly string[]
  rpcs?: readonly Partial<RpcCall>[]
  deviceReplies?: readonly unknown[]
  restReplies?: readonly unknown[]
  /** Why the node refuses to start with this configuration. */
  refuses?: string
}

/**
 * One example of what a node does: tests run it through the router, docs and editor show it. A case gives what differs
 * from the default: a telemetry message of a device at 1000 ms, the node's default configuration, an empty store.
 */
export type NodeCase = Example &
  EntitiesGiven &
  ReadsExpected &
  ChangesGiven &
  ChangesExpected &
  AlarmsGiven &
  AlarmRulesGiven &
  AlarmsExpected &
  OutsideGiven &
  OutsideExpected
