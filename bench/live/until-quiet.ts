import { poll } from '../harness/poll.ts'

/** Resolves when half a second has brought no update more. */
export const untilQuiet = (count: () => number, signal: AbortSignal): Promise<unknown> => {
  let before = -1
  return poll({
    what: 'the last updates',
    signal,
    deadlineMs: 30_000,
    everyMs: 500,
    probe: async () => {
      const isQuiet = before === count()
      before = count()
      return isQuiet || undefined
    },
  })
}
