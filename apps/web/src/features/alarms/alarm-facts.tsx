'use client'
import { CodeBlock, Facts } from '@thingwire/ui'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { AlarmView } from '@/api/alarms.ts'
import { useCopyLabels } from '@/components/table-texts.ts'
import { useTick } from '@/features/dashboards/use-measure.ts'
import { Originator } from './alarm-columns.tsx'
import { AssigneePicker } from './assignee-picker.tsx'
import { detailRows, isEmptyDetails } from './detail-rows.ts'
import { durationParts } from './duration.ts'

const useDurationText = () => {
  const t = useTranslations('duration')
  return (durationMs: number) =>
    durationParts(durationMs)
      .map(({ unit, count }) => t(unit, { count }))
      .join(' ')
}

/** What alarms are about, as a rule. */
const namedTypes = ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'CUSTOMER', 'TENANT', 'USER', 'DASHBOARD', 'RULE_CHAIN'] as const

export const AlarmFacts = ({ alarm }: { alarm: AlarmView }) => {
  const t = useTranslations('alarms')
  const types = useTranslations('entityTypes')
  const kind = namedTypes.find((type) => type === alarm.originator.entityType)
  return (
    <>
      <Facts
        items={[
          {
            term: t('originator'),
            value: (
              <>
                <Originator alarm={alarm} /> {kind ? <span className="text-xs text-ink-3">{types(kind)}</span> : null}
              </>
            ),
          },
          { term: t('assignee'), value: <AssigneePicker alarm={alarm} /> },
          ...useTimes(alarm),
          { term: t('propagation'), value: <Propagation alarm={alarm} /> },
        ]}
      />
      <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h3 className="text-sm font-semibold">{t('details')}</h3>
        <Details details={alarm.details} />
      </section>
    </>
  )
}

/** The moments that are known, each with what it means: how long it took. */
const useTimes = (alarm: AlarmView): { term: string; value: ReactNode }[] => {
  const t = useTranslations('alarms')
  const format = useFormatter()
  const duration = useDurationText()
  const now = useTick(alarm.cleared ? null : 1_000)
  const at = (ts: number, note?: string) => (
    <>
      <time dateTime={new Date(ts).toISOString()} className="tabular-nums">
        {format.dateTime(ts, { dateStyle: 'medium', timeStyle: 'medium' })}
      </time>
      {note ? <span className="block text-xs text-ink-3 tabular-nums">{note}</span> : null}
    </>
  )
  const after = (ts: number) => t('after', { duration: duration(ts - alarm.startTs) })
  return [
    {
      term: t('started'),
      value: at(
        alarm.startTs,
        alarm.cleared
          ? t('lasted', { duration: duration(alarm.clearTs - alarm.startTs) })
          : t('lasts', { duration: duration(now - alarm.startTs) }),
      ),
    },
    ...(alarm.endTs > alarm.startTs ? [{ term: t('updated'), value: at(alarm.endTs) }] : []),
    ...(Math.abs(alarm.createdTime - alarm.startTs) > 1_000
      ? [{ term: t('created'), value: at(alarm.createdTime) }]
      : []),
    ...(alarm.acknowledged && alarm.ackTs
      ? [{ term: t('acknowledgedAt'), value: at(alarm.ackTs, after(alarm.ackTs)) }]
      : []),
    ...(alarm.cleared && alarm.clearTs
      ? [{ term: t('clearedAt'), value: at(alarm.clearTs, after(alarm.clearTs)) }]
      : []),
    ...(alarm.assigneeId && alarm.assignTs ? [{ term: t('assignedAt'), value: at(alarm.assignTs) }] : []),
  ]
}

const Propagation = ({ alarm }: { alarm: AlarmView }) => {
  const t = useTranslations('alarms')
  const ways = [
    ...(alarm.propagate
      ? [
          alarm.propagateRelationTypes.length > 0
            ? t('toRelated', { types: alarm.propagateRelationTypes.join(', ') })
            : t('toAllRelated'),
        ]
      : []),
    ...(alarm.propagateToOwner ? [t('toOwner')] : []),
    ...(alarm.propagateToTenant ? [t('toTenant')] : []),
  ]
  if (ways.length === 0) return <span className="text-ink-3">{t('notPropagated')}</span>
  return ways.map((way) => (
    <span key={way} className="block">
      {way}
    </span>
  ))
}

const Details = ({ details }: { details: unknown }) => {
  const t = useTranslations('alarms')
  const copy = useCopyLabels()
  if (isEmptyDetails(details)) return <p className="text-sm text-ink-3">{t('noDetails')}</p>
  const rows = detailRows(details)
  if (!rows) return <CodeBlock wrap code={JSON.stringify(details, null, 2)} labels={copy} />
  return (
    <dl className="divide-y rounded-md border bg-surface text-sm">
      {rows.map((row) => (
        <div key={row.key} className="flex items-baseline gap-4 px-3 py-2">
          <dt className="max-w-[45%] shrink-0 font-mono text-xs leading-5 break-all text-ink-3">{row.key}</dt>
          <dd className="min-w-0 flex-1 text-right font-medium break-words tabular-nums">{row.value}</dd>
        </div>
      ))}
    </dl>
  )
}
