import { setFlagsFromString } from 'node:v8'

const roomy = 60
const frugal = 20
/** Resident memory from which on the heap has to be careful, and below which it need not be any more, MB. */
const frugalFromMb = 345
const roomyBelowMb = 325
const lookEveryMs = 250

/** By how many percent the heap may grow between full collections. */
export const heapGrowth = (before: number, residentMb: number): number => {
  if (residentMb >= frugalFromMb) return frugal
  return residentMb < roomyBelowMb ? roomy : before
}

/**
 * Left alone, V8 lets the heap grow to more than twice what is in use before it collects all of it, and a flood of small
 * messages takes that much. But a full collection keeps a core busy for 100 ms, and everything waits on a small machine: at 30
 * percent 200 commands a second made one every few seconds, at 60 none in 40 s. So there is room while the process is small.
 */
const watchHeapGrowth = (): void => {
  let growth = roomy
  const set = () => setFlagsFromString(`--heap-growing-percent=${growth}`)
  set()
  setInterval(() => {
    const wanted = heapGrowth(growth, process.memoryUsage.rss() / 1_048_576)
    if (wanted === growth) return
    growth = wanted
    set()
  }, lookEveryMs).unref()
}

/** Sets up the collector of this process for many small messages that live for a moment. */
export const tuneHeap = (): void => {
  // While the young generation is still small, V8 may take the messages of the first batches for objects that last, and from
  // then on makes all of their kind in the old generation: most starts of a flood then cost half as much again, and twice the memory.
  setFlagsFromString('--no-allocation-site-pretenuring')
  watchHeapGrowth()
}
