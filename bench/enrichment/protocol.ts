/** What the measured process is to do. */
export type EnrichmentPlan = {
  databaseUrl: string
  tenantId: string
  deviceIds: readonly string[]
  /** The node, as in a rule chain file. */
  node: { type: string; configuration: Record<string, unknown>; configurationVersion: number }
  batch: number
  lanes: number
  warmUpMs: number
  measureMs: number
}

export type EnrichmentReport = {
  messages: number
  elapsedMs: number
  cpuSeconds: number
  /** Of the first pass, in which nothing is remembered. */
  coldMessagesPerSecond: number
  /** Messages that did not leave along Success. */
  failed: number
  last: { data: unknown; metadata: Record<string, string> }
}
