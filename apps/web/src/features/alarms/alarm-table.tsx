'use client'
import type { EntityId } from '@thingwire/contracts'
import { ActionsMenu, Button, MenuItem } from '@thingwire/ui'
import { ArrowUp, BellRing, Check, CircleCheck, PanelRight, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { acknowledgeAlarm, type AlarmView, clearAlarm, deleteAlarm, listAlarms } from '@/api/alarms.ts'
import { BulkRun } from '@/components/bulk-run.tsx'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { originatorText, useAlarmColumns } from './alarm-columns.tsx'
import { isNarrowed, toAlarmQuery, toLiveQuery, usualFilter } from './alarm-filter.ts'
import { AlarmFilters } from './alarm-filters.tsx'
import { AlarmSheet } from './alarm-sheet.tsx'
import { DeleteAlarmDialog } from './delete-alarm-dialog.tsx'
import { useAlarmDeed } from './use-alarm-actions.ts'
import { useAlarmFilter } from './use-alarm-filter.ts'
import { alarmId, useLiveAlarms, useSteadyRows } from './use-live-alarms.ts'

const nameOf = (alarm: AlarmView) => `${alarm.type} · ${originatorText(alarm)}`
const viewerNow = (userId: string) => ({
  ...{ userId, nowMs: Date.now() },
  viewerZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})
const listKey = ['alarms', 'page'] as const

/** Alarms that the filter of the address asks for, as they come and change. */
const useAlarmList = (of: EntityId | null) => {
  const user = useUser()
  const userId = user.id.id
  const { filter, change } = useAlarmFilter()
  const list = useEntityList<AlarmView>({
    queryKey: [...listKey, of?.id ?? null, filter],
    defaultSort: '-createdTime',
    load: (link, signal) => listAlarms(of, toAlarmQuery(filter, link, viewerNow(userId)), signal),
    // The live connection sends a busy list only now and then.
    refreshMs: 15_000,
  })
  useLiveAlarms(
    list.queryKey,
    list.query.data ? toLiveQuery(filter, list.table.link, { ...viewerNow(userId), of }) : null,
  )
  return { list, filter, change }
}

/** The list of alarms with its filters and the drawer of one alarm: of everything, or of what one entity shows. */
export const AlarmTable = ({ of = null }: { of?: EntityId | null }) => {
  const t = useTranslations('alarms')
  const words = useEntityWords('alarms')
  const [opened, setOpened] = useQueryState('alarm', parseAsString.withOptions({ history: 'push' }))
  const [deleting, setDeleting] = useState<AlarmView | null>(null)
  const [isHeld, setHeld] = useState(false)
  const { list, filter, change } = useAlarmList(of)
  const open = (alarm: AlarmView) => void setOpened(alarm.id.id)
  const columns = useAlarmColumns(open)
  const steady = useSteadyRows({
    question: list.query.isPlaceholderData ? '' : JSON.stringify(list.queryKey),
    rows: list.rows,
    isHeld,
  })
  const onFilter = (part: Parameters<typeof change>[0]) => {
    list.table.onStateChange({ page: 0 })
    change(part)
  }
  return (
    <>
      <TableHold onHeld={setHeld}>
        <EntityTable
          name="alarms"
          list={{ ...list, rows: steady.rows ? [...steady.rows] : undefined }}
          words={filter.state === 'active' && !isNarrowed(filter) ? { ...words, none: t('noneActive') } : words}
          icon={<BellRing />}
          columns={columns}
          rowId={alarmId}
          open={open}
          action={
            filter.state === 'any' ? null : <Button onClick={() => onFilter({ state: 'any' })}>{t('showAll')}</Button>
          }
          toolbar={
            <>
              <AlarmFilters filter={filter} onChange={onFilter} />
              <Waiting count={steady.waiting} onShow={steady.show} />
            </>
          }
          rowActions={(alarm) => (
            <RowMenu alarm={alarm} onOpen={() => open(alarm)} onDelete={() => setDeleting(alarm)} />
          )}
          rowClass={(alarm) => (steady.arrived?.has(alarmId(alarm)) ? 'animate-flash' : undefined)}
          isNarrowed={isNarrowed(filter)}
          onClearFilters={() => onFilter({ ...usualFilter, state: filter.state })}
          bulk={{ nameOf, remove: deleteAlarm, queryKey: listKey, more: (rows) => <BulkMarks rows={rows} /> }}
        />
      </TableHold>
      <AlarmSheet id={opened} onClose={() => void setOpened(null)} onDelete={setDeleting} />
      <DeleteAlarmDialog
        alarm={deleting}
        onClose={() => setDeleting(null)}
        onDeleted={() => void (opened && setOpened(null))}
      />
    </>
  )
}

/** A finger leaves no trace between two touches: the list stays still for so long after one. */
const touchHoldMs = 3_000

const isOnRows = (event: PointerEvent) => event.target instanceof Element && event.target.closest('tbody') !== null

/** Tells while a mouse is over the rows, and while and shortly after a finger touches them. */
const TableHold = ({ onHeld, children }: { onHeld: (isHeld: boolean) => void; children: ReactNode }) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <div
      className="flex min-h-0 flex-1 flex-col"
      onPointerOver={(event) => {
        if (event.pointerType === 'mouse') onHeld(isOnRows(event))
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === 'mouse') onHeld(false)
      }}
      onPointerDown={(event) => {
        if (event.pointerType === 'mouse' || !isOnRows(event)) return
        onHeld(true)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => onHeld(false), touchHoldMs)
      }}
    >
      {children}
    </div>
  )
}

