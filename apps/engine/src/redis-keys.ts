/** Every Redis key and channel of the engine is made here. BullMQ's own keys stand under `tw:bull`. */
export const redisKeys = {
  bullPrefix: 'tw:bull',
  queue: (queueName: string, partition: number) => `${queueName}-${partition}`,
  /** Hash `tenantId` → messages accepted in that minute; written together with the batch. */
  ledgerAccepted: (minuteMs: number) => `tw:ledger:accepted:${minuteMs}`,
  ledgerRejected: (minuteMs: number) => `tw:ledger:rejected:${minuteMs}`,
  /** Sorted set `tenantId/entityId` (or `tenantId/chain/ruleChainId`) → epoch ms until which somebody watches it. */
  watched: 'tw:live:watched',
} as const

export const redisChannels = {
  /** Live bus events of one tenant (`LiveBusEvent[]` as JSON). */
  live: (tenantId: string) => `tw:live:${tenantId}`,
  /** A watch began or ended; carries the member of `redisKeys.watched`. */
  watching: 'tw:live:watching',
  /** Something cached changed: `{kind: 'device' | 'rule-chain', tenantId, id}`. */
  invalidation: 'tw:invalidate',
} as const
