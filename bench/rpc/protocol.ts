import type { Histogram } from '../harness/histogram.ts'
import type { BenchDevice } from '../harness/devices.ts'

export type RpcPlan = {
  mqttPort: number
  httpUrl: string
  token: string
  devices: BenchDevice[]
  /** Commands a second, whatever the platform does. */
  rate: number
  warmUpMs: number
  measureMs: number
}

export type RpcReport = {
  /** From the moment at which a command was due to the whole answer of REST, after the warm-up. */
  latency: Histogram
  /** The same for a REST read of one device: what the way through HTTP alone costs. */
  baseline: Histogram
  commands: number
  answered: number
  /** Answers that were not what the device said. */
  wrong: number
  /** What REST said instead, by status. */
  refused: Record<string, number>
}
