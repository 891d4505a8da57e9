/** Things that live as long as somebody holds them, one for each name. */
export type Shared<T> = {
  /** The thing of that name, made by the first who asks. Release it once; more does nothing. */
  hold(name: string, make: () => Promise<T>): Promise<{ value: T; release(): void }>
}

export const createShared = <T extends { close(): void }>(): Shared<T> => {
  const held = new Map<string, { holds: number; made: Promise<T> }>()
  return {
    hold: async (name, make) => {
      // Counted before anything is awaited: what somebody waits for is not closed by somebody who leaves.
      const entry = held.get(name) ?? { holds: 0, made: make() }
      entry.holds++
      held.set(name, entry)
      const forget = () => {
        if (held.get(name) === entry) held.delete(name)
      }
      const value = await entry.made.catch((error: unknown) => {
        forget()
        throw error
      })
      let isReleased = false
      return {
        value,
        release: () => {
          if (isReleased) return
          isReleased = true
          if (--entry.holds > 0) return
          forget()
          value.close()
        },
      }
    },
  }
}