/** What waits while the list is held still. */
const Waiting = ({ count, onShow }: { count: number; onShow: () => void }) => {
  const t = useTranslations('alarms')
  return (
    <span role="status">
      {count > 0 ? (
        <Button size="sm" variant="ghost" onClick={onShow} className="text-accent-text">
          <ArrowUp />
          {t('waiting', { count })}
        </Button>
      ) : null}
    </span>
  )
}

const BulkMarks = ({ rows }: { rows: readonly AlarmView[] }) => {
  const t = useTranslations('alarms')
  const named = (chosen: readonly AlarmView[]) => chosen.map((alarm) => ({ id: alarmId(alarm), name: nameOf(alarm) }))
  const wordsOf = (deed: 'acknowledge' | 'clear') => (count: number) => ({
    action: t(`bulk.${deed}.action`, { count }),
    title: t(`bulk.${deed}.title`, { count }),
    text: t(`bulk.${deed}.text`),
    submit: t(`bulk.${deed}.submit`, { count }),
    done: t(`bulk.${deed}.done`),
    allDone: t(`bulk.${deed}.allDone`, { count }),
  })
  return (
    <>
      <BulkRun
        rows={named(rows.filter((alarm) => !alarm.acknowledged))}
        icon={<Check />}
        words={wordsOf('acknowledge')}
        run={acknowledgeAlarm}
        queryKey={listKey}
      />
      <BulkRun
        rows={named(rows.filter((alarm) => !alarm.cleared))}
        icon={<CircleCheck />}
        words={wordsOf('clear')}
        run={clearAlarm}
        queryKey={listKey}
      />
    </>
  )
}

const RowMenu = ({ alarm, onOpen, onDelete }: { alarm: AlarmView; onOpen: () => void; onDelete: () => void }) => {
  const t = useTranslations('alarms')
  const deed = useAlarmDeed()
  return (
    <ActionsMenu inRow label={t('actionsFor', { name: nameOf(alarm) })}>
      <MenuItem onSelect={onOpen}>
        <PanelRight />
        {t('open')}
      </MenuItem>
      <MenuItem disabled={alarm.acknowledged} onSelect={() => deed.mutate({ deed: 'acknowledge', alarm })}>
        <Check />
        {t('acknowledge')}
      </MenuItem>
      <MenuItem disabled={alarm.cleared} onSelect={() => deed.mutate({ deed: 'clear', alarm })}>
        <CircleCheck />
        {t('clear')}
      </MenuItem>
      <MenuItem danger onSelect={onDelete}>
        <Trash2 />
        {t('delete')}
      </MenuItem>
    </ActionsMenu>
  )
}
