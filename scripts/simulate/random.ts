/** Repeatable randomness: the same seed gives the same sequence on every machine. */
export type Random = {
  /** In [0, 1). */
  next(): number
  between(low: number, high: number): number
  /** Normally distributed with mean 0 and deviation 1. */
  normal(): number
  pick<T>(choices: readonly [T, ...T[]]): T
}

/** A 32-bit mixer walks the states; neighbouring streams of one seed share nothing that can be seen. */
export const seededRandom = (seed: number, stream = 0): Random => {
  let state = mix(mix(seed >>> 0) ^ Math.imul(stream + 1, 0x9e3779b9))
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0
    return mix(state) / 2 ** 32
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    // 1 - next() is never 0, whose logarithm would be infinite.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
  }
}

/** Spreads the bits of a number over all 32. */
export const mix = (value: number): number => {
  let x = value >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}
