'use client'
import { cn } from '@thingwire/ui'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useState } from 'react'

export type TableColumn<Row> = {
  id: string
  title: string
  isNumber: boolean
  isSortable: boolean
  /** CSS length of a file; null: as wide as what is in it. */
  width: string | null
  cell: (row: Row) => ReactNode
  style?: (row: Row) => CSSProperties | undefined
  onClick?: ((row: Row, cell: HTMLElement) => void) | undefined
}

export type TableSort = { column: string; desc: boolean }

type Props<Row> = {
  label: string
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowStyle?: (row: Row) => CSSProperties | undefined
  sort: TableSort | null
  onSort: (sort: TableSort) => void
  onRow?: ((row: Row, element: HTMLElement) => void) | undefined
  onRowDouble?: ((row: Row, element: HTMLElement) => void) | undefined
  /** Buttons at the end of a row. */
  actions?: { title: string; cell: (row: Row) => ReactNode } | undefined
  /** Before the first column: what chooses rows. */
  lead?: { head: ReactNode; cell: (row: Row) => ReactNode } | undefined
  isStale: boolean
  isBusy: boolean
  /** Rows as cards, for phones. */
  isNarrow: boolean
  /** Shown where there are no rows. */
  none: string
}

const rowPx = 36
const cardPx = 30
/** Below this all rows are drawn; above, those that are seen and some beside. */
const virtualFrom = 120
const overscan = 12

