import { mix } from './random.ts'

/**
 * A smooth random curve in [-1, 1] that depends on the moment alone, so that it is the same after a restart, and for
 * two devices that look at the same thing.
 * @param periodMs how far apart its random values lie
 */
export const noise = (seed: number, periodMs: number) => {
  const at = (index: number) => (mix(mix(seed >>> 0) ^ (index >>> 0)) / 2 ** 32) * 2 - 1
  return (atMs: number): number => {
    const index = Math.floor(atMs / periodMs)
    const way = atMs / periodMs - index
    const eased = way * way * (3 - 2 * way)
    return at(index) * (1 - eased) + at(index + 1) * eased
  }
}
