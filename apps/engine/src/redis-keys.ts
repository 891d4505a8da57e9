/** Every Redis key and channel of the engine is made here. BullMQ's own keys stand under `tw:bull`. */
export const redisKeys = {
  bullPrefix: 'tw:bull',
  /** A queue of the system, or of one tenant; no queue name has an @ in it. */
  queueKey: (queueName: string, tenantId: string | null) =>
    tenantId === null ? queueName : `${queueName}@${tenantId}`,
  /** Of a queue by its key. */
  queue: (queueKey: string, partition: number) => `${queueKey}-${partition}`,
  /** Hash queue key → number of partitions that may have something in them. */
  queueLayouts: 'tw:queue:layouts',
  /** Hash of the jobs of a partition that stand aside while others run: job → its lanes; see rule-runner/jobs-aside.ts. */
  jobsAside: (partition: string) => `tw:queue:aside:${partition}`,
  /** What earlier versions had in its place: a set of queue names, and one number of partitions for all. */
  formerQueues: 'tw:queues',
  formerPartitions: 'tw:queue:partitions',
  /** Hash `lane` → id of the last batch written by it; makes counting idempotent when a write is repeated. */
  laneWrites: (processId: string) => `tw:queue:lanes:${processId}`,
  /** Hash of the batches that were to be written once, whoever asks again; see `submitOnce`. */
  onceWritten: 'tw:queue:once',
  /** Hash `tenantId` → messages accepted in that minute; written together with the batch. */
  ledgerAccepted: (minuteMs: number) => `tw:ledger:accepted:${minuteMs}`,
  ledgerRejected: (minuteMs: number) => `tw:ledger:rejected:${minuteMs}`,
  /** Sorted set of the minutes that have counts in Redis. */
  ledgerMinutes: 'tw:ledger:minutes',
  /** Hash `tenantId/minute/outcome` → messages that ended so, not in PostgreSQL yet. */
  ledgerOutcomes: 'tw:ledger:outcomes',
  /** The same on its way to PostgreSQL, with `id`: the move that makes it count once. */
  ledgerMoving: 'tw:ledger:outcomes:moving',
  /** Hash `partition` → its last settled batch, and where it was counted. */
  settledBatches: 'tw:ledger:settled',
  /** Where a batch was counted that was settled beside others of its partition; expires by itself. */
  settledBeside: (batchId: string) => `tw:ledger:settled:${batchId}`,
  /** Sorted set `tenantId/entityId` (or `tenantId/chain/ruleChainId`) → epoch ms until which somebody watches it. */
  watched: 'tw:live:watched',
  /** Sorted set `tenantId/deviceId` → epoch ms until which it counts as active, should it stay silent. */
  activeDevices: 'tw:devices:active',
  /** Hash with the key by which a customer may claim the device; expires by itself. */
  claim: (deviceId: string) => `tw:claim:${deviceId}`,
  /** Counter of failed sign-ins of one account from one address (or of one address); expires by itself. */
  signInFailures: (subject: string) => `tw:sign-in:${subject}`,
  /** Counter of codes that somebody tried as a second factor; expires by itself. */
  secondFactorChecks: (userId: string) => `tw:2fa:checks:${userId}`,
  /** Counter of wrong ones since the last right one; expires by itself. */
  secondFactorFailures: (userId: string) => `tw:2fa:failures:${userId}`,
  /** A code that was sent, as `{hash, contact}`; expires by itself. */
  secondFactorCode: (userId: string, provider: string) => `tw:2fa:code:${userId}:${provider}`,
  /** Stands while no further code may be sent. */
  secondFactorPause: (userId: string, provider: string) => `tw:2fa:pause:${userId}:${provider}`,
  /** Stands when a factor was set up in this unfinished sign-in. */
  secondFactorSetUp: (sessionId: string) => `tw:2fa:set-up:${sessionId}`,
  /** Counter of uses of something that is limited per hour and subject; expires by itself. */
  hourlyUses: (name: string, subject: string) => `tw:hourly:${name}:${subject}`,
  /** Hash `key` → who has what is edited (`DASHBOARD <id>`) open in an editor; see live/editors.ts. Expires by itself. */
  editors: (edited: string) => `tw:editors:${edited}`,
  /** Hash of totals of a chain's nodes and connections; see rule-runner/chain-counters.ts. */
  chainCounters: (ruleChainId: string) => `tw:chain:counters:${ruleChainId}`,
  /** List of the last messages that passed a connection, or (without one) came to a node; see rule-debug/connection-samples.ts. */
  connectionSamples: (place: { ruleChainId: string; ruleNodeId: string; connection: string | null }) =>
    `tw:chain:samples:${place.ruleChainId}:${place.ruleNodeId}:${place.connection === null ? '' : `>${place.connection.toLowerCase()}`}`,
  /** Hash `nodeId/process` → what is the matter with a rule node; see rule-runner/node-states.ts. Expires by itself. */
  nodeStates: (ruleChainId: string) => `tw:chain:states:${ruleChainId}`,
  /** Hash `nodeId/process` → what a node's script has done; see scripting/script-uses.ts. Expires by itself. */
  scriptUses: (ruleChainId: string) => `tw:chain:scripts:${ruleChainId}`,
  /** Hash `tenantId/entityId` → trace that the next message of the entity begins, with when it ends waiting. */
  armedTraces: 'tw:traces:armed',
  /** Sorted set of a tenant's traces → epoch ms of their making. */
  traces: (tenantId: string) => `tw:traces:${tenantId}`,
  /** Hash with what a trace is; expires by itself. */
  trace: (traceId: string) => `tw:trace:${traceId}`,
  /** List of its steps. */
  traceHops: (traceId: string) => `tw:trace:${traceId}:hops`,
  /** Sorted set of the processes that serve the API → epoch ms of their last sign of life. */
  apiProcesses: 'tw:api:processes',
  /** Sorted set of the nodes that devices connect to → epoch ms until which they count as alive. */
  gateways: 'tw:gateways',
  /** Hash `deviceId` → `since sessionId`, or `poll`: what one node holds; see downlinks/device-holders.ts. Expires with its node. */
  heldDevices: (nodeId: string) => `tw:gateway:devices:${nodeId}`,
  /** Commands to one device that are not answered yet; see rpc/pending-rpcs.ts. */
  pendingRpcs: (deviceId: string) => `tw:rpc:${deviceId}`,
  /** Sorted set `deviceId/requestId` → epoch ms when the command's time is over. */
  rpcExpiry: 'tw:rpc:expiry',
  /** Hash `key` → message that a rule node keeps for later; see self-messages/later-store.ts. */
  later: (ruleNodeId: string) => `tw:later:of:${ruleNodeId}`,
  /** Sorted set `ruleNodeId/key` of all of them → epoch ms. */
  laterDue: 'tw:later:due',
  /** Hash of the messages that a rule node gathers under a name, with `#`: their numbers. */
  gathered: (ruleNodeId: string, group: string) => `tw:later:gathered:${ruleNodeId}:${group}`,
  /** Hash name → what a rule node has counted. */
  nodeCounts: (ruleNodeId: string) => `tw:later:counts:${ruleNodeId}`,
  /** Hash name → how far a series of messages of a rule node to itself has come. */
  series: (ruleNodeId: string) => `tw:later:series:${ruleNodeId}`,
  /** Sorted set of devices and profiles to tell of their packages (ota-delivery/package-rollout.ts) → epoch ms from when on. */
  packageRollout: 'tw:packages:rollout',
  /** Hash topic → message that stands there; see topic-space/retained-store.ts. */
  retained: (tenantId: string) => `tw:space:retained:${tenantId}`,
  /** Sorted set of the same topics, in the order of their names. */
  retainedTopics: (tenantId: string) => `tw:space:retained-topics:${tenantId}`,
  /** Sorted set of those that go out of date → epoch ms. */
  retainedExpiry: (tenantId: string) => `tw:space:retained-expiry:${tenantId}`,
  /** Hash of the bytes that a tenant's topic space holds: `retained` and `queued`. */
  spaceUsage: (tenantId: string) => `tw:space:usage:${tenantId}`,
  /** Hash `session filter` → options: for whom messages are queued; see topic-space/kept-subscriptions.ts. */
  spaceSubscriptions: (tenantId: string) => `tw:space:subscriptions:${tenantId}`,
  /** How often those have changed. */
  spaceVersion: (tenantId: string) => `tw:space:version:${tenantId}`,
  /** Stream of the last changes; the ids are versions. */
  spaceChanges: (tenantId: string) => `tw:space:changes:${tenantId}`,
  /** An MQTT session that is kept: a hash, and its parts; see topic-space/session-store.ts. */
  mqttSession: (sessionId: string) => `tw:mqtt:session:${sessionId}`,
  mqttSessionPart: (sessionId: string, part: 'subscriptions' | 'queue' | 'received' | 'released') =>
    `tw:mqtt:session:${sessionId}:${part}`,
  /** Set of the sessions that are kept for a device or user. */
  mqttSessionsOf: (holderId: string) => `tw:mqtt:sessions:${holderId}`,
  /** Set of the devices and users that have some. */
  mqttHolders: 'tw:mqtt:holders',
  /** Sorted set of sessions without a connection → epoch ms when their time is over. */
  mqttExpiry: 'tw:mqtt:expiry',
  /** Sorted set of sessions whose will is to be published → epoch ms. */
  mqttWills: 'tw:mqtt:wills',
  /** Set of sessions whose connection is at that node. */
  mqttOwned: (nodeId: string) => `tw:mqtt:owned:${nodeId}`,
  /** Sorted set of the nodes that have some → epoch ms until which they count as alive. */
  mqttOwners: 'tw:mqtt:owners',
  /** Held by the process that does a periodic duty for all; expires by itself. */
  duty: (name: string) => `tw:duty:${name}`,
} as const

