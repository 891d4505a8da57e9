/** Every Redis key and channel of the engine is made here. BullMQ's own keys stand under `tw:bull`. */
export const redisKeys = {
  bullPrefix: 'tw:bull',
  queue: (queueName: string, partition: number) => `${queueName}-${partition}`,
  /** Set of the queue names that ever got a batch. */
  queueNames: 'tw:queues',
  /** The largest number of partitions that any process was configured with. */
  queuePartitions: 'tw:queue:partitions',
  /** Hash `lane` → id of the last batch written by it; makes counting idempotent when a write is repeated. */
  laneWrites: (processId: string) => `tw:queue:lanes:${processId}`,
  /** Hash `tenantId` → messages accepted in that minute; written together with the batch. */
  ledgerAccepted: (minuteMs: number) => `tw:ledger:accepted:${minuteMs}`,
  ledgerRejected: (minuteMs: number) => `tw:ledger:rejected:${minuteMs}`,
  /** Sorted set of the minutes that have counts in Redis. */
  ledgerMinutes: 'tw:ledger:minutes',
  /** Sorted set `tenantId/entityId` (or `tenantId/chain/ruleChainId`) → epoch ms until which somebody watches it. */
  watched: 'tw:live:watched',
  /** Sorted set `tenantId/deviceId` → epoch ms of its last activity, while it counts as active. */
  activeDevices: 'tw:devices:active',
  /** Counter of failed sign-ins of one account from one address (or of one address); expires by itself. */
  signInFailures: (subject: string) => `tw:sign-in:${subject}`,
  /** Hash of totals of a chain's nodes and connections; see rule-runner/chain-counters.ts. */
  chainCounters: (ruleChainId: string) => `tw:chain:counters:${ruleChainId}`,
  /** Sorted set of the processes that serve the API → epoch ms of their last sign of life. */
  apiProcesses: 'tw:api:processes',
  /** Held by the process that does a periodic duty for all; expires by itself. */
  duty: (name: string) => `tw:duty:${name}`,
} as const

export const redisChannels = {
  /** Live bus events of one tenant (`LiveBusEvent[]` as JSON). */
  live: (tenantId: string) => `tw:live:${tenantId}`,
  /** A watch began or ended; carries the member of `redisKeys.watched`. */
  watching: 'tw:live:watching',
  /** Something cached changed: `Invalidation` as JSON. */
  invalidation: 'tw:invalidate',
  /** A sign-in session ended before its time; carries the session id. */
  sessionEnded: 'tw:session:ended',
  /** Downlinks for whichever gateway holds the device's session: `DeviceDownlink` as JSON. */
  downlink: 'tw:downlink',
} as const
