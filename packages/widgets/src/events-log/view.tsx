'use client'
import type { EventInfo } from '@thingwire/contracts'
import { Checkbox, Facts, Select, Sheet, Skeleton, StatusDot } from '@thingwire/ui'
import { type ReactNode, useMemo, useState } from 'react'
import { OneEntity } from '../engines/entity/one-entity.tsx'
import { pageSteps } from '../engines/table/page-steps.ts'
import { TableBar, TablePager } from '../engines/table/table-bar.tsx'
import { type TableColumn, TableView } from '../engines/table/table-view.tsx'
import { formatPattern } from '../style/date-format.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetEntity, WidgetViewProps } from '../widget.ts'
import { type EventsLogSettings, type LoggedType, loggedTypes } from './manifest.ts'
import { type EventColumn, eventColumns, filterOf, isFailure, searchedColumn } from './rows.ts'
import { useEvents } from './use-events.ts'
import { eventsWords } from './words.ts'

type Props = WidgetViewProps<EventsLogSettings>

/** Narrower than this a table has no room for columns. */
const narrowPx = 460
const barPx = 150
const mostRows = 1_000

export const EventsLog = (p: Props) => (
  <OneEntity state={p.state} texts={p.texts}>
    {({ entity, chooser, staleSince }) => (
      <Log key={entity.id.id} {...p} entity={entity} chooser={chooser} isStale={staleSince !== null} />
    )}
  </OneEntity>
)

const Log = (p: Props & { entity: WidgetEntity; chooser: ReactNode; isStale: boolean }) => {
  const { settings } = p
  const words = useWords('events-log', eventsWords)
  const [type, setType] = useState<LoggedType>(settings.eventType)
  const [failuresOnly, setFailuresOnly] = useState(settings.failuresOnly)
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(0)
  const [pageSize, setPageSize] = useState(() => Math.min(mostRows, Math.max(1, settings.defaultPageSize)))
  const [isDesc, setDesc] = useState(settings.newestFirst)
  const [opened, setOpened] = useState<EventInfo | null>(null)
  const filter = useMemo(() => filterOf(type, search, failuresOnly), [type, search, failuresOnly])
  const answer = useEvents(
    {
      ...{ entityId: p.entity.id, filter, page, direction: isDesc ? 'DESC' : 'ASC' },
      pageSize: settings.displayPagination ? pageSize : mostRows,
    },
    p.timeZone,
  )
  const timeOf = (ts: number) => formatPattern(ts, 'medium', { locale: p.locale, timeZone: p.timeZone })
  const isNarrow = p.size.width < narrowPx
  const first =
    <T,>(change: (value: T) => void) =>
    (value: T) => {
      change(value)
      setPage(0)
    }
  const columns: TableColumn<EventInfo>[] = [
    {
      ...{ id: 'createdTime', title: words('createdTime'), isNumber: false, isSortable: true, width: null },
      cell: (event) => <span title={p.texts.age(event.createdTime)}>{timeOf(event.createdTime)}</span>,
    },
    ...eventColumns[type].map(
      (column): TableColumn<EventInfo> => ({
        ...{ id: column.id, title: words(column.id), isNumber: column.isNumber, isSortable: false, width: null },
        cell: (event) => <Cell column={column} event={event} />,
      }),
    ),
  ]
  const searchIn = words('searchIn', { column: words(searchedColumn[type]) })
  return (
    <div className="relative flex size-full flex-col">
      {p.size.height >= barPx ? (
        <TableBar
          search={settings.enableSearch ? { text: search, onSearch: first(setSearch), label: searchIn } : undefined}
        >
          {p.chooser}
          {settings.enableTypeChoice ? (
            <Select
              aria-label={words('type')}
              value={type}
              onChange={({ target }) => {
                const next = loggedTypes.find((one) => one === target.value)
                if (next) first(setType)(next)
              }}
              className="h-8 w-auto"
            >
              {loggedTypes.map((one) => (
                <option key={one} value={one}>
                  {words(one)}
                </option>
              ))}
            </Select>
          ) : null}
          {settings.enableFilter && type !== 'ERROR' ? (
            // biome-ignore lint/a11y/noLabelWithoutControl: the tick in it is one
            <label className="flex h-8 items-center gap-2 px-1 text-xs text-ink-2">
              <Checkbox label={words('failuresOnly')} checked={failuresOnly} onChange={first(setFailuresOnly)} />
              {words('failuresOnly')}
            </label>
          ) : null}
        </TableBar>
      ) : null}
      {answer.problem === null ? null : (
        <p role="alert" className="px-4 pb-2 text-xs break-words text-danger-text">
          {words('failed', { reason: answer.problem })}
        </p>
      )}
      {answer.page === null ? (
        answer.problem === null ? (
          <Waiting />
        ) : null
      ) : (
        <TableView
          label={p.title}
          columns={columns}
          rows={answer.page.data}
          rowKey={(event) => event.id.id}
          sort={{ column: 'createdTime', desc: isDesc }}
          onSort={({ desc }) => first(setDesc)(desc)}
          onRow={setOpened}
          isStale={p.isStale}
          isBusy={answer.isLoadingNext}
          isNarrow={isNarrow}
          none={words(search !== '' || failuresOnly ? 'noneSuch' : 'none')}
        />
      )}
      {settings.displayPagination && answer.page ? (
        <TablePager
          {...{ page, pageSize, isNarrow, total: answer.page.totalElements }}
          steps={pageSteps(settings.defaultPageSize, null, null)}
          onPage={setPage}
          onPageSize={first(setPageSize)}
        />
      ) : null}
      {opened ? (
        <Details event={opened} columns={eventColumns[type]} timeOf={timeOf} onClose={() => setOpened(null)} />
      ) : null}
    </div>
  )
}

