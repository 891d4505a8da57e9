import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks until the condition answers with something truthy, and returns that. Fails with what it was waiting for, and the
 * last error of the condition, when the deadline passes.
 */
export const waitFor = async <T>(
  condition: () => T | Promise<T>,
  { deadlineMs = 20_000, what = 'the condition' }: { deadlineMs?: number; what?: string } = {},
): Promise<NonNullable<T>> => {
  const end = performance.now() + deadlineMs
  let cause: unknown
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, 50)) {
    try {
      const answer = await condition()
      if (answer) return answer
      cause = undefined
    } catch (error) {
      cause = error
    }
    if (performance.now() >= end) throw new Error(`Waited ${deadlineMs} ms in vain for ${what}`, { cause })
    await delay(pauseMs)
  }
}
