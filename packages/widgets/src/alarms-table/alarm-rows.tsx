'use client'
import type { AlarmData } from '@thingwire/contracts'
import type { WidgetAction } from '@thingwire/dashboards'
import { Checkbox, IconButton } from '@thingwire/ui'
import { Check, CircleCheck, PanelRightOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import { type CellFunctions, cellId } from '../engines/table/cell-functions.ts'
import { contentOf } from '../engines/table/cell-markup.tsx'
import { type TableColumn, type TableSort, TableView } from '../engines/table/table-view.tsx'
import { tableWords } from '../engines/table/words.ts'
import { formatValue } from '../format.ts'
import type { AlarmPage } from '../host/alarms.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetIcon } from '../style/icons.tsx'
import { LookText } from '../style/look-text.tsx'
import { cellLook, rowLook, type ValueLook, valueLook } from '../style/value-look.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetEntity, WidgetTexts } from '../widget.ts'
import { type AlarmColumn, alarmValue, isAlarmTime } from './columns.ts'
import type { AlarmsTableSettings } from './manifest.ts'
import { SeverityMark, StatusMark } from './marks.tsx'
import { alarmWords } from './words.ts'

/** An alarm that propagates may stand in the rows of several entities. */
export const rowId = (alarm: AlarmData): string => `${alarm.id.id} ${alarm.entityId.id}`

type Props = {
  settings: AlarmsTableSettings
  title: string
  answer: Extract<AlarmPage, { status: 'ready' }>
  columns: readonly AlarmColumn[]
  made: CellFunctions
  sort: TableSort
  onSort: (sort: TableSort) => void
  ticked: ReadonlySet<string>
  onTick: (ids: ReadonlySet<string>) => void
  onDetails: (alarm: AlarmData) => void
  run: (deed: () => Promise<void>) => void
  timeOf: (ts: number) => string
  texts: WidgetTexts
  locale: string
  theme: 'light' | 'dark'
  isNarrow: boolean
  none: string
}

const entityOf = (alarm: AlarmData): WidgetEntity => ({
  id: alarm.originator,
  name: alarm.originatorName ?? '',
  label: alarm.originatorLabel ?? '',
  type: alarm.originator.entityType,
})

/** The alarms of a page, each with what can be done with it. */
export const AlarmRows = (p: Props) => {
  const { answer, columns, made, settings } = p
  const tables = useWords('table', tableWords)
  const { actions } = useWidgetHost()
  const [rowClick] = actions.of('rowClick')
  const cellClicks = actions.of('cellClick')
  const start = (action: WidgetAction, alarm: AlarmData, anchor: Element) =>
    actions.run(action, { entity: entityOf(alarm), anchor, params: { alarm } })
  const drawn = columns.map((column, index): TableColumn<AlarmData> => {
    const click = cellClicks.find(({ columnIndex }) => columnIndex === null || columnIndex === index)
    return {
      id: column.id,
      title: column.title,
      isNumber: false,
      isSortable: column.sortKey !== null,
      width: column.width,
      cell: (alarm) =>
        contentOf(made, cellId(rowId(alarm), column)) ?? (
          <Cell {...p} alarm={alarm} column={column} look={lookAt(alarm, column, columns)} />
        ),
      style: (alarm) =>
        made.styles.get(cellId(rowId(alarm), column)) ?? cellLook(lookAt(alarm, column, columns), p.theme),
      onClick: click ? (alarm, cell) => start(click, alarm, cell) : undefined,
    }
  })
  const hasButtons =
    settings.displayDetails ||
    settings.allowAcknowledgment ||
    settings.allowClear ||
    actions.of('actionCellButton').length > 0
  return (
    <TableView
      label={p.title}
      columns={drawn}
      rows={answer.alarms}
      rowKey={rowId}
      rowStyle={(alarm) =>
        made.rowStyles.get(rowId(alarm)) ?? rowLook(columns.map((column) => lookAt(alarm, column, columns)))
      }
      sort={p.sort}
      onSort={p.onSort}
      onRow={
        rowClick
          ? (alarm, element) => start(rowClick, alarm, element)
          : settings.displayDetails
            ? (alarm) => p.onDetails(alarm)
            : undefined
      }
      actions={
        hasButtons
          ? { title: tables('actions'), cell: (alarm) => <Buttons {...p} alarm={alarm} start={start} /> }
          : undefined
      }
      lead={settings.enableSelection ? tickColumn(p) : undefined}
      isStale={answer.staleSince !== null}
      isBusy={answer.isLoadingNext}
      isNarrow={p.isNarrow}
      none={p.none}
    />
  )
}

const tickColumn = (p: Props) => ({
  head: <TickAll {...p} />,
  cell: (alarm: AlarmData) => <Tick {...p} alarm={alarm} />,
})

const TickAll = ({ answer, ticked, onTick }: Props) => {
  const words = useWords('alarms-table', alarmWords)
  const ids = answer.alarms.map(({ id }) => id.id)
  const isAll = ids.length > 0 && ids.every((id) => ticked.has(id))
  return (
    <Checkbox
      label={words('selectAll')}
      checked={isAll || (ids.some((id) => ticked.has(id)) ? 'some' : false)}
      onChange={(next) => onTick(new Set(next ? ids : []))}
    />
  )
}

const Tick = ({ alarm, ticked, onTick }: Props & { alarm: AlarmData }) => {
  const words = useWords('alarms-table', alarmWords)
  const { id } = alarm.id
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only stops clicks
    // biome-ignore lint/a11y/useKeyWithClickEvents: it only stops clicks
    <span className="inline-flex" onClick={(event) => event.stopPropagation()}>
      <Checkbox
        label={words('select', { type: alarm.type, originator: alarm.originatorName ?? '' })}
        checked={ticked.has(id)}
        onChange={(next) => onTick(new Set(next ? [...ticked, id] : [...ticked].filter((other) => other !== id)))}
      />
    </span>
  )
}

