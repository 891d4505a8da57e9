'use client'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { TableSort } from './table-view.tsx'

const isSort = (kept: unknown): kept is TableSort =>
  typeof kept === 'object' &&
  kept !== null &&
  'column' in kept &&
  typeof kept.column === 'string' &&
  'desc' in kept &&
  typeof kept.desc === 'boolean'

/** The order that the viewer chose; null: none, or by a column that is gone. */
export const useOwnSort = (columns: readonly { id: string }[]) => {
  const [kept, set] = useWidgetHost().viewer.useSetting('sort')
  const sort = isSort(kept) && columns.some(({ id }) => id === kept.column) ? kept : null
  return [sort, (next: TableSort) => set({ column: next.column, desc: next.desc })] as const
}
