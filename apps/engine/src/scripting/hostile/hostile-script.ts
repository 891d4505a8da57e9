/**
 * A script that somebody may write to hold the engine's thread: it does as much as it can before it is given up, or answers as late as it
 * can. `data`: what its messages carry, when that matters.
 */
export type HostileScript = { name: string; body: string; data?: keyof typeof hostileData }

const deepest = 7_000

/** Near what a message may have that runs without a sandbox. */
export const hostileData = {
  wide: `{${Array.from({ length: 1_400 }, (_, n) => `"k${n}":${n}`).join()}}`,
  deep: `${'['.repeat(deepest)}1${']'.repeat(deepest)}`,
  numbers: `[${Array.from({ length: 700 }, (_, n) => `${n}.123456789012345e-300`).join()}]`,
  text: `"${'\\u00e9'.repeat(2_600)}"`,
} as const
