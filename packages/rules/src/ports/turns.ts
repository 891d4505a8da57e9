/** Order between nodes that work with the same things. */
export type TurnsPort = {
  /**
   * Does the work when no earlier work of `place` that shares one of the ids is under way in this process; later work
   * waits for it.
   */
  take<T>(place: string, ids: readonly string[], work: () => Promise<T>): Promise<T>
}
