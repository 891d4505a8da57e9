'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Card, CardHeader, EmptyState, IconButton, Skeleton, toast } from '@thingwire/ui'
import { Bug, Trash2 } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import type { AlarmFieldView } from '@/api/alarm-fields.ts'
import { clearEvents, type EventView, listEvents } from '@/api/events.ts'
import { SeverityBadge } from '@/features/alarms/marks.tsx'
import { DebugFields } from '@/features/rule-editor/panels/debug-settings.tsx'
import { excerptOf, Payload } from '@/features/rule-editor/testing/payload.tsx'
import { debugIn } from './alarm-field-form.ts'
import { type Evaluation, evaluationIn } from './evaluation.ts'
import { OwnerName } from './owner-link.tsx'
import type { AlarmFieldEdit } from './use-alarm-field-edit.ts'

const shown = 50
const refreshMs = 3_000
const filter = { eventType: 'DEBUG_CALCULATED_FIELD' } as const

/** What is kept of the evaluations of a rule, and what has been kept. */
export const FieldDebugging = ({ field, rule }: { field: AlarmFieldEdit; rule: AlarmFieldView }) => {
  const t = useTranslations('alarmFields')
  return (
    <div className="grid w-full max-w-5xl grid-cols-[minmax(0,1fr)] gap-5 p-4 sm:p-6">
      <Card className="grid gap-4 p-4 sm:grid-cols-2">
        <DebugFields
          debug={debugIn(field.values)}
          onChange={(debug) => field.set('debug', JSON.stringify(debug))}
          words={{
            failures: t('keepFailures'),
            failuresHint: t('keepFailuresHint'),
            all: t('keepAll'),
            allHint: (most) => t('keepAllHint', { most }),
          }}
        />
      </Card>
      <Evaluations rule={rule} />
    </div>
  )
}

const Evaluations = ({ rule }: { rule: AlarmFieldView }) => {
  const t = useTranslations('alarmFields')
  const client = useQueryClient()
  const queryKey = ['alarm-fields', rule.id.id, 'events']
  const events = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      listEvents(rule.id, { page: 0, pageSize: shown, tenantId: rule.tenantId.id }, filter, signal),
    refetchInterval: refreshMs,
  })
  const clear = useMutation({
    mutationFn: () => clearEvents(rule.id, filter),
    onSuccess: () => client.invalidateQueries({ queryKey }),
    onError: (error) => toast.failed(t('notCleared'), error.message),
  })
  const rows = events.data?.data
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title={t('events')}
        description={t('eventsText')}
        actions={
          rows && rows.length > 0 ? (
            <IconButton
              label={t('clearEvents')}
              size="icon-sm"
              disabled={clear.isPending}
              onClick={() => clear.mutate()}
            >
              <Trash2 />
            </IconButton>
          ) : null
        }
      />
      {events.error && !rows ? (
        <p role="alert" className="p-4 text-sm text-danger-text">
          {events.error.message}
        </p>
      ) : !rows ? (
        <div aria-busy className="grid gap-2 p-4">
          <Skeleton className="h-5 w-full" />
          <Skeleton className="h-5 w-full" />
        </div>
      ) : rows.length === 0 ? (
        <EmptyState icon={<Bug />} title={t('noEvents')} className="py-10">
          {t('noEventsText')}
        </EmptyState>
      ) : (
        <ul aria-label={t('events')} className="divide-y">
          {rows.map((event) => (
            <EventRow key={event.id.id} event={event} />
          ))}
        </ul>
      )}
    </Card>
  )
}

const EventRow = ({ event }: { event: EventView }) => {
  const t = useTranslations('alarmFields')
  const format = useFormatter()
  const evaluation = evaluationIn(event.body)
  return (
    <li>
      <details>
        <summary className="flex min-h-9 cursor-default list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-xs hover:bg-hover [&::-webkit-details-marker]:hidden">
          <time dateTime={new Date(event.createdTime).toISOString()} className="shrink-0 text-ink-3 tabular-nums">
            {format.dateTime(event.createdTime, { timeStyle: 'medium', dateStyle: 'short' })}
          </time>
          <Outcome evaluation={evaluation} />
          {evaluation.entityId ? <OwnerName isPlain owner={evaluation.entityId} /> : null}
          <span className="min-w-0 flex-1 truncate font-mono text-ink-2 max-sm:basis-full">
            {excerptOf(evaluation.error || evaluation.values)}
          </span>
        </summary>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pt-1.5 pb-3 sm:grid-cols-2">
          {evaluation.error ? (
            <p className="rounded-md bg-danger-soft px-2.5 py-1.5 text-xs break-words whitespace-pre-wrap text-danger-text sm:col-span-2">
              {evaluation.error}
            </p>
          ) : null}
          {evaluation.entityId ? (
            <p className="text-xs sm:col-span-2">
              <OwnerName owner={evaluation.entityId} />
            </p>
          ) : null}
          {evaluation.arguments ? <Payload text={evaluation.arguments} label={t('saw')} /> : null}
          {evaluation.result ? <Payload text={evaluation.result} label={t('came')} /> : null}
        </div>
      </details>
    </li>
  )
}

const tones = { raise: 'alert', clear: 'ok', unchanged: 'neutral', failed: 'danger' } as const

const Outcome = ({ evaluation }: { evaluation: Evaluation }) => {
  const t = useTranslations('alarmFields')
  const { outcome, severity } = evaluation
  return (
    <span className="inline-flex items-center gap-1.5 sm:min-w-24">
      <Badge tone={tones[outcome]}>{t(`outcomes.${outcome}`)}</Badge>
      {severity ? <SeverityBadge severity={severity} /> : null}
    </span>
  )
}
