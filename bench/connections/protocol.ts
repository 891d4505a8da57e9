import type { Histogram } from '../harness/histogram.ts'

export type CrowdPlan = { host: string; port: number; tokens: string[]; version: 4 | 5 | 'none' }

/** `storm`: all connect at once. `leave`: all sockets are torn down. */
export type ToCrowd = { kind: 'plan'; plan: CrowdPlan } | { kind: 'storm' } | { kind: 'leave' }

export type StormReport = {
  kind: 'storm'
  accepted: number
  /** Reason codes of CONNACK other than 0, and what sockets said, with how often. */
  failures: Record<string, number>
  /** From the start of the storm to the last answer. */
  seconds: number
  /** From the start of the storm to each CONNACK. */
  latency: Histogram
}
export type FromCrowd = StormReport | { kind: 'left' } | { kind: 'lost'; count: number }
