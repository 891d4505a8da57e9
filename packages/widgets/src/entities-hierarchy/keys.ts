import type { TreeRow } from './tree.ts'

export type KeyStep =
  | { type: 'focus'; key: string }
  | { type: 'open'; key: string; isOpen: boolean }
  | { type: 'activate' }

/** What a key does in a tree, as trees do it everywhere; null: nothing. */
export const keyStep = (key: string, rows: readonly TreeRow[], current: string | null): KeyStep | null => {
  const at = rows.findIndex((row) => row.key === current)
  const row = rows[at]
  if (!row) return null
  const focus = (to: TreeRow | undefined): KeyStep | null => (to ? { type: 'focus', key: to.key } : null)
  switch (key) {
    case 'ArrowDown':
      return focus(rows[at + 1])
    case 'ArrowUp':
      return focus(rows[at - 1])
    case 'Home':
      return focus(rows[0])
    case 'End':
      return focus(rows.at(-1))
    case 'ArrowRight':
      if (row.kind !== 'node' || !row.canOpen) return null
      return row.isOpen ? focus(rows[at + 1]) : { type: 'open', key: row.key, isOpen: true }
    case 'ArrowLeft': {
      if (row.kind === 'node' && row.isOpen) return { type: 'open', key: row.key, isOpen: false }
      const above = row.kind === 'node' ? row.node.parent?.key : row.parent
      return focus(rows.find((one) => one.key === above))
    }
    case 'Enter':
    case ' ':
      return { type: 'activate' }
    default:
      return null
  }
}
