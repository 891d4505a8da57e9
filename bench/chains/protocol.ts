export type ChainsPlan = { databaseUrl: string; tenantId: string; chains: number }

export type ChainsReport = {
  /** Until every node of every chain had started. */
  loadMs: number
  /** What the loaded chains take, after a garbage collection; in all memory of the process, and in V8's heap. */
  residentMb: number
  heapMb: number
  nodes: number
  /** Nodes that are not active. */
  failed: number
  /** A publish of one of them, until its new version ran. */
  publishMs: number
}
