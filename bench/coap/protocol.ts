import type { Histogram } from '../harness/histogram.ts'

export type FloodPlan = { host: string; port: number; tokens: string[]; window: number; seconds: number }

export type FloodReport = {
  acknowledged: number
  /** Answered by 5.03. */
  overloaded: number
  unexpected: number
  /** Sent again, since no answer came. */
  repeated: number
  unanswered: number
  /** For the rate: the time in which so many were acknowledged. */
  seconds: number
  latency: Histogram
}
