/** A clock that moves only when it is told to. Epoch milliseconds. */
export type FakeClock = { now(): number; advance(ms: number): void; set(ms: number): void }

export const fakeClock = (startMs = Date.UTC(2026, 0, 1)): FakeClock => {
  let current = startMs
  return {
    now: () => current,
    advance: (ms) => {
      current += ms
    },
    set: (ms) => {
      current = ms
    },
  }
}
