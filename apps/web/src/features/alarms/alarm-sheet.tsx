'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ActionsMenu, Button, copyText, MenuItem, Sheet, Skeleton, toast } from '@thingwire/ui'
import { Check, CircleCheck, Copy, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type AlarmView, getAlarm } from '@/api/alarms.ts'
import { useLive } from '@/live/live-provider.tsx'
import { LoadError } from '@/shell/page.tsx'
import { useLeave } from '@/shell/unsaved.tsx'
import { AlarmActivity } from './alarm-activity.tsx'
import { AlarmFacts } from './alarm-facts.tsx'
import { AlarmStatus, SeverityBadge } from './marks.tsx'
import { alarmKey, commentsKey, useAlarmDeed } from './use-alarm-actions.ts'

const refreshMs = 15_000
/** The newest of the same kind and originator: the one that is open is among them, unless it is long over. */
const followed = 5

/** The alarm as it is now: changes come over the live connection. */
const useAlarm = (id: string | null) => {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: alarmKey(id ?? ''),
    queryFn: ({ signal }) => getAlarm(id ?? '', signal),
    enabled: id !== null,
    refetchInterval: refreshMs,
  })
  const alarm = id === null ? undefined : query.data
  useLive(
    alarm
      ? {
          kind: 'alarms',
          query: {
            entityFilter: { type: 'singleEntity', singleEntity: alarm.originator },
            pageLink: { page: 0, pageSize: followed, typeList: [alarm.type] },
          },
        }
      : null,
    (change) => {
      if (change.kind !== 'alarms' || id === null) return
      const now = [...(change.page?.data ?? []), ...change.changed].find((one) => one.id.id === id)
      if (!now || JSON.stringify(marksOf(now)) === JSON.stringify(alarm && marksOf(alarm))) return
      client.setQueryData<AlarmView>(alarmKey(id), now)
      void client.invalidateQueries({ queryKey: commentsKey(id) })
    },
  )
  return { query, alarm }
}

/** What may change of an alarm while somebody looks at it. */
const marksOf = ({ severity, status, endTs, ackTs, clearTs, assigneeId, assignTs, details }: AlarmView) => [
  ...[severity, status, endTs, ackTs, clearTs, assigneeId?.id, assignTs],
  details,
]

/** Everything about one alarm, and what can be done with it. */
export const AlarmSheet = (p: { id: string | null; onClose: () => void; onDelete: (alarm: AlarmView) => void }) => {
  const t = useTranslations('alarms')
  const common = useTranslations('common')
  const leave = useLeave()
  const { query, alarm } = useAlarm(p.id)
  return (
    <Sheet
      open={p.id !== null}
      onOpenChange={(open) => !open && leave('step', p.onClose)}
      title={<span className="break-words">{alarm?.type ?? t('alarm')}</span>}
      closeLabel={common('close')}
      className="sm:max-w-[480px]"
      footer={alarm ? <Actions alarm={alarm} onDelete={() => p.onDelete(alarm)} /> : null}
    >
      {alarm ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-ink-2">
            <SeverityBadge severity={alarm.severity} />
            <AlarmStatus status={alarm.status} />
          </div>
          <AlarmFacts alarm={alarm} />
          <AlarmActivity alarmId={alarm.id.id} />
        </div>
      ) : query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : (
        <div aria-busy className="grid gap-4">
          <Skeleton className="h-5 w-1/2" />
          {['w-2/3', 'w-1/2', 'w-3/5', 'w-1/2'].map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars without names
            <Skeleton key={index} className={`h-4 ${width}`} />
          ))}
          <Skeleton className="h-24 w-full" />
        </div>
      )}
    </Sheet>
  )
}

const Actions = ({ alarm, onDelete }: { alarm: AlarmView; onDelete: () => void }) => {
  const t = useTranslations('alarms')
  const common = useTranslations('common')
  const deed = useAlarmDeed()
  return (
    <>
      <span className="mr-auto -ml-2">
        <ActionsMenu label={t('actionsFor', { name: alarm.type })}>
          <MenuItem onSelect={() => void copyText(alarm.id.id).then(() => toast.done(common('copied')))}>
            <Copy />
            {t('copyId')}
          </MenuItem>
          <MenuItem danger onSelect={onDelete}>
            <Trash2 />
            {t('delete')}
          </MenuItem>
        </ActionsMenu>
      </span>
      {alarm.cleared ? null : (
        <Button disabled={deed.isPending} onClick={() => deed.mutate({ deed: 'clear', alarm })}>
          <CircleCheck />
          {t('clear')}
        </Button>
      )}
      {alarm.acknowledged ? null : (
        <Button variant="primary" disabled={deed.isPending} onClick={() => deed.mutate({ deed: 'acknowledge', alarm })}>
          <Check />
          {t('acknowledge')}
        </Button>
      )}
    </>
  )
}
