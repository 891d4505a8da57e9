/** Asks until there is an answer; an error when the deadline passes or the bench is interrupted. */
export const poll = async <T>(options: {
  what: string
  signal: AbortSignal
  deadlineMs: number
  everyMs: number
  probe: () => Promise<T | undefined>
}): Promise<T> => {
  const endMs = performance.now() + options.deadlineMs
  for (;;) {
    options.signal.throwIfAborted()
    const found = await options.probe()
    if (found !== undefined) return found
    if (performance.now() > endMs) throw new Error(`${options.what}: nothing after ${options.deadlineMs / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, options.everyMs))
  }
}
