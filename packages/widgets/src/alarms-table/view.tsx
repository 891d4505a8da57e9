'use client'
import type { AlarmData } from '@thingwire/contracts'
import { useCallback, useMemo, useState } from 'react'
import { type RowReader, useCellFunctions } from '../engines/table/cell-functions.ts'
import { type ExportCell, type ExportFormat, exportFile } from '../engines/table/export-table.ts'
import { pageSteps } from '../engines/table/page-steps.ts'
import { TableBar, TablePager } from '../engines/table/table-bar.tsx'
import { useOwnSort } from '../engines/table/use-own-sort.ts'
import { useShownColumns } from '../engines/table/use-shown-columns.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { formatPattern } from '../style/date-format.ts'
import { ProblemMark } from '../style/ground.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import { AlarmDetails } from './alarm-details.tsx'
import { AlarmRows, rowId } from './alarm-rows.tsx'
import {
  type AlarmColumn,
  alarmColumns,
  alarmRecord,
  alarmValue,
  initialAlarmSort,
  isAlarmTime,
  usualKeys,
} from './columns.ts'
import { ChosenBar } from './chosen-bar.tsx'
import { type AlarmChoice, anyAlarm, FilterPanel, narrowedBy } from './filter-panel.tsx'
import type { AlarmsTableSettings } from './manifest.ts'
import { alarmWords } from './words.ts'

const noRows: readonly AlarmData[] = []
/** Narrower than this a table has no room for columns. */
const narrowPx = 420
const barPx = 150
const mostRows = 1_000

const reader: RowReader<AlarmData, AlarmColumn> = {
  argument: 'alarm',
  idOf: rowId,
  valueOf: alarmValue,
  recordOf: alarmRecord,
}

const usualTitles = new Set(['createdTime', 'originatorDisplayName', 'type', 'severity', 'status', 'assignee'] as const)
const titleOf = (words: ReturnType<typeof useWords<typeof alarmWords>>) => (name: string) => {
  const known = [...usualTitles].find((one) => one === name)
  return known ? words(known) : name
}

/** What is asked for, and how it is changed; whatever narrows goes back to the first page. */
const useRequest = (settings: AlarmsTableSettings, columns: readonly AlarmColumn[]) => {
  const [chosenSort, setSort] = useOwnSort(columns)
  const [search, setSearch] = useState('')
  const [choice, setChoice] = useState(anyAlarm)
  const [page, setPage] = useState(0)
  const [pageSize, setPageSize] = useState(() => Math.min(mostRows, Math.max(1, settings.defaultPageSize)))
  const first = useMemo(() => initialAlarmSort(settings.defaultSortOrder, columns), [settings, columns])
  const chosenKey = columns.find(({ id }) => id === chosenSort?.column)?.sortKey
  const sort = chosenSort && chosenKey ? { ...chosenSort, key: chosenKey } : first
  const request = useMemo(
    () => ({
      ...{ page, search, pageSize: settings.displayPagination ? pageSize : mostRows },
      sort: { key: sort.key, direction: sort.desc ? ('DESC' as const) : ('ASC' as const) },
      ...(choice.statuses.length > 0 ? { statusList: choice.statuses } : {}),
      ...(choice.severities.length > 0 ? { severityList: choice.severities } : {}),
      ...(choice.types.length > 0 ? { typeList: choice.types } : {}),
      ...(choice.assigneeId === undefined ? {} : { assigneeId: choice.assigneeId }),
    }),
    [page, search, pageSize, settings.displayPagination, sort.key, sort.desc, choice],
  )
  const find = useCallback((text: string) => {
    setSearch(text)
    setPage(0)
  }, [])
  return {
    ...{ request, sort, choice, find, setPage },
    sortBy: (column: string, desc: boolean) => {
      if (columns.find(({ id }) => id === column)?.sortKey) setSort({ column, desc })
      setPage(0)
    },
    choose: (next: AlarmChoice) => {
      setChoice(next)
      setPage(0)
    },
    resize: (size: number) => {
      setPageSize(size)
      setPage(0)
    },
    isNarrowed: search !== '' || narrowedBy(choice) > 0,
  }
}

