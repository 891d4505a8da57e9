'use client'
import { IconButton, StatusDot, TabPanel, Tabs } from '@thingwire/ui'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { type CellFunctions, cellId, type RowReader, useCellFunctions } from '../engines/table/cell-functions.ts'
import { contentOf } from '../engines/table/cell-markup.tsx'
import { type ExportCell, type ExportFormat, exportFile } from '../engines/table/export-table.ts'
import { pageSteps } from '../engines/table/page-steps.ts'
import { TableBar, TablePager } from '../engines/table/table-bar.tsx'
import { type TableColumn, type TableSort, TableView } from '../engines/table/table-view.tsx'
import { useOwnSort } from '../engines/table/use-own-sort.ts'
import { useShownColumns } from '../engines/table/use-shown-columns.ts'
import { tableWords } from '../engines/table/words.ts'
import { formatValue } from '../format.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { formatDate } from '../style/date-format.ts'
import { ProblemMark } from '../style/ground.tsx'
import { WidgetIcon } from '../style/icons.tsx'
import { LookText } from '../style/look-text.tsx'
import { cellLook, noLook, rowLook, type ValueLook, valueLook } from '../style/value-look.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { TimeSeriesTableSettings } from './manifest.ts'
import * as table from './rows.ts'
import { seriesTableWords } from './words.ts'

type Props = WidgetViewProps<TimeSeriesTableSettings>

/** Narrower than this a table has no room for columns. */
const narrowPx = 420
const barPx = 150
const mostRows = 1_000

const reader: RowReader<table.SeriesRow, table.SeriesColumn> = {
  argument: 'rowData',
  idOf: ({ id }) => id,
  valueOf: table.cellValue,
  recordOf: table.recordOf,
}

export const TimeSeriesTable = (p: Props) => {
  const words = useWords('time-series-table', seriesTableWords)
  const [chosen, setChosen] = useState<string | null>(null)
  const series = p.state.status === 'ready' ? p.state.series : null
  const tabs = useMemo(() => (series ? table.tabsOf(series) : []), [series])
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const current = tabs.find(({ id }) => id === chosen) ?? tabs[0]
  if (!current) return <WidgetNotice state={{ status: 'empty', reason: p.texts.noData }} />
  const isStale = p.state.staleSince !== null
  if (tabs.length === 1) return <TabTable {...p} tab={current} isStale={isStale} />
  const nameOf = ({ entity }: table.SeriesTab) => (p.settings.useEntityLabel && entity.label) || entity.name
  return (
    <Tabs
      label={words('entities')}
      className="size-full"
      value={current.id}
      onChange={setChosen}
      tabs={tabs.map((tab) => ({ value: tab.id, label: nameOf(tab) }))}
    >
      <TabPanel value={current.id} className="pt-2">
        <TabTable key={current.id} {...p} tab={current} isStale={isStale} />
      </TabPanel>
    </Tabs>
  )
}

type TabProps = Props & { tab: table.SeriesTab; isStale: boolean }

/** What a cell says, without unit; the same as long as the place and the format are. */
const useCellText = ({ settings, locale, timeZone, texts, interval }: Props) => {
  const { dateFormat } = settings
  return useCallback(
    (row: table.SeriesRow, column: table.SeriesColumn): string =>
      column.id === table.timeColumn
        ? formatDate(row.ts, dateFormat, { locale, timeZone, interval, age: texts.age })
        : formatValue(table.cellValue(row, column), column.dataKey, locale),
    [dateFormat, locale, timeZone, interval, texts],
  )
}

