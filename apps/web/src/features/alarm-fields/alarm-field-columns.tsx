'use client'
import { alarmFieldConfigurationSchema } from '@thingwire/contracts'
import { Badge, type Column } from '@thingwire/ui'
import { Bug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { AlarmFieldInfo, AlarmFieldView } from '@/api/alarm-fields.ts'
import { nameColumn, useCreatedColumn } from '@/components/entity-columns.tsx'
import { SeverityBadge } from '@/features/alarms/marks.tsx'
import { severitiesIn } from './alarm-field-model.ts'
import { OwnerLink } from './owner-link.tsx'
import { useOwnerKind } from './use-field-words.ts'

export const pathOfField = (rule: Pick<AlarmFieldView, 'id'>) => `/alarm-rules/${rule.id.id}`

const configurationOf = (rule: AlarmFieldView) => alarmFieldConfigurationSchema.safeParse(rule.configuration).data

const severitiesOf = (rule: AlarmFieldView) => severitiesIn(configurationOf(rule)?.createRules ?? {})

/** Evaluations of the rule are kept now. */
const DebugMark = ({ rule }: { rule: AlarmFieldInfo }) => {
  const t = useTranslations('alarmFields')
  const keepsAll = (rule.debugSettings?.allEnabledUntil ?? 0) > Date.now()
  if (!keepsAll && !rule.debugSettings?.failuresEnabled) return null
  return (
    <Badge tone={keepsAll ? 'warn' : 'neutral'} className="gap-1">
      <Bug aria-hidden className="size-3! text-current!" />
      {t(keepsAll ? 'keepsAll' : 'keepsFailures')}
    </Badge>
  )
}

export const useAlarmFieldColumns = (): Column<AlarmFieldInfo>[] => {
  const t = useTranslations('alarmFields')
  const kind = useOwnerKind()
  return [
    nameColumn<AlarmFieldInfo>({
      id: 'name',
      header: t('alarmType'),
      text: (rule) => rule.name,
      href: pathOfField,
      after: (rule) => <DebugMark rule={rule} />,
    }),
    {
      id: 'severities',
      header: t('severities'),
      onPhone: true,
      csv: (rule) => severitiesOf(rule).join(' '),
      cell: (rule) => (
        <span className="flex flex-wrap gap-1">
          {severitiesOf(rule).map((severity) => (
            <SeverityBadge key={severity} severity={severity} />
          ))}
        </span>
      ),
    },
    {
      id: 'entityType',
      header: t('ownerKind'),
      sortable: true,
      csv: (rule) => rule.entityId.entityType,
      className: 'text-ink-2 whitespace-nowrap',
      cell: (rule) => kind(rule.entityId.entityType),
    },
    {
      id: 'entityName',
      header: t('owner'),
      csv: (rule) => rule.entityName,
      cell: (rule) => <OwnerLink owner={rule.entityId} name={rule.entityName} />,
    },
    {
      id: 'clears',
      header: t('clears'),
      csv: (rule) => String(Boolean(configurationOf(rule)?.clearRule)),
      className: 'text-ink-2 whitespace-nowrap',
      cell: (rule) =>
        configurationOf(rule)?.clearRule ? (
          <Badge>{t('byCondition')}</Badge>
        ) : (
          <span className="text-ink-3">{t('byHand')}</span>
        ),
    },
    useCreatedColumn(),
  ]
}