export const redisChannels = {
  /** Live bus events of one tenant (`LiveBusEvent[]` as JSON). */
  live: (tenantId: string) => `tw:live:${tenantId}`,
  /** A queue has a partition that it did not have before; carries the queue's key. */
  queueGrown: 'tw:queue:grown',
  /** Somebody wants to follow the next message of an entity: an armed trace as JSON. */
  traces: 'tw:traces',
  /** A watch began or ended; carries the member of `redisKeys.watched`. */
  watching: 'tw:live:watching',
  /** Somebody opened or left an editor, or the draft is another; carries what is edited: `DASHBOARD <id>`. */
  editors: 'tw:editors',
  /** Something cached changed: `Invalidation` as JSON. */
  invalidation: 'tw:invalidate',
  /** Attributes or relations of entities changed; see changes/change-relay.ts. */
  changed: 'tw:changed',
  /** A sign-in session ended before its time; carries the session id. */
  sessionEnded: 'tw:session:ended',
  /** Words for one node, about devices that it holds; see downlinks/device-holders.ts. */
  gateway: (nodeId: string) => `tw:gateway:${nodeId}`,
  /** A device has a new command to fetch, and no node is known to hold it; carries the device id. */
  rpcWake: 'tw:rpc:wake',
  /** What the nodes tell each other about topic spaces, in bytes; see topic-space/node-words.ts. */
  space: 'tw:space',
  /** Answers for those who wait in one process: `Reply` as JSON. */
  replies: (serviceId: string) => `tw:replies:${serviceId}`,
  /** A device's own `inactivityTimeout` was set or deleted; carries the member of `redisKeys.activeDevices`. */
  inactivityTimeout: 'tw:devices:timeout',
  /** Downlinks of devices that no node is known to hold: `DeviceDownlink` as JSON. */
  downlink: 'tw:downlink',
} as const
