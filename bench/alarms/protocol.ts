export type RulesPlan = {
  databaseUrl: string
  tenantId: string
  deviceIds: string[]
  /** Messages a batch, and batches under way at once, as from partitions. */
  batch: number
  lanes: number
  warmUpMs: number
  measureMs: number
}

export type RulesReport = {
  messages: number
  elapsedMs: number
  cpuSeconds: number
  /** Of this process, for all devices at once. */
  heapBytesPerDevice: number
  raised: number
  cleared: number
  failed: number
}

export type StormPlan = {
  databaseUrl: string
  redisUrl: string
  tenantId: string
  deviceIds: string[]
  /** Alarms a second, and for how long. */
  rate: number
  seconds: number
}

export type StormReport = { sent: number; elapsedMs: number; rejected: number }
