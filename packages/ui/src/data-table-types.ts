import type { ReactNode } from 'react'

export type Column<T> = {
  id: string
  header: string
  cell: (row: T) => ReactNode
  /** Raw value for export; a column without it is not exported. */
  csv?: (row: T) => unknown
  sortable?: boolean
  align?: 'left' | 'right'
  /** Shown below 768 px too. */
  onPhone?: boolean
  /** The first column stays; others may be switched off. */
  fixed?: boolean
  initiallyHidden?: boolean
  className?: string
}

/** What the server is asked for; lives in the caller's URL. `page` counts from 0. */
export type TableState = {
  page: number
  pageSize: number
  search: string
  sort: { id: string; desc: boolean } | null
}

export type TableTexts = {
  search: string
  columns: string
  export: string
  previous: string
  next: string
  rowsPerPage: string
  range: (from: number, to: number, total: number) => string
  sortBy: (column: string) => string
  keyboard: string
  actions: string
  selectAll: string
  selected: (count: number) => string
  clearSelection: string
}
