'use client'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'
import type { Column, TableState, TableTexts } from './data-table-types.ts'
import { Skeleton } from './display.tsx'

export const headClass =
  'sticky top-0 z-10 h-9 border-b bg-canvas text-left text-xs font-medium whitespace-nowrap text-ink-3'

const cellClass = (column: {
  align?: 'left' | 'right'
  onPhone?: boolean
  fixed?: boolean
  className?: string | undefined
}) =>
  cn(
    'px-3 first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6',
    // Where rows can be ticked the boxes come first, but not on narrow screens.
    column.fixed && 'max-sm:pl-4 sm:max-md:pl-6',
    column.align === 'right' && 'text-right tabular-nums',
    !column.onPhone && 'max-md:hidden',
    column.className,
  )

/** The names of the columns, by which the server sorts. */
export const Head = <T,>(p: {
  columns: readonly Column<T>[]
  state: TableState
  texts: TableTexts
  onStateChange: (change: Partial<TableState>) => void
  hasActions: boolean
  select: ReactNode
}) => {
  const { sort } = p.state
  return (
    <thead>
      <tr>
        {p.select}
        {p.columns.map((column) => {
          const active = sort?.id === column.id ? sort : null
          return (
            <th
              key={column.id}
              scope="col"
              {...(active ? { 'aria-sort': active.desc ? ('descending' as const) : ('ascending' as const) } : {})}
              className={cn(headClass, cellClass({ ...column, className: undefined }))}
            >
              {column.sortable ? (
                <button
                  type="button"
                  title={p.texts.sortBy(column.header)}
                  onClick={() =>
                    p.onStateChange({ sort: { id: column.id, desc: active ? !active.desc : false }, page: 0 })
                  }
                  className="inline-flex items-center gap-1 hover:text-ink"
                >
                  {column.header}
                  <span aria-hidden className={cn('[&_svg]:size-3', !active && 'opacity-0')}>
                    {active?.desc ? <ArrowDown /> : <ArrowUp />}
                  </span>
                </button>
              ) : (
                column.header
              )}
            </th>
          )
        })}
        {p.hasActions ? (
          <th scope="col" className="sticky top-0 z-10 w-10 border-b bg-canvas">
            <span className="sr-only">{p.texts.actions}</span>
          </th>
        ) : null}
      </tr>
    </thead>
  )
}

export const Row = <T,>(p: {
  row: T
  columns: readonly Column<T>[]
  isCurrent: boolean
  onOpen: (row: T) => void
  actions: ReactNode
  select: ReactNode
  className: string | undefined
}) => (
  // The keyboard way is the link in the first cell and the table's own keys; the click on the row is a shortcut.
  <tr
    data-current={p.isCurrent || undefined}
    data-table-row
    onClick={(event) => {
      if (
        event.target instanceof Element &&
        event.target.closest('a,button,input,[role=menuitem],[role=menu],[data-select-cell]')
      )
        return
      p.onOpen(p.row)
    }}
    className={cn(
      'group cursor-pointer bg-surface transition-colors duration-75 hover:bg-hover data-current:bg-hover data-current:shadow-[inset_2px_0_0_var(--tw-accent)]',
      p.className,
    )}
  >
    {p.select}
    {p.columns.map((column) => (
      <td key={column.id} className={cn(cellClass(column), 'h-11 border-b py-1.5')}>
        {column.cell(p.row)}
      </td>
    ))}
    {p.actions ? <td className="h-11 w-10 border-b pr-3 text-right">{p.actions}</td> : null}
  </tr>
)

export const skeletonRows = Array.from({ length: 12 }, (_, index) => index)
const widths = ['w-40', 'w-28', 'w-36', 'w-24']
/** Stands for a row that is awaited. */
export const SkeletonRow = <T,>(p: {
  columns: readonly Column<T>[]
  index: number
  hasActions: boolean
  hasSelect: boolean
}) => (
  <tr className="bg-surface">
    {p.hasSelect ? <td className="h-11 border-b max-md:hidden" /> : null}
    {p.columns.map((column, index) => (
      <td key={column.id} className={cn(cellClass(column), 'h-11 border-b')}>
        <Skeleton className={cn('h-3', widths[(p.index + index) % widths.length])} />
      </td>
    ))}
    {p.hasActions ? <td className="h-11 w-10 border-b" /> : null}
  </tr>
)
