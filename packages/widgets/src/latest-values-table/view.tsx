'use client'
import { cn, StatusDot } from '@thingwire/ui'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'
import type { z } from 'zod'
import { formatValue } from '../format.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { LookText } from '../style/look-text.tsx'
import { cellLook, rowLook, type ValueLook, valueLook } from '../style/value-look.ts'
import type { WidgetEntity, WidgetTexts, WidgetViewProps } from '../widget.ts'
import type { latestValuesSettingsSchema } from './manifest.ts'
import { sortRows, toTable, type ValueRow, type ValueTable } from './rows.ts'

type Sort = { column: string | null; desc: boolean }

/** Of a cell; rules may ask for other columns of the row by what they are called. */
const lookAt = (row: ValueRow, column: ValueTable['columns'][number], columns: ValueTable['columns']): ValueLook =>
  valueLook(row.cells.get(column.id)?.[1], column.dataKey, (name) => {
    const other = columns.find(({ label, dataKey }) => label === name || dataKey.name === name)
    return other && row.cells.get(other.id)?.[1]
  })

const initialSort = (order: string, columns: ValueTable['columns']): Sort => {
  const desc = order.startsWith('-')
  const label = order.replace(/^-/, '')
  return { column: columns.find((column) => column.label === label)?.id ?? null, desc }
}

export const LatestValuesTable = (p: WidgetViewProps<z.infer<typeof latestValuesSettingsSchema>>) => {
  const table = toTable(p.state.status === 'ready' ? p.state.series : [])
  const [chosen, setChosen] = useState<Sort | null>(null)
  const { actions, links } = useWidgetHost()
  const [rowClick] = actions.of('rowClick')
  const opens = (entity: WidgetEntity) => Boolean(rowClick) || links.entityPage(entity.id) !== null
  const open = (entity: WidgetEntity) => {
    if (rowClick) return actions.run(rowClick, { entity })
    const href = links.entityPage(entity.id)
    if (href) links.open(href)
  }
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const sort = chosen ?? initialSort(p.settings.defaultSortOrder, table.columns)
  const isStale = p.state.staleSince !== null
  const head = (column: string | null, label: string, isNumber: boolean) => (
    <th
      key={column ?? 'name'}
      scope="col"
      {...(sort.column === column ? { 'aria-sort': sort.desc ? ('descending' as const) : ('ascending' as const) } : {})}
      className={cn(
        'sticky top-0 z-10 h-8 border-b bg-surface px-4 text-left text-xs font-medium whitespace-nowrap text-ink-3',
        isNumber && 'text-right',
      )}
    >
      <button
        type="button"
        className="inline-flex items-center gap-1 hover:text-ink"
        onClick={() => setChosen({ column, desc: sort.column === column ? !sort.desc : false })}
      >
        {label}
        <span aria-hidden className={cn('[&_svg]:size-3', sort.column !== column && 'hidden')}>
          {sort.desc ? <ArrowDown /> : <ArrowUp />}
        </span>
      </button>
    </th>
  )
  const isNumeric = (id: string) => table.rows.some((row) => typeof row.cells.get(id)?.[1] === 'number')
  const numeric = new Set(table.columns.map((column) => column.id).filter(isNumeric))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <div tabIndex={0} className="size-full overflow-auto">
      <table aria-label={p.title} className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            {p.settings.displayEntityName
              ? head(null, p.settings.entityNameColumnTitle || p.texts.entity, false)
              : null}
            {table.columns.map((column) => head(column.id, column.label, numeric.has(column.id)))}
          </tr>
        </thead>
        <tbody>
          {sortRows(table.rows, sort.column, sort.desc).map((row) => (
            <tr
              key={row.entity.id.id}
              className="hover:bg-hover"
              style={isStale ? undefined : rowLook(table.columns.map((column) => lookAt(row, column, table.columns)))}
            >
              {p.settings.displayEntityName ? (
                <th scope="row" className="h-9 border-b px-4 text-left font-medium whitespace-nowrap">
                  {opens(row.entity) ? (
                    <button type="button" className="hover:text-accent-text" onClick={() => open(row.entity)}>
                      {row.entity.name}
                    </button>
                  ) : (
                    row.entity.name
                  )}
                </th>
              ) : null}
              {table.columns.map((column) => (
                <td
                  key={column.id}
                  style={isStale ? undefined : cellLook(lookAt(row, column, table.columns), p.theme)}
                  title={row.cells.get(column.id) ? p.texts.age(row.cells.get(column.id)?.[0] ?? 0) : undefined}
                  className={cn(
                    'h-9 border-b px-4 whitespace-nowrap tabular-nums',
                    numeric.has(column.id) && 'text-right',
                    isStale && 'text-ink-3',
                  )}
                >
                  <Value
                    value={row.cells.get(column.id)?.[1]}
                    look={lookAt(row, column, table.columns)}
                    column={column}
                    texts={p.texts}
                    locale={p.locale}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Value = (p: {
  value: unknown
  look: ValueLook
  column: ValueTable['columns'][number]
  texts: WidgetTexts
  locale: string
}) => {
  const { units } = p.column.dataKey
  if (p.look.text !== null || p.look.icon !== null)
    return <LookText look={p.look} text={formatValue(p.value, p.column.dataKey, p.locale)} units={units} />
  const isSwitch = typeof p.value === 'boolean' || p.value === 'true' || p.value === 'false'
  if (isSwitch) {
    const isOn = String(p.value) === 'true'
    return (
      <span className="inline-flex items-center gap-2 text-ink-2">
        <StatusDot tone={isOn ? 'ok' : 'neutral'} />
        {isOn ? p.texts.yes : p.texts.no}
      </span>
    )
  }
  return (
    <>
      {formatValue(p.value, p.column.dataKey, p.locale)}
      {units && p.value !== undefined ? <span className="text-ink-3"> {units}</span> : null}
    </>
  )
}