export const AlarmsTable = (p: WidgetViewProps<AlarmsTableSettings>) => {
  const { settings } = p
  const words = useWords('alarms-table', alarmWords)
  const { alarms, files } = useWidgetHost()
  const keys = p.config.columns?.[0]
  const columns = useMemo(() => alarmColumns(keys && keys.length > 0 ? keys : usualKeys(titleOf(words))), [keys, words])
  const asked = useRequest(settings, columns)
  const answer = alarms.usePage(asked.request)
  const isNarrow = p.size.width < narrowPx
  const shown = useShownColumns(columns, isNarrow)
  const rows = answer.status === 'ready' ? answer.alarms : noRows
  const made = useCellFunctions(
    reader,
    rows,
    shown.columns,
    settings.useRowStyleFunction ? settings.rowStyleFunction : null,
  )
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [openId, setOpenId] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const timeOf = (ts: number) => formatPattern(ts, 'medium', { locale: p.locale, timeZone: p.timeZone })
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  if (answer.status !== 'ready') return <WidgetNotice state={answer} />
  const run = (deed: () => Promise<void>) => {
    setRefused(null)
    deed().catch((error: unknown) => setRefused(error instanceof Error ? error.message : String(error)))
  }
  const save = async (format: ExportFormat) => {
    const { page: _page, pageSize: _size, ...request } = asked.request
    const all = await alarms.all(request)
    const table = {
      columns: shown.columns.map(({ title, dataKey }) => (dataKey.units ? `${title} (${dataKey.units})` : title)),
      rows: all.map((alarm) => shown.columns.map((column) => exportCell(alarm, column, p.timeZone))),
    }
    const name = settings.alarmsTitle || p.title || words('alarms')
    files.download(`${name}.${format}`, await exportFile(table, format))
  }
  const chosen = rows.filter(({ id }) => ticked.has(id.id))
  const opened = openId === null ? undefined : rows.find((alarm) => rowId(alarm) === openId)
  return (
    <div className="relative flex size-full flex-col">
      {chosen.length > 0 ? (
        <ChosenBar {...{ settings, chosen, run }} onNone={() => setTicked(new Set())} />
      ) : p.size.height >= barPx ? (
        <TableBar
          search={settings.enableSearch ? { text: asked.request.search, onSearch: asked.find } : undefined}
          columns={settings.enableSelectColumnDisplay ? { choices: shown.choices, onChoose: shown.choose } : undefined}
          onExport={save}
        >
          {settings.enableFilter ? <FilterPanel choice={asked.choice} onChoose={asked.choose} /> : null}
        </TableBar>
      ) : null}
      {refused === null ? null : (
        <p role="alert" className="px-4 pb-2 text-xs break-words text-danger-text">
          {words('refused', { message: refused })}
        </p>
      )}
      <AlarmRows
        {...{ settings, answer, made, ticked, timeOf, run, isNarrow, title: settings.alarmsTitle || p.title }}
        columns={shown.columns}
        texts={p.texts}
        locale={p.locale}
        theme={p.theme}
        sort={asked.sort}
        onSort={({ column, desc }) => asked.sortBy(column, desc)}
        onTick={setTicked}
        onDetails={(alarm) => setOpenId(rowId(alarm))}
        none={words(asked.isNarrowed ? 'noneSuch' : 'none')}
      />
      {settings.displayPagination ? (
        <TablePager
          page={asked.request.page}
          pageSize={asked.request.pageSize}
          total={answer.total}
          steps={pageSteps(settings.defaultPageSize, settings.pageStepIncrement, settings.pageStepCount)}
          isNarrow={isNarrow}
          onPage={asked.setPage}
          onPageSize={asked.resize}
        />
      ) : null}
      {opened ? (
        <AlarmDetails
          {...{ timeOf, run }}
          alarm={opened}
          showsActivity={settings.displayActivity}
          mayAssign={settings.allowAssign}
          mayRemove={settings.allowDelete}
          onClose={() => setOpenId(null)}
        />
      ) : null}
      {made.problem ? <ProblemMark problem={made.problem} /> : null}
    </div>
  )
}

const exportCell = (alarm: AlarmData, column: AlarmColumn, timeZone: string): ExportCell => {
  const value = alarmValue(alarm, column)
  if (value === undefined || value === null) return null
  const isTime = column.dataKey.type === 'alarm' && isAlarmTime(column.dataKey.name)
  if (isTime && typeof value === 'number' && Number.isFinite(value))
    return new Date(value).toLocaleString('sv-SE', { timeZone, timeZoneName: 'short' })
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  return typeof value === 'boolean' || typeof value === 'string' ? value : JSON.stringify(value)
}