const Buttons = (
  p: Props & { alarm: AlarmData; start: (action: WidgetAction, alarm: AlarmData, anchor: Element) => void },
) => {
  const { alarm, settings, run } = p
  const words = useWords('alarms-table', alarmWords)
  const { actions, alarms } = useWidgetHost()
  const ids = [alarm.id.id]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only stops clicks
    // biome-ignore lint/a11y/useKeyWithClickEvents: it only stops clicks
    <span className="inline-flex" onClick={(event) => event.stopPropagation()}>
      {settings.allowAcknowledgment && !alarm.acknowledged ? (
        <IconButton label={words('acknowledge')} size="icon-sm" onClick={() => run(() => alarms.acknowledge(ids))}>
          <Check />
        </IconButton>
      ) : null}
      {settings.allowClear && !alarm.cleared ? (
        <IconButton label={words('clear')} size="icon-sm" onClick={() => run(() => alarms.clear(ids))}>
          <CircleCheck />
        </IconButton>
      ) : null}
      {settings.displayDetails ? (
        <IconButton label={words('details')} size="icon-sm" onClick={() => p.onDetails(alarm)}>
          <PanelRightOpen />
        </IconButton>
      ) : null}
      {actions.of('actionCellButton').map((button) => (
        <IconButton
          key={button.id}
          label={button.name}
          size="icon-sm"
          onClick={({ currentTarget }) => p.start(button, alarm, currentTarget)}
        >
          <WidgetIcon name={button.icon ?? 'more_horiz'} size={16} />
        </IconButton>
      ))}
    </span>
  )
}

/** Of a cell; rules may ask for other columns of the alarm by what they are called. */
const lookAt = (alarm: AlarmData, column: AlarmColumn, columns: readonly AlarmColumn[]): ValueLook =>
  valueLook(alarmValue(alarm, column), column.dataKey, (name) => {
    const other = columns.find(({ title, dataKey }) => title === name || dataKey.name === name)
    return other && alarmValue(alarm, other)
  })

const Cell = ({
  alarm,
  column,
  look,
  timeOf,
  locale,
  texts,
}: Props & { alarm: AlarmData; column: AlarmColumn; look: ValueLook }): ReactNode => {
  const value = alarmValue(alarm, column)
  const { name, type, units } = column.dataKey
  if (look.text !== null || look.icon !== null)
    return <LookText look={look} text={formatValue(value, column.dataKey, locale)} units={units} />
  if (value === undefined || value === null) return <span className="text-ink-3">—</span>
  if (type === 'alarm') {
    if (name === 'severity') return <SeverityMark severity={alarm.severity} />
    if (name === 'status') return <StatusMark status={alarm.status} />
    if (name === 'type') return <span className="font-medium">{alarm.type}</span>
    if (isAlarmTime(name) && typeof value === 'number') return <span title={texts.age(value)}>{timeOf(value)}</span>
  }
  return (
    <>
      {formatValue(value, column.dataKey, locale)}
      {units ? <span className="text-ink-3"> {units}</span> : null}
    </>
  )
}
