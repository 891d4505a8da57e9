'use client'
import { ChevronLeft, ChevronRight, Columns3, Download } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Button, IconButton } from './button.tsx'
import { cn } from './cn.ts'
import { saveFile, toCsv } from './csv.ts'
import { EmptyState, Kbd, Skeleton } from './display.tsx'
import { SearchInput, Select } from './input.tsx'
import { Menu, MenuCheck, MenuLabel } from './menu.tsx'
import { BulkBar, type Selection, SelectCell, SelectHead } from './table-selection.tsx'
import { Head, headClass, Row, SkeletonRow, skeletonRows } from './data-table-rows.tsx'
import { useColumnVisibility, useRowKeys } from './data-table-state.ts'
import type { Column, TableState, TableTexts } from './data-table-types.ts'
import { type DelayedSearch, useDelayedSearch } from './delayed-search.ts'

export type DataTableProps<T> = {
  /** Name of the table for screen readers and for the remembered columns. */
  name: string
  label: string
  columns: readonly Column<T>[]
  /** undefined while the first answer is awaited. */
  rows: readonly T[] | undefined
  total: number
  /** The rows shown belong to an older question. */
  isRefreshing?: boolean
  state: TableState
  onStateChange: (change: Partial<TableState>) => void
  rowId: (row: T) => string
  onOpen: (row: T) => void
  rowActions?: (row: T) => ReactNode
  /** A class of the row's own. */
  rowClass?: ((row: T) => string | undefined) | undefined
  /** Rows can be ticked, and something done with all of them at once. */
  selection?: Selection<T> | undefined
  toolbar?: ReactNode
  /** Draws each row as a card instead; what sorts and picks columns then stands in `toolbar`, or is not offered. */
  card?: ((row: T) => ReactNode) | undefined
  empty: ReactNode
  error?: ReactNode
  texts: TableTexts
  /** All rows of the present question, for export. */
  loadAll?: () => Promise<readonly T[]>
}

/** One table for every list: the server sorts, searches and pages; j/k move, Enter opens, / searches. */
export const DataTable = <T,>(p: DataTableProps<T>) => {
  const root = useRef<HTMLDivElement>(null)
  const [hidden, toggle] = useColumnVisibility(p.name, p.columns)
  const columns = p.columns.filter((column) => column.fixed || !hidden.has(column.id))
  const rows = p.rows
  const search = useDelayedSearch(p.state.search, (text) => p.onStateChange({ search: text, page: 0 }))
  const open = (row: T) => {
    search.cancel()
    p.onOpen(row)
  }
  const keys = useRowKeys({
    root,
    ids: (rows ?? []).map(p.rowId),
    open: (index) => {
      const row = rows?.[index]
      if (row !== undefined) open(row)
    },
  })

  return (
    <div ref={root} className="flex min-h-0 flex-1 flex-col">
      {p.selection && p.selection.ids.size > 0 ? (
        <BulkBar selection={p.selection} texts={p.texts} />
      ) : (
        <Toolbar {...p} search={search} hidden={hidden} toggle={toggle} visible={columns} />
      )}
      <div className="min-h-0 flex-1 overflow-auto border-t">
        {p.error ??
          (rows?.length === 0 ? (
            p.empty
          ) : p.card ? (
            <Cards rows={rows} rowId={p.rowId} card={p.card} label={p.label} isRefreshing={p.isRefreshing ?? false} />
          ) : (
            <table aria-label={p.label} aria-busy={!rows} className="w-full border-separate border-spacing-0 text-sm">
              <Head
                columns={columns}
                state={p.state}
                texts={p.texts}
                onStateChange={p.onStateChange}
                hasActions={!!p.rowActions}
                select={
                  p.selection && rows ? (
                    <SelectHead selection={p.selection} rows={rows} rowId={p.rowId} label={p.texts.selectAll} />
                  ) : p.selection ? (
                    <th aria-hidden className={headClass} />
                  ) : null
                }
              />
              <tbody className={cn('transition-opacity duration-100', p.isRefreshing && 'opacity-60')}>
                {rows
                  ? rows.map((row, index) => (
                      <Row
                        key={p.rowId(row)}
                        row={row}
                        columns={columns}
                        isCurrent={keys.current === index}
                        onOpen={open}
                        actions={p.rowActions?.(row)}
                        className={p.rowClass?.(row)}
                        select={p.selection ? <SelectCell selection={p.selection} row={row} id={p.rowId(row)} /> : null}
                      />
                    ))
                  : skeletonRows
                      .slice(0, p.state.pageSize)
                      .map((index) => (
                        <SkeletonRow
                          key={index}
                          columns={columns}
                          index={index}
                          hasActions={!!p.rowActions}
                          hasSelect={!!p.selection}
                        />
                      ))}
              </tbody>
            </table>
          ))}
      </div>
      {p.total > 0 ? <Footer {...p} /> : null}
    </div>
  )
}

