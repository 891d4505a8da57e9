'use client'
import type { Column } from '@thingwire/ui'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { AlarmView } from '@/api/alarms.ts'
import { Age } from '@/components/age.tsx'
import { useCreatedColumn } from '@/components/entity-columns.tsx'
import { AssigneePicker } from './assignee-picker.tsx'
import { AlarmStatus, personName, SeverityBadge } from './marks.tsx'

/** Where what an alarm is about has a page of its own. */
const originatorPath = ({ originator }: Pick<AlarmView, 'originator'>): string | null =>
  originator.entityType === 'DEVICE' ? `/devices/${originator.id}` : null

export const originatorText = (alarm: AlarmView): string =>
  alarm.originatorDisplayName ?? alarm.originatorName ?? alarm.originator.id

export const Originator = ({ alarm }: { alarm: AlarmView }) => {
  const path = originatorPath(alarm)
  const name = originatorText(alarm)
  return path ? (
    <Link href={path} className="text-ink-2 hover:text-accent-text hover:underline">
      {name}
    </Link>
  ) : (
    <span className="text-ink-2">{name}</span>
  )
}

/** `withOriginator` false where all rows are of one entity anyway. */
export const useAlarmColumns = (open: (alarm: AlarmView) => void): Column<AlarmView>[] => {
  const t = useTranslations('alarms')
  const created = useCreatedColumn<AlarmView>()
  return [
    {
      id: 'type',
      header: t('type'),
      fixed: true,
      onPhone: true,
      sortable: true,
      csv: (alarm) => alarm.type,
      cell: (alarm) => (
        <>
          <button
            type="button"
            className="line-clamp-2 rounded-sm text-left font-medium break-words text-ink hover:text-accent-text"
            onClick={() => open(alarm)}
          >
            {alarm.type}
          </button>
          {/* What the other columns say, where there is no room for them. */}
          <span className="flex flex-wrap gap-x-2 text-xs text-ink-3 md:hidden">
            <span className="min-w-0 break-words">{originatorText(alarm)}</span>
            <Age ts={alarm.createdTime} />
            <AlarmStatus status={alarm.status} />
          </span>
        </>
      ),
    },
    {
      id: 'severityRank',
      header: t('severity'),
      onPhone: true,
      sortable: true,
      csv: (alarm) => alarm.severity,
      cell: (alarm) => <SeverityBadge severity={alarm.severity} />,
    },
    {
      id: 'originatorDisplayName',
      header: t('originator'),
      sortable: true,
      csv: originatorText,
      cell: (alarm) => <Originator alarm={alarm} />,
    },
    {
      id: 'status',
      header: t('status'),
      sortable: true,
      csv: (alarm) => alarm.status,
      className: 'text-ink-2',
      cell: (alarm) => <AlarmStatus status={alarm.status} />,
    },
    {
      id: 'assignee',
      header: t('assignee'),
      sortable: true,
      csv: (alarm) => (alarm.assignee ? personName(alarm.assignee) : ''),
      className: 'max-w-50',
      cell: (alarm) => <AssigneePicker alarm={alarm} />,
    },
    created,
  ]
}
