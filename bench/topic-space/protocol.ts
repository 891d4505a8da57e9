import type { Histogram } from '../harness/histogram.ts'

/** What one phase sends: each publisher to a topic of its own, to which so many subscribers listen. */
export type SpacePlan = {
  mqttPort: number
  /** Publishers first, then the subscribers of each. */
  tokens: readonly string[]
  publishers: number
  subscribersEach: number
  qos: 0 | 1
  /** Sessions of the subscribers are kept: every message goes through its queue in Redis. */
  isKept: boolean
  /** Unacknowledged messages of one publisher; with QoS 0 messages that have not arrived. */
  window: number
  payloadBytes: number
  warmUpMs: number
  measureMs: number
}

export type SpaceReport = {
  published: number
  delivered: number
  seconds: number
  /** From sending to the arrival at a subscriber. */
  latency: Histogram
  /** Acknowledged messages that some subscriber never got. */
  missing: number
}