/** Rows of one entity, as they are searched, sorted and turned. */
const useRows = (p: TabProps, columns: readonly table.SeriesColumn[]) => {
  const { settings } = p
  const [chosenSort, setSort] = useOwnSort(columns)
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(0)
  const [pageSize, setPageSize] = useState(() => Math.min(mostRows, Math.max(1, settings.defaultPageSize)))
  const sort = chosenSort ?? table.initialSort(settings.sortOrder, columns)
  const all = useMemo(() => table.rowsOf(p.tab, settings.hideEmptyLines), [p.tab, settings.hideEmptyLines])
  const textOf = useCellText(p)
  const found = useMemo(() => table.findRows(all, columns, search, textOf), [all, columns, search, textOf])
  const sorted = useMemo(() => table.sortRows(found, sort.column, sort.desc), [found, sort.column, sort.desc])
  // Rows leave with the time; whoever was on the last page stays on the last page.
  const last = Math.max(0, Math.ceil(sorted.length / pageSize) - 1)
  const at = Math.min(page, last)
  const shown = useMemo(
    () => (settings.displayPagination ? sorted.slice(at * pageSize, (at + 1) * pageSize) : sorted),
    [sorted, settings.displayPagination, at, pageSize],
  )
  const find = useCallback((text: string) => {
    setSearch(text)
    setPage(0)
  }, [])
  return {
    ...{ textOf, sort, search, sorted, shown, page: at, pageSize, setPage, find },
    sortBy: (next: TableSort) => {
      setSort(next)
      setPage(0)
    },
    resize: (size: number) => {
      setPageSize(size)
      setPage(0)
    },
  }
}

const TabTable = (p: TabProps) => {
  const { settings, tab } = p
  const words = useWords('time-series-table', seriesTableWords)
  const tables = useWords('table', tableWords)
  const { files } = useWidgetHost()
  const time = settings.showTimestamp ? words('time') : null
  const columns = useMemo(() => table.columnsOf(tab, time), [tab, time])
  const isNarrow = p.size.width < narrowPx
  const shown = useShownColumns(columns, isNarrow)
  const rows = useRows(p, shown.columns)
  const made = useCellFunctions(
    reader,
    rows.shown,
    shown.columns,
    settings.useRowStyleFunction ? settings.rowStyleFunction : null,
  )
  const save = async (format: ExportFormat) => {
    const content = {
      columns: shown.columns.map(({ title, dataKey }) => (dataKey.units ? `${title} (${dataKey.units})` : title)),
      rows: rows.sorted.map((row) => shown.columns.map((column) => exportCell(row, column, p.timeZone))),
    }
    files.download(`${tab.entity.name}.${format}`, await exportFile(content, format))
  }
  return (
    <div className="relative flex size-full flex-col">
      {p.size.height >= barPx ? (
        <TableBar
          search={settings.enableSearch ? { text: rows.search, onSearch: rows.find } : undefined}
          columns={settings.enableSelectColumnDisplay ? { choices: shown.choices, onChoose: shown.choose } : undefined}
          onExport={save}
        />
      ) : null}
      <SeriesRows
        {...{ ...p, made, isNarrow }}
        textOf={rows.textOf}
        columns={shown.columns}
        rows={rows.shown}
        sort={rows.sort}
        onSort={rows.sortBy}
        none={rows.search ? tables('none') : words('noRows')}
      />
      {settings.displayPagination ? (
        <TablePager
          page={rows.page}
          pageSize={rows.pageSize}
          total={rows.sorted.length}
          steps={pageSteps(settings.defaultPageSize, settings.pageStepIncrement, settings.pageStepCount)}
          isNarrow={isNarrow}
          onPage={rows.setPage}
          onPageSize={rows.resize}
        />
      ) : null}
      {made.problem ? <ProblemMark problem={made.problem} /> : null}
    </div>
  )
}

const exportCell = (row: table.SeriesRow, column: table.SeriesColumn, timeZone: string): ExportCell => {
  const value = table.cellValue(row, column)
  if (column.id === table.timeColumn)
    return new Date(row.ts).toLocaleString('sv-SE', { timeZone, timeZoneName: 'short' })
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  return typeof value === 'boolean' || typeof value === 'string' ? value : JSON.stringify(value)
}