const Waiting = () => (
  <div aria-busy className="grid gap-2 p-4">
    {['w-full', 'w-5/6', 'w-2/3'].map((width) => (
      <Skeleton key={width} className={`h-5 ${width}`} />
    ))}
  </div>
)

const Cell = ({ column, event }: { column: EventColumn; event: EventInfo }) => {
  const words = useWords('events-log', eventsWords)
  const text = column.textOf(event)
  if (text === '') return <span className="text-ink-3">—</span>
  if (column.id === 'status')
    return (
      <span className="inline-flex items-center gap-2">
        <StatusDot tone={isFailure(event) ? 'danger' : 'ok'} />
        {words(text === 'Failure' ? 'Failure' : 'Success')}
      </span>
    )
  const isWrong = column.id === 'error' || (column.id === 'errorsOccurred' && isFailure(event))
  return (
    <span title={text.slice(0, 500)} className={isWrong ? 'text-danger-text' : undefined}>
      {text.slice(0, 300)}
    </span>
  )
}

const longestBody = 50_000

/** The whole event: what the row shortens, and all of its members. */
const Details = (p: {
  event: EventInfo
  columns: readonly EventColumn[]
  timeOf: (ts: number) => string
  onClose: () => void
}) => {
  const words = useWords('events-log', eventsWords)
  const { event } = p
  const facts = p.columns.flatMap((column) => {
    const text = column.textOf(event)
    return text === '' ? [] : [{ term: words(column.id), value: text.slice(0, 2_000) }]
  })
  return (
    <Sheet open onOpenChange={(open) => !open && p.onClose()} title={words('details')} closeLabel={words('close')}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <Facts items={[{ term: words('createdTime'), value: p.timeOf(event.createdTime) }, ...facts]} />
        <pre className="max-h-[50dvh] overflow-auto rounded-md bg-sunken p-3 text-xs break-words whitespace-pre-wrap text-ink-2">
          {JSON.stringify(event.body, null, 2).slice(0, longestBody)}
        </pre>
      </div>
    </Sheet>
  )
}
