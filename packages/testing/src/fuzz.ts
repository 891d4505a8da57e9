import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** A whole number from 0 to below the limit. */
export type Random = (below: number) => number

/** Numbers that look random and are the same for the same seed (mulberry32). */
export const randomFrom = (seed: number): Random => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export type FuzzBudget = { packets: number; seed: number; timeoutMs: number }

/** How much a fuzz test sends. `npm run fuzz` sets both by the environment: FUZZ_PACKETS and FUZZ_SEED. */
export const fuzzBudget = (): FuzzBudget => {
  const packets = Number(process.env.FUZZ_PACKETS ?? 50_000)
  const seed = Number(process.env.FUZZ_SEED ?? 20_261_121)
  return { packets, seed, timeoutMs: 60_000 + packets * 5 }
}

const largestBytes = 4_000

/**
 * One of the seeds with one to four changes: bits and bytes replaced, put in, taken out or cut off, parts of another
 * seed or a run of one byte appended.
 */
export const mutated = (seeds: readonly Buffer[], random: Random): Buffer => {
  const pick = () => seeds[random(seeds.length)] ?? Buffer.alloc(0)
  let bytes: Buffer = Buffer.from(pick())
  for (let changes = 1 + random(4); changes > 0; changes--) {
    bytes = changed(bytes, pick, random)
    if (bytes.length > largestBytes) bytes = bytes.subarray(0, largestBytes)
  }
  return bytes
}

export const changed = (bytes: Buffer, pick: () => Buffer, random: Random): Buffer => {
  const at = random(bytes.length + 1)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  const copy = Buffer.from(bytes)
  switch (random(7)) {
    case 0:
      if (at < copy.length) copy[at] = random(256)
      return copy
    case 1:
      if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << random(8))
      return copy
    case 2:
      return Buffer.concat([before, Buffer.of(random(256)), after])
    case 3:
      return Buffer.concat([before, after.subarray(1)])
    case 4:
      return before
    case 5:
      return Buffer.concat([before, pick().subarray(random(20))])
    default:
      return Buffer.concat([bytes, Buffer.alloc(random(200), random(256))])
  }
}

export type FuzzWatch = AsyncDisposable & {
  /** Errors that nobody caught since the watch began. */
  unexpected: readonly unknown[]
  /** Bytes that heap and buffers have grown by since then. */
  grownBytes(): number
}

/** Watches the test's own process, in which the server runs. */
export const watchProcess = (): FuzzWatch => {
  const unexpected: unknown[] = []
  const note = (error: unknown) => unexpected.push(error)
  process.on('uncaughtExceptionMonitor', note)
  process.on('unhandledRejection', note)
  // Without it, what is garbage already would count.
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const usedBytes = () => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = usedBytes()
  return {
    unexpected,
    grownBytes: () => usedBytes() - before,
    [Symbol.asyncDispose]: async () => {
      process.off('uncaughtExceptionMonitor', note)
      process.off('unhandledRejection', note)
    },
  }
}
