'use client'
import type { DataKey } from '@thingwire/contracts'
import type { WidgetAction } from '@thingwire/dashboards'
import { IconButton, StatusDot } from '@thingwire/ui'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { type CellFunctions, cellId, type RowReader, useCellFunctions } from '../engines/table/cell-functions.ts'
import { contentOf } from '../engines/table/cell-markup.tsx'
import { exportFile, type ExportCell, type ExportFormat } from '../engines/table/export-table.ts'
import { pageSteps } from '../engines/table/page-steps.ts'
import { TableBar, TablePager } from '../engines/table/table-bar.tsx'
import { type TableColumn, type TableSort, TableView } from '../engines/table/table-view.tsx'
import { useOwnSort } from '../engines/table/use-own-sort.ts'
import { useShownColumns } from '../engines/table/use-shown-columns.ts'
import { tableWords } from '../engines/table/words.ts'
import { formatValue } from '../format.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import type { EntityPage, EntityRow } from '../host/host.ts'
import { WidgetNotice } from '../notice.tsx'
import { WidgetIcon } from '../style/icons.tsx'
import { LookText } from '../style/look-text.tsx'
import { cellLook, rowLook, type ValueLook, valueLook } from '../style/value-look.ts'
import { ProblemMark } from '../style/ground.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import { columnsOf, type EntityColumn, initialSort, pointOf, recordOf } from './columns.ts'
import type { EntitiesTableSettings } from './manifest.ts'

type Props = WidgetViewProps<EntitiesTableSettings>

const noKeys: readonly DataKey[] = []
const noRows: readonly EntityRow[] = []
/** Narrower than this a table has no room for columns. */
const narrowPx = 420
const barPx = 150

const reader: RowReader<EntityRow, EntityColumn> = {
  argument: 'entity',
  idOf: (row) => row.entity.id.id,
  valueOf: (row, column) => pointOf(row, column)?.[1],
  recordOf,
}
const nameColumn = 'ENTITY_FIELD name'

export const EntitiesTable = (p: Props) => {
  const { settings } = p
  const words = useWords('table', tableWords)
  const { entities, files } = useWidgetHost()
  const keys = p.config.columns?.[0] ?? noKeys
  const columns = useMemo(
    () => columnsOf(settings, keys, { entity: words('entity'), label: words('label'), type: words('type') }),
    [settings, keys, words],
  )
  const [chosenSort, setSort] = useOwnSort(columns)
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(0)
  const [pageSize, setPageSize] = useState(() => Math.min(1_000, Math.max(1, settings.defaultPageSize)))
  const sort = useMemo(
    () => chosenSort ?? initialSort(settings.defaultSortOrder, columns),
    [chosenSort, settings.defaultSortOrder, columns],
  )
  const sortKey = columns.find(({ id }) => id === sort?.column)?.key ?? null
  const order = useMemo(
    () => (sortKey ? { key: sortKey, direction: sort?.desc ? ('DESC' as const) : ('ASC' as const) } : null),
    [sortKey, sort?.desc],
  )
  const request = useMemo(
    () => ({ datasource: 0, page, pageSize: settings.displayPagination ? pageSize : 1_000, search, sort: order }),
    [page, pageSize, settings.displayPagination, search, order],
  )
  const answer = entities.usePage(request)
  const find = useCallback((text: string) => {
    setSearch(text)
    setPage(0)
  }, [])
  const shown = useShownColumns(columns, p.size.width < narrowPx)
  const rows = answer.status === 'ready' ? answer.rows : noRows
  const made = useCellFunctions(
    reader,
    rows,
    shown.columns,
    settings.useRowStyleFunction ? settings.rowStyleFunction : null,
  )
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  if (answer.status !== 'ready') return <WidgetNotice state={answer} />
  const save = async (format: ExportFormat) => {
    const all = await entities.all({ datasource: 0, search, sort: order })
    const table = {
      columns: shown.columns.map(({ title, dataKey }) => (dataKey.units ? `${title} (${dataKey.units})` : title)),
      rows: all.map((row) => shown.columns.map((column) => exportCell(row, column, p.timeZone))),
    }
    files.download(`${settings.entitiesTitle || p.title || words('entity')}.${format}`, await exportFile(table, format))
  }
  const hasBar = p.size.height >= barPx
  return (
    <div className="relative flex size-full flex-col">
      {hasBar ? (
        <TableBar
          search={settings.enableSearch ? { text: search, onSearch: find } : undefined}
          columns={settings.enableSelectColumnDisplay ? { choices: shown.choices, onChoose: shown.choose } : undefined}
          onExport={save}
        />
      ) : null}
      <Rows
        {...p}
        answer={answer}
        columns={shown.columns}
        sort={sort}
        onSort={(next) => {
          setSort(next)
          setPage(0)
        }}
        made={made}
        none={words('none')}
      />
      {settings.displayPagination ? (
        <TablePager
          page={page}
          pageSize={pageSize}
          total={answer.total}
          steps={pageSteps(settings.defaultPageSize, settings.pageStepIncrement, settings.pageStepCount)}
          isNarrow={p.size.width < narrowPx}
          onPage={setPage}
          onPageSize={(size) => {
            setPageSize(size)
            setPage(0)
          }}
        />
      ) : null}
      {made.problem ? <ProblemMark problem={made.problem} /> : null}
    </div>
  )
}

const exportCell = (row: EntityRow, column: EntityColumn, timeZone: string): ExportCell => {
  const value = pointOf(row, column)?.[1]
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && /time$/i.test(column.key.key) && value > 1e12)
    return new Date(value).toLocaleString('sv-SE', { timeZone, timeZoneName: 'short' })
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  return typeof value === 'boolean' ? value : typeof value === 'string' ? value : JSON.stringify(value)
}

