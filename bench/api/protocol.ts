import type { Histogram } from '../harness/histogram.ts'

/** What the bench asks its load process to do: the same requests over and over, each connection one after the other. */
export type Load = {
  host: string
  port: number
  connections: number
  /** Complete HTTP/1.1 requests, taken in turn. */
  requests: string[]
  warmUpMs: number
  measureMs: number
}

export type LoadReport = {
  /** From the write of a request to the last byte of its answer, after the warm-up. */
  latency: Histogram
  seconds: number
  /** Answers by status, warm-up included. */
  statuses: Record<string, number>
  /** Bytes of the largest answer's body. */
  largestBytes: number
}

export type FromLoader = { kind: 'done'; report: LoadReport } | { kind: 'failed'; message: string }