const SeriesRows = (
  p: TabProps & {
    columns: readonly table.SeriesColumn[]
    rows: readonly table.SeriesRow[]
    textOf: ReturnType<typeof useCellText>
    sort: TableSort
    onSort: (sort: TableSort) => void
    made: CellFunctions
    isNarrow: boolean
    none: string
  },
) => {
  const { made, tab, rows } = p
  const tables = useWords('table', tableWords)
  const { actions } = useWidgetHost()
  const [rowClick] = actions.of('rowClick')
  const buttons = actions.of('actionCellButton')
  const paramsOf = (row: table.SeriesRow) => ({ row: table.recordOf(row, p.columns) })
  const isNumber = (column: table.SeriesColumn) => {
    const values = rows
      .map((row) => table.cellValue(row, column))
      .filter((value) => value !== undefined && value !== null)
    return column.id !== table.timeColumn && values.length > 0 && values.every((value) => typeof value === 'number')
  }
  const drawn = p.columns.map(
    (column): TableColumn<table.SeriesRow> => ({
      id: column.id,
      title: column.title,
      isNumber: isNumber(column),
      isSortable: column.isSortable,
      width: null,
      cell: (row) =>
        contentOf(made, cellId(row.id, column)) ?? (
          <Cell textOf={p.textOf} texts={p.texts} row={row} column={column} look={lookAt(row, column, p.columns)} />
        ),
      style: (row) => made.styles.get(cellId(row.id, column)) ?? cellLook(lookAt(row, column, p.columns), p.theme),
    }),
  )
  return (
    <TableView
      label={p.title}
      columns={drawn}
      rows={rows}
      rowKey={({ id }) => id}
      rowStyle={(row) =>
        made.rowStyles.get(row.id) ?? rowLook(p.columns.map((column) => lookAt(row, column, p.columns)))
      }
      sort={p.sort}
      onSort={p.onSort}
      onRow={
        rowClick
          ? (row, anchor) => actions.run(rowClick, { entity: tab.entity, anchor, params: paramsOf(row) })
          : undefined
      }
      actions={
        buttons.length > 0
          ? {
              title: tables('actions'),
              cell: (row) =>
                buttons.map((button) => (
                  <IconButton
                    key={button.id}
                    label={button.name}
                    size="icon-sm"
                    onClick={(event) => {
                      event.stopPropagation()
                      actions.run(button, { entity: tab.entity, anchor: event.currentTarget, params: paramsOf(row) })
                    }}
                  >
                    <WidgetIcon name={button.icon ?? 'more_horiz'} size={16} />
                  </IconButton>
                )),
            }
          : undefined
      }
      isStale={p.isStale}
      isBusy={false}
      isNarrow={p.isNarrow}
      none={p.none}
    />
  )
}

/** Of a cell; rules may ask for other columns of the row by what they are called. */
const lookAt = (row: table.SeriesRow, column: table.SeriesColumn, columns: readonly table.SeriesColumn[]): ValueLook =>
  column.id === table.timeColumn
    ? noLook
    : valueLook(table.cellValue(row, column), column.dataKey, (name) => {
        const other = columns.find(({ title, dataKey }) => title === name || dataKey.name === name)
        return other && table.cellValue(row, other)
      })

const Cell = (p: {
  row: table.SeriesRow
  column: table.SeriesColumn
  look: ValueLook
  textOf: ReturnType<typeof useCellText>
  texts: Props['texts']
}): ReactNode => {
  const { row, column, look, texts } = p
  const value = table.cellValue(row, column)
  if (look.text !== null || look.icon !== null)
    return <LookText look={look} text={p.textOf(row, column)} units={column.dataKey.units} />
  if (value === undefined || value === null) return <span className="text-ink-3">—</span>
  if (typeof value === 'boolean') {
    return (
      <span className="inline-flex items-center gap-2 text-ink-2">
        <StatusDot tone={value ? 'ok' : 'neutral'} />
        {value ? texts.yes : texts.no}
      </span>
    )
  }
  const { units } = column.dataKey
  return (
    <>
      {p.textOf(row, column)}
      {units ? <span className="text-ink-3"> {units}</span> : null}
    </>
  )
}
