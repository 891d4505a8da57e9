'use client'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Checkbox } from './checkbox.tsx'

export type Selection<T> = {
  ids: ReadonlySet<string>
  onChange: (ids: ReadonlySet<string>) => void
  /** Name of the box of one row, for screen readers. */
  label: (row: T) => string
  /** What can be done with the ticked rows. */
  actions: ReactNode
}

const cell = 'w-10 border-b pl-4 max-md:hidden sm:pl-6'

/** Ticks every row that is shown, or none. */
export const SelectHead = <T,>(p: {
  selection: Selection<T>
  rows: readonly T[]
  rowId: (row: T) => string
  label: string
}) => {
  const { ids, onChange } = p.selection
  const shown = p.rows.map(p.rowId)
  const count = shown.filter((id) => ids.has(id)).length
  const isAll = count === shown.length && count > 0
  return (
    <th scope="col" className={`${cell} sticky top-0 z-10 h-9 bg-canvas`}>
      <Checkbox
        label={p.label}
        checked={isAll ? true : count > 0 ? 'some' : false}
        onChange={() => onChange(isAll ? new Set() : new Set(shown))}
      />
    </th>
  )
}

export const SelectCell = <T,>({ selection, row, id }: { selection: Selection<T>; row: T; id: string }) => (
  <td data-select-cell className={`${cell} h-11`}>
    <Checkbox
      label={selection.label(row)}
      checked={selection.ids.has(id)}
      onChange={(checked) => {
        const next = new Set(selection.ids)
        if (checked) next.add(id)
        else next.delete(id)
        selection.onChange(next)
      }}
    />
  </td>
)

/** Stands in place of the search while rows are ticked: how many, and what to do with them. */
export const BulkBar = <T,>(p: {
  selection: Selection<T>
  texts: { selected: (count: number) => string; clearSelection: string }
}) => (
  <div className="flex items-center gap-2 bg-accent-soft px-4 py-3 sm:px-6">
    <p role="status" className="mr-2 text-sm font-medium text-accent-text tabular-nums">
      {p.texts.selected(p.selection.ids.size)}
    </p>
    {p.selection.actions}
    <Button variant="ghost" className="-mr-3 ml-auto" onClick={() => p.selection.onChange(new Set())}>
      {p.texts.clearSelection}
    </Button>
  </div>
)