/** Rows under a head that stays: sorted by it, reached by keyboard, and as cards where there is no room for columns. */
export const TableView = <Row,>(p: Props<Row>) => {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const isVirtual = p.rows.length > virtualFrom
  const virtual = useVirtualizer({
    count: p.rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => (p.isNarrow ? cardPx * (p.columns.length + 1) : rowPx),
    overscan,
    enabled: isVirtual,
  })
  const items = isVirtual ? virtual.getVirtualItems() : p.rows.map((_, index) => ({ index, start: 0, end: 0 }))
  const before = isVirtual ? (items[0]?.start ?? 0) : 0
  const after = isVirtual ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0
  const shown = items.flatMap(({ index }) => {
    const row = p.rows[index]
    return row === undefined ? [] : [{ row, index }]
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <div ref={setScroller} tabIndex={0} aria-busy={p.isBusy} className="min-h-0 flex-1 overflow-auto">
      {/* Rows that fade could not be read while the next ones are on their way. */}
      {p.isBusy ? (
        <div aria-hidden className="sticky top-0 left-0 z-20 -mb-0.5 h-0.5 w-full animate-pulse bg-accent" />
      ) : null}
      {p.isNarrow ? (
        <Cards {...p} shown={shown} before={before} after={after} />
      ) : (
        <table
          aria-label={p.label}
          aria-rowcount={p.rows.length + 1}
          className="w-full border-separate border-spacing-0 text-sm"
        >
          <Head {...p} />
          <tbody>
            {before > 0 ? <Gap height={before} columns={p.columns.length + 2} /> : null}
            {shown.map(({ row, index }) => (
              <TableRow key={p.rowKey(row)} {...p} row={row} index={index} />
            ))}
            {after > 0 ? <Gap height={after} columns={p.columns.length + 2} /> : null}
          </tbody>
        </table>
      )}
      {p.rows.length === 0 ? <p className="p-6 text-center text-xs text-ink-3">{p.none}</p> : null}
    </div>
  )
}

const Gap = ({ height, columns }: { height: number; columns: number }) => (
  <tr aria-hidden>
    <td colSpan={columns} style={{ height, padding: 0 }} />
  </tr>
)

const headLook =
  'sticky top-0 z-10 h-8 border-b bg-surface px-3 text-left text-xs font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4'

const widthOf = (width: string | null): CSSProperties | undefined =>
  width && /^\d{1,4}(\.\d+)?(px|%|em|rem|ch)?$/.test(width.trim())
    ? { width: /\d$/.test(width.trim()) ? `${width.trim()}px` : width.trim() }
    : undefined

const Head = <Row,>({ columns, sort, onSort, actions, lead }: Props<Row>) => (
  <thead>
    <tr>
      {lead ? <th className={cn(headLook, 'w-9')}>{lead.head}</th> : null}
      {columns.map((column) => {
        const isSorted = sort?.column === column.id
        return (
          <th
            key={column.id}
            scope="col"
            {...(isSorted ? { 'aria-sort': sort.desc ? ('descending' as const) : ('ascending' as const) } : {})}
            className={cn(headLook, column.isNumber && 'text-right')}
            style={widthOf(column.width)}
          >
            {column.isSortable ? (
              <button
                type="button"
                onClick={() => onSort({ column: column.id, desc: isSorted ? !sort.desc : false })}
                className="inline-flex max-w-full items-center gap-1 hover:text-ink"
              >
                <span className="truncate">{column.title}</span>
                <span aria-hidden className={cn('shrink-0 [&_svg]:size-3', !isSorted && 'hidden')}>
                  {isSorted && sort.desc ? <ArrowDown /> : <ArrowUp />}
                </span>
              </button>
            ) : (
              column.title
            )}
          </th>
        )
      })}
      {actions ? (
        <th className={cn(headLook, 'right-0 text-right')}>
          <span className="sr-only">{actions.title}</span>
        </th>
      ) : null}
    </tr>
  </thead>
)

const openKeys = new Set(['Enter', ' '])

const opening = <Row,>({ onRow, onRowDouble, row }: Pick<Props<Row>, 'onRow' | 'onRowDouble'> & { row: Row }) => {
  const open = onRow ?? onRowDouble
  if (!open) return {}
  return {
    tabIndex: 0,
    ...(onRow ? { onClick: ({ currentTarget }: React.MouseEvent<HTMLElement>) => onRow(row, currentTarget) } : {}),
    ...(onRowDouble
      ? { onDoubleClick: ({ currentTarget }: React.MouseEvent<HTMLElement>) => onRowDouble(row, currentTarget) }
      : {}),
    onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => {
      if (event.target !== event.currentTarget || !openKeys.has(event.key)) return
      event.preventDefault()
      open(row, event.currentTarget)
    },
  }
}

const TableRow = <Row,>(p: Props<Row> & { row: Row; index: number }) => {
  const { row, columns, actions, lead } = p
  const opens = p.onRow !== undefined || p.onRowDouble !== undefined
  return (
    <tr
      {...opening(p)}
      aria-rowindex={p.index + 2}
      className={cn('group hover:bg-hover', opens && 'cursor-default -outline-offset-2')}
      style={p.rowStyle?.(row)}
    >
      {lead ? <td className="h-9 border-b pl-4 leading-0">{lead.cell(row)}</td> : null}
      {columns.map((column) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: what a cell does is among the actions of its row, too
        <td
          key={column.id}
          onClick={
            column.onClick
              ? (event) => {
                  event.stopPropagation()
                  column.onClick?.(row, event.currentTarget)
                }
              : undefined
          }
          className={cn(
            'h-9 max-w-96 truncate border-b px-3 tabular-nums first:pl-4 last:pr-4',
            column.isNumber && 'text-right',
            p.isStale && 'text-ink-3',
          )}
          style={column.style?.(row)}
        >
          {column.cell(row)}
        </td>
      ))}
      {actions ? (
        <td className="sticky right-0 h-9 border-b bg-surface pr-3 text-right whitespace-nowrap">
          <div className="inline-flex items-center">{actions.cell(row)}</div>
        </td>
      ) : null}
    </tr>
  )
}

const Cards = <Row,>(
  p: Props<Row> & { shown: readonly { row: Row; index: number }[]; before: number; after: number },
) => (
  <ul aria-label={p.label} className="divide-y">
    {p.before > 0 ? <li aria-hidden style={{ height: p.before }} /> : null}
    {p.shown.map(({ row }) => (
      <li key={p.rowKey(row)} style={p.rowStyle?.(row)}>
        <div className="flex items-start gap-2 px-4 py-2.5" {...opening({ ...p, row })}>
          {p.lead ? <div className="pt-0.5">{p.lead.cell(row)}</div> : null}
          <dl className="grid min-w-0 flex-1 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
            {p.columns.map((column) => (
              <div key={column.id} className="contents">
                <dt className="truncate text-xs leading-5 text-ink-3">{column.title}</dt>
                <dd
                  className={cn('truncate text-right tabular-nums', p.isStale && 'text-ink-3')}
                  style={column.style?.(row)}
                >
                  {column.cell(row)}
                </dd>
              </div>
            ))}
          </dl>
          {p.actions ? <div className="flex shrink-0 flex-wrap">{p.actions.cell(row)}</div> : null}
        </div>
      </li>
    ))}
    {p.after > 0 ? <li aria-hidden style={{ height: p.after }} /> : null}
  </ul>
)
