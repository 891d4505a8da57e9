/** Kinds of things that readers may remember. */
export type ChangedKind = 'attributes' | 'relations'

/** What this process has committed: for those who remember what they read. */
export type Changes = {
  /** Called after each commit that changed something of these entities, before the call that did it resolves. */
  onChange(listener: (kind: ChangedKind, entityIds: readonly string[]) => void): void
}

export const createChanges = (): Changes & { tell(kind: ChangedKind, entityIds: readonly string[]): void } => {
  const listeners: ((kind: ChangedKind, entityIds: readonly string[]) => void)[] = []
  return {
    onChange: (listener) => void listeners.push(listener),
    tell: (kind, entityIds) => {
      for (const listener of listeners) listener(kind, entityIds)
    },
  }
}
