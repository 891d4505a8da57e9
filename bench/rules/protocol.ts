/** What the measured process is to do; the same for Thingwire's rule engine and for Node-RED. */
export type RulesPlan = {
  /** With two script nodes among the ten, or with none. */
  withScripts: boolean
  warmUpMs: number
  measureMs: number
  /** Of the rule engine: messages a batch, and batches under way at once, as from partitions. */
  batch: number
  lanes: number
  /** Counters, samples and traces on, as in the product; off to see what they cost. */
  observed: boolean
  redisUrl: string
  /** Where Node-RED is installed, and a folder for its flows. */
  nodeRedFolder: string
  userFolder: string
}

export type RulesReport = {
  messages: number
  elapsedMs: number
  /** Of the process and its children. */
  cpuSeconds: number
  peakResidentMb: number
  /** What the last message looked like at the end of the chain. */
  last: { data: Record<string, unknown>; metadata: Record<string, string> }
  /** Messages that did not come to the end. */
  lost: number
}

/** The input: some messages pass the script's condition, all of them here. */
export const payloadOf = (n: number): Record<string, unknown> => ({
  temperature: 60.5 + (n % 40),
  humidity: 40 + (n % 7),
  samples: [1, 2, 3, n],
})
export const metadataOf = (n: number): Record<string, string> => ({
  deviceName: `Thermometer ${n}`,
  deviceType: 'default',
  ts: String(1_700_000_000_000 + n),
})
