import type { Histogram } from '../harness/histogram.ts'
import type { Level, Points } from './wire.ts'

/** What the bench and its load generator processes say to each other. */
export type LoadPlan = {
  host: string
  port: number
  tokens: string[]
  points: Points
  level: Level
  /** Time of the first message of every device, epoch ms. */
  baseTs: number
  /** Messages a second of this generator; null: as fast as acknowledgements come. */
  rate: number | null
  /** Messages that one connection may have unacknowledged. */
  window: number
  /** Messages that a connection sends in one go when its turn comes. */
  burst: number
  warmUpMs: number
  measureMs: number
}

export type ToGenerator = { kind: 'plan'; plan: LoadPlan } | { kind: 'go' } | { kind: 'abort' }

export type FromGenerator =
  | { kind: 'connected' }
  | { kind: 'progress'; acknowledged: number; waiting: number }
  /** The wanted time is over; what is in flight is still awaited. */
  | { kind: 'sent'; messages: number }
  | { kind: 'done'; report: GeneratorReport }
  | { kind: 'failed'; message: string }

export type GeneratorReport = {
  devices: { sent: number /** One bit per message, in order of its number. */; acknowledged: Uint8Array }[]
  /** From the write of a message to its acknowledgement, measured after the warm-up. */
  latency: Histogram
  /** From the moment a message was due: counts the waiting that an overloaded platform causes. */
  latencyFromDue: Histogram
  /** Acknowledged in each second since the start. */
  perSecond: number[]
  measured: { acknowledged: number; seconds: number }
  connectionsLost: number
  cpuSeconds: number
  seconds: number
}