const Rows = (
  p: Props & {
    answer: Extract<EntityPage, { status: 'ready' }>
    columns: readonly EntityColumn[]
    sort: TableSort | null
    onSort: (sort: TableSort) => void
    made: CellFunctions
    none: string
  },
) => {
  const { answer, columns, made } = p
  const words = useWords('table', tableWords)
  const { actions, links } = useWidgetHost()
  const [rowClick] = actions.of('rowClick')
  const [rowDouble] = actions.of('rowDoubleClick')
  const cellClicks = actions.of('cellClick')
  const buttons = actions.of('actionCellButton')
  const run = (action: WidgetAction, row: EntityRow, anchor: Element) =>
    actions.run(action, { entity: row.entity, anchor, params: { row: row.fields } })
  const numeric = useMemo(
    () => new Set(columns.filter((column) => isNumeric(answer.rows, column)).map(({ id }) => id)),
    [answer.rows, columns],
  )
  const drawn = columns.map((column, index): TableColumn<EntityRow> => {
    const click = cellClicks.find(({ columnIndex }) => columnIndex === null || columnIndex === index)
    return {
      id: column.id,
      title: column.title,
      isNumber: numeric.has(column.id),
      isSortable: column.isSortable,
      width: column.width,
      cell: (row) => {
        const content = contentOf(made, cellId(row.entity.id.id, column)) ?? (
          <Cell {...p} row={row} column={column} look={lookAt(row, column, columns)} />
        )
        const href = column.id === nameColumn && !rowClick ? links.entityPage(row.entity.id) : null
        return href ? <EntityLink onOpen={() => links.open(href)}>{content}</EntityLink> : content
      },
      style: (row) =>
        made.styles.get(cellId(row.entity.id.id, column)) ?? cellLook(lookAt(row, column, columns), p.theme),
      onClick: click ? (row, cell) => run(click, row, cell) : undefined,
    }
  })
  const open = rowClick ? (row: EntityRow, element: HTMLElement) => run(rowClick, row, element) : undefined
  return (
    <TableView
      label={p.settings.entitiesTitle || p.title}
      columns={drawn}
      rows={answer.rows}
      rowKey={(row) => row.entity.id.id}
      rowStyle={(row) =>
        made.rowStyles.get(row.entity.id.id) ?? rowLook(columns.map((column) => lookAt(row, column, columns)))
      }
      sort={p.sort}
      onSort={p.onSort}
      onRow={open}
      onRowDouble={rowDouble ? (row, element) => run(rowDouble, row, element) : undefined}
      actions={
        buttons.length > 0
          ? {
              title: words('actions'),
              cell: (row) =>
                buttons.map((button) => (
                  <IconButton
                    key={button.id}
                    label={button.name}
                    size="icon-sm"
                    onClick={(event) => {
                      event.stopPropagation()
                      run(button, row, event.currentTarget)
                    }}
                  >
                    <WidgetIcon name={button.icon ?? 'more_horiz'} size={16} />
                  </IconButton>
                )),
            }
          : undefined
      }
      isStale={answer.staleSince !== null}
      isBusy={answer.isLoadingNext}
      isNarrow={p.size.width < narrowPx}
      none={p.none}
    />
  )
}

/** Where the file says nothing else, a name leads to the page of who has it. */
const EntityLink = ({ onOpen, children }: { onOpen: () => void; children: ReactNode }) => (
  <button type="button" onClick={onOpen} className="max-w-full truncate hover:text-accent-text">
    {children}
  </button>
)

const isNumeric = (rows: readonly EntityRow[], column: EntityColumn) => {
  const values = rows.map((row) => pointOf(row, column)?.[1]).filter((value) => value !== undefined && value !== null)
  return column.key.type !== 'ENTITY_FIELD' && values.length > 0 && values.every((value) => typeof value === 'number')
}

/** Of a cell; rules may ask for other columns of the row by what they are called. */
const lookAt = (row: EntityRow, column: EntityColumn, columns: readonly EntityColumn[]): ValueLook =>
  valueLook(pointOf(row, column)?.[1], column.dataKey, (name) => {
    const other = columns.find(({ title, key }) => title === name || key.key === name)
    return other && pointOf(row, other)?.[1]
  })

const Cell = (p: Props & { row: EntityRow; column: EntityColumn; look: ValueLook }): ReactNode => {
  const { row, column, look, texts, locale } = p
  const point = pointOf(row, column)
  const value = point?.[1]
  if (look.text !== null || look.icon !== null)
    return (
      <span title={point && point[0] > 0 ? texts.age(point[0]) : undefined}>
        <LookText
          look={look}
          text={formatValue(value, { ...column.dataKey, name: column.key.key }, locale)}
          units={column.dataKey.units}
        />
      </span>
    )
  if (value === undefined || value === null) return <span className="text-ink-3">—</span>
  const title = point && point[0] > 0 ? texts.age(point[0]) : undefined
  if (typeof value === 'boolean' || value === 'true' || value === 'false') {
    const isOn = String(value) === 'true'
    return (
      <span title={title} className="inline-flex items-center gap-2 text-ink-2">
        <StatusDot tone={isOn ? 'ok' : 'neutral'} />
        {isOn ? texts.yes : texts.no}
      </span>
    )
  }
  const { units } = column.dataKey
  return (
    <span title={title} className={column.id === nameColumn ? 'font-medium' : undefined}>
      {formatValue(value, { ...column.dataKey, name: column.key.key }, locale)}
      {units ? <span className="text-ink-3"> {units}</span> : null}
    </span>
  )
}
