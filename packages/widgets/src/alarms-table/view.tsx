'use client'
import type { AlarmData } from '@thingwire/contracts'
import { Button } from '@thingwire/ui'
import { useCallback, useMemo, useState } from 'react'
import { type RowReader, useCellFunctions } from '../engines/table/cell-functions.ts'
import { pageSteps } from '../engines/table/page-steps.ts'
import { TableBar, TablePager } from '../engines/table/table-bar.tsx'
import { useShownColumns } from '../engines/table/use-shown-columns.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { formatPattern } from '../style/date-format.ts'
import { ProblemMark } from '../style/ground.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import { AlarmDetails } from './alarm-details.tsx'
import { AlarmRows, rowId } from './alarm-rows.tsx'
import { type AlarmColumn, alarmColumns, alarmRecord, alarmValue, initialAlarmSort, usualKeys } from './columns.ts'
import { type AlarmChoice, anyAlarm, FilterMenu } from './filter-menu.tsx'
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
  const [chosenSort, setSort] = useState<{ column: string; field: string; desc: boolean } | null>(null)
  const [search, setSearch] = useState('')
  const [choice, setChoice] = useState(anyAlarm)
  const [page, setPage] = useState(0)
  const [pageSize, setPageSize] = useState(() => Math.min(mostRows, Math.max(1, settings.defaultPageSize)))
  const first = useMemo(() => initialAlarmSort(settings.defaultSortOrder, columns), [settings, columns])
  const sort = chosenSort ?? first
  const request = useMemo(
    () => ({
      ...{ page, search, pageSize: settings.displayPagination ? pageSize : mostRows },
      sort: { field: sort.field, direction: sort.desc ? ('DESC' as const) : ('ASC' as const) },
      ...(choice.statuses.length > 0 ? { statusList: choice.statuses } : {}),
      ...(choice.severities.length > 0 ? { severityList: choice.severities } : {}),
    }),
    [page, search, pageSize, settings.displayPagination, sort.field, sort.desc, choice],
  )
  const find = useCallback((text: string) => {
    setSearch(text)
    setPage(0)
  }, [])
  return {
    ...{ request, sort, choice, find, setPage },
    sortBy: (column: string, desc: boolean) => {
      const field = columns.find(({ id }) => id === column)?.sortField
      if (field) setSort({ column, field, desc })
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
    isNarrowed: search !== '' || choice.statuses.length + choice.severities.length > 0,
  }
}

export const AlarmsTable = (p: WidgetViewProps<AlarmsTableSettings>) => {
  const { settings } = p
  const words = useWords('alarms-table', alarmWords)
  const { alarms } = useWidgetHost()
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
        >
          {settings.enableFilter ? <FilterMenu choice={asked.choice} onChoose={asked.choose} /> : null}
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
          onClose={() => setOpenId(null)}
        />
      ) : null}
      {made.problem ? <ProblemMark problem={made.problem} /> : null}
    </div>
  )
}

/** In place of the bar while alarms are chosen: how many, and what can be done with them. */
const ChosenBar = (p: {
  settings: AlarmsTableSettings
  chosen: readonly AlarmData[]
  run: (deed: () => Promise<void>) => void
  onNone: () => void
}) => {
  const words = useWords('alarms-table', alarmWords)
  const { alarms } = useWidgetHost()
  const idsOf = (some: readonly AlarmData[]) => [...new Set(some.map(({ id }) => id.id))]
  const open = idsOf(p.chosen.filter(({ acknowledged }) => !acknowledged))
  const active = idsOf(p.chosen.filter(({ cleared }) => !cleared))
  const button = (label: string, ids: readonly string[], deed: (ids: readonly string[]) => Promise<void>) => (
    <Button
      size="sm"
      disabled={ids.length === 0}
      onClick={() =>
        p.run(async () => {
          await deed(ids)
          p.onNone()
        })
      }
    >
      {label}
    </Button>
  )
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 bg-accent-soft px-4 py-1.5">
      <p role="status" className="mr-1 text-xs font-medium text-accent-text tabular-nums">
        {words('selected', { count: p.chosen.length })}
      </p>
      {p.settings.allowAcknowledgment ? button(words('acknowledge'), open, alarms.acknowledge) : null}
      {p.settings.allowClear ? button(words('clear'), active, alarms.clear) : null}
      <Button size="sm" variant="ghost" className="ml-auto" onClick={p.onNone}>
        {words('unselect')}
      </Button>
    </div>
  )
}
