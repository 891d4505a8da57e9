'use client'
import { Button, IconButton, Menu, MenuCheck, MenuItem, SearchInput, Select } from '@thingwire/ui'
import { ChevronLeft, ChevronRight, Columns3, Download, LoaderCircle } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../../texts/use-texts.ts'
import type { ExportFormat } from './export-table.ts'
import { tableWords } from './words.ts'

const searchAfterMs = 250

/** Tells of what was typed once the typing has stopped. */
const useTyped = (search: string, onSearch: (text: string) => void) => {
  const [typed, setTyped] = useState(search)
  useEffect(() => {
    if (typed === search) return
    const timer = setTimeout(() => onSearch(typed), searchAfterMs)
    return () => clearTimeout(timer)
  }, [typed, search, onSearch])
  return [typed, setTyped] as const
}

export type ColumnChoice = { id: string; title: string; isShown: boolean }

/** Above a table: search, columns, download; what is not wanted is not there. */
export const TableBar = (p: {
  search?: { text: string; onSearch: (text: string) => void; label?: string } | undefined
  columns?: { choices: readonly ColumnChoice[]; onChoose: (id: string, isShown: boolean) => void } | undefined
  onExport?: ((format: ExportFormat) => Promise<void>) | undefined
  children?: ReactNode
}) => {
  const words = useWords('table', tableWords)
  if (!p.search && !p.columns && !p.onExport && !p.children) return null
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 px-3 pt-1 pb-2">
      {p.search ? <Search {...p.search} label={p.search.label ?? words('search')} /> : null}
      {p.children}
      <div className="ml-auto flex items-center">
        {p.columns && p.columns.choices.length > 0 ? (
          <Menu
            trigger={
              <IconButton label={words('columns')} size="icon-sm">
                <Columns3 />
              </IconButton>
            }
          >
            {p.columns.choices.map(({ id, title, isShown }) => (
              <MenuCheck key={id} checked={isShown} onChange={(next) => p.columns?.onChoose(id, next)}>
                {title}
              </MenuCheck>
            ))}
          </Menu>
        ) : null}
        {p.onExport ? <ExportMenu onExport={p.onExport} /> : null}
      </div>
    </div>
  )
}

const Search = (p: { text: string; onSearch: (text: string) => void; label: string }) => {
  const [typed, setTyped] = useTyped(p.text, p.onSearch)
  return (
    <SearchInput
      aria-label={p.label}
      placeholder={p.label}
      value={typed}
      maxLength={255}
      onChange={({ target }) => setTyped(target.value)}
      className="h-8 w-44 max-w-full"
    />
  )
}

const ExportMenu = ({ onExport }: { onExport: (format: ExportFormat) => Promise<void> }) => {
  const words = useWords('table', tableWords)
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const run = async (format: ExportFormat) => {
    setState('busy')
    try {
      await onExport(format)
      setState('idle')
    } catch {
      setState('failed')
    }
  }
  return (
    <>
      <p role="status" className={state === 'failed' ? 'text-xs text-danger-text' : 'sr-only'}>
        {state === 'busy' ? words('exporting') : state === 'failed' ? words('exportFailed') : ''}
      </p>
      <Menu
        trigger={
          <IconButton label={words('export')} size="icon-sm" disabled={state === 'busy'}>
            {state === 'busy' ? <LoaderCircle className="animate-spin" /> : <Download />}
          </IconButton>
        }
      >
        <MenuItem onSelect={() => void run('csv')}>{words('csv')}</MenuItem>
        <MenuItem onSelect={() => void run('xlsx')}>{words('xlsx')}</MenuItem>
      </Menu>
    </>
  )
}

/** Below a table: where one is, and how many rows a page has. */
export const TablePager = (p: {
  page: number
  pageSize: number
  total: number
  steps: readonly number[]
  isNarrow: boolean
  onPage: (page: number) => void
  onPageSize: (size: number) => void
}) => {
  const words = useWords('table', tableWords)
  const last = Math.max(0, Math.ceil(p.total / p.pageSize) - 1)
  if (p.total === 0 || (last === 0 && p.total <= Math.min(...p.steps))) return null
  return (
    <div className="flex h-10 shrink-0 items-center justify-end gap-2 border-t px-3 text-xs text-ink-3">
      {p.isNarrow ? null : (
        <Select
          aria-label={words('perPage')}
          value={p.pageSize}
          onChange={({ target }) => p.onPageSize(Number(target.value))}
          className="h-7 w-auto"
        >
          {p.steps.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </Select>
      )}
      <span className="tabular-nums">
        {words('page', {
          from: p.page * p.pageSize + 1,
          to: Math.min(p.total, (p.page + 1) * p.pageSize),
          total: p.total,
        })}
      </span>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={words('previous')}
        disabled={p.page === 0}
        onClick={() => p.onPage(p.page - 1)}
      >
        <ChevronLeft />
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={words('next')}
        disabled={p.page >= last}
        onClick={() => p.onPage(p.page + 1)}
      >
        <ChevronRight />
      </Button>
    </div>
  )
}
