/** One line of the closing table. */
export type Figure = {
  what: string
  value: string
  /** What performance is wanted, in words; absent for facts without a goal. */
  goal?: string
  /** Figure ÷ baseline of the same run. */
  ratio?: number
  met?: boolean
}

export type BenchResult = {
  figures: Figure[]
  /** Whether the run itself was right (nothing lost, nothing twice). Speed never makes a run wrong. */
  correct: boolean
  /** Everything measured, for the JSON file. */
  data: Record<string, unknown>
}

export type BenchOption = { default?: string; about: string }

/** A benchmark is one folder and one line in the registry. */
export type Bench = {
  name: string
  about: string
  options: Record<string, BenchOption>
  /** Starts what it needs, measures, and leaves nothing running. */
  run(context: BenchContext): Promise<BenchResult>
}

export type BenchContext = {
  options: Record<string, string | undefined>
  /** Progress for the person who waits. */
  say(text: string): void
  /** Aborted by Ctrl+C: the bench ends early and cleans up. */
  signal: AbortSignal
}

export class UsageError extends Error {}

/** A whole number option within bounds, or a UsageError that names it. */
export const wholeNumber = (
  options: Record<string, string | undefined>,
  name: string,
  [low, high]: [number, number],
): number => {
  const value = Number(options[name])
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw new UsageError(`--${name} must be a whole number from ${low} to ${high}, not "${options[name] ?? ''}".`)
}