const Cards = <T,>(p: {
  rows: readonly T[] | undefined
  rowId: (row: T) => string
  card: (row: T) => ReactNode
  label: string
  isRefreshing: boolean
}) => (
  <ul
    aria-label={p.label}
    aria-busy={!p.rows}
    className={cn(
      'grid grid-cols-[repeat(auto-fill,minmax(min(100%,260px),1fr))] gap-4 p-4 transition-opacity duration-100 sm:p-6',
      p.isRefreshing && 'opacity-60',
    )}
  >
    {p.rows
      ? p.rows.map((row) => (
          <li key={p.rowId(row)} className="min-w-0">
            {p.card(row)}
          </li>
        ))
      : skeletonRows.slice(0, 8).map((index) => (
          <li key={index}>
            <Skeleton className="h-44 rounded-lg" />
          </li>
        ))}
  </ul>
)

const Toolbar = <T,>(
  p: DataTableProps<T> & {
    search: DelayedSearch
    hidden: Set<string>
    toggle: (id: string) => void
    visible: readonly Column<T>[]
  },
) => {
  const exportRows = async () => {
    const columns = p.visible.filter((column) => column.csv)
    const rows = p.loadAll ? await p.loadAll() : (p.rows ?? [])
    const csv = toCsv(
      columns.map((column) => column.header),
      rows.map((row) => columns.map((column) => column.csv?.(row))),
    )
    saveFile(`${p.name}.csv`, csv, 'text/csv;charset=utf-8')
  }
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-3 sm:px-6">
      <SearchInput
        data-table-search
        aria-label={p.texts.search}
        placeholder={p.texts.search}
        value={p.search.text}
        onChange={(event) => p.search.type(event.target.value)}
        className="w-full sm:w-64"
      />
      {p.toolbar}
      <div className="ml-auto flex items-center gap-1 max-md:hidden">
        <span
          className={cn('mr-2 hidden items-center gap-1 text-xs text-ink-3', !p.card && 'xl:flex')}
          title={p.texts.keyboard}
        >
          <Kbd>j</Kbd>
          <Kbd>k</Kbd>
          <Kbd>↵</Kbd>
        </span>
        {p.card ? null : <ColumnMenu {...p} />}
        <IconButton label={p.texts.export} disabled={!p.rows?.length} onClick={() => void exportRows()}>
          <Download />
        </IconButton>
      </div>
    </div>
  )
}

const ColumnMenu = <T,>(p: DataTableProps<T> & { hidden: Set<string>; toggle: (id: string) => void }) => (
  <Menu
    trigger={
      <IconButton label={p.texts.columns}>
        <Columns3 />
      </IconButton>
    }
  >
    <MenuLabel>{p.texts.columns}</MenuLabel>
    {p.columns
      .filter((column) => !column.fixed)
      .map((column) => (
        <MenuCheck key={column.id} checked={!p.hidden.has(column.id)} onChange={() => p.toggle(column.id)}>
          {column.header}
        </MenuCheck>
      ))}
  </Menu>
)

const Footer = <T,>(p: DataTableProps<T>) => {
  const { page, pageSize } = p.state
  const from = page * pageSize + 1
  const to = Math.min(p.total, (page + 1) * pageSize)
  return (
    <div className="flex h-12 shrink-0 items-center gap-3 border-t px-4 text-xs text-ink-3 sm:px-6">
      <span className="tabular-nums">{p.texts.range(from, to, p.total)}</span>
      <div className="ml-auto flex items-center gap-2">
        <span className="max-sm:hidden">{p.texts.rowsPerPage}</span>
        <Select
          aria-label={p.texts.rowsPerPage}
          value={pageSize}
          onChange={(event) => p.onStateChange({ pageSize: Number(event.target.value), page: 0 })}
          className="w-18"
        >
          {[10, 20, 50, 100].map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </Select>
        <Button
          size="icon"
          aria-label={p.texts.previous}
          disabled={page === 0}
          onClick={() => p.onStateChange({ page: page - 1 })}
        >
          <ChevronLeft />
        </Button>
        <Button
          size="icon"
          aria-label={p.texts.next}
          disabled={to >= p.total}
          onClick={() => p.onStateChange({ page: page + 1 })}
        >
          <ChevronRight />
        </Button>
      </div>
    </div>
  )
}

/** Explains an empty answer: nothing there at all, or nothing that fits the search. */
export const TableMessage = (p: {
  icon: ReactNode
  title: string
  text?: ReactNode
  action?: ReactNode
  tone?: 'neutral' | 'danger'
}) => (
  <EmptyState icon={p.icon} title={p.title} action={p.action} {...(p.tone ? { tone: p.tone } : {})}>
    {p.text}
  </EmptyState>
)
