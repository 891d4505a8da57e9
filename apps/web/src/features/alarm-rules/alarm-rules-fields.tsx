'use client'
import type { DeviceProfileAlarm } from '@thingwire/contracts'
import { ActionsMenu, Button, Card, EmptyState, MenuItem } from '@thingwire/ui'
import { BellRing, CircleHelp, CopyPlus, Pencil, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { SeverityBadge } from '@/features/alarms/marks.tsx'
import { ChainHint } from './chain-hint.tsx'
import {
  copyRule,
  newRule,
  putRule,
  readRules,
  severitiesOf,
  type StoredRule,
  typesOf,
  writeRules,
} from './rule-model.ts'
import { RuleSheet } from './rule-sheet.tsx'
import { conditionText } from './rule-text.ts'
import { useRuleWords } from './use-rule-words.ts'

/** Ids of rules need to differ within a profile; this works on pages that came by plain HTTP, too. */
const freshId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** The alarm rules of a profile. `text` is their list as JSON, since that is what the form compares and keeps. */
export const AlarmRulesFields = (p: {
  text: string
  onChange: (text: string) => void
  error: string | undefined
  ruleChainId: string
}) => {
  const t = useTranslations('alarmRules')
  const fields = useTranslations('alarmFields')
  const [editing, setEditing] = useState<{ rule: DeviceProfileAlarm; isNew: boolean } | null>(null)
  const rules = readRules(p.text)
  const set = (next: readonly StoredRule[]) => p.onChange(writeRules(next))
  const add = (
    <Button onClick={() => setEditing({ rule: newRule(freshId()), isNew: true })}>
      <Plus />
      {t('add')}
    </Button>
  )
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4 p-4 sm:p-6">
      <p className="text-sm text-ink-2">{fields('older')}</p>
      <ChainHint ruleChainId={p.ruleChainId} hasRules={rules.length > 0} />
      {p.error ? (
        <p role="alert" className="text-sm text-danger-text">
          {p.error}
        </p>
      ) : null}
      {rules.length === 0 ? (
        <Card>
          <EmptyState icon={<BellRing />} title={t('none')} action={add}>
            {t('noneText')}
          </EmptyState>
        </Card>
      ) : (
        <>
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
            {rules.map((stored, index) => {
              const remove = () => set(rules.filter((_, place) => place !== index))
              if (stored.kind === 'unknown')
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: what is not understood has no name
                  <UnknownRule key={index} raw={stored.raw} onRemove={remove} />
                )
              const { rule } = stored
              return (
                <RuleCard
                  key={rule.id}
                  rule={rule}
                  onEdit={() => setEditing({ rule, isNew: false })}
                  onCopy={() => setEditing({ rule: copyRule(rule, freshId(), typesOf(rules, '')), isNew: true })}
                  onRemove={remove}
                />
              )
            })}
          </ul>
          <div>{add}</div>
        </>
      )}
      <RuleSheet
        rule={editing?.rule ?? null}
        isNew={editing?.isNew ?? false}
        taken={typesOf(rules, editing?.rule.id ?? '')}
        onClose={() => setEditing(null)}
        onTake={(rule) => {
          set(putRule(rules, rule))
          setEditing(null)
        }}
      />
    </div>
  )
}

const RuleCard = (p: { rule: DeviceProfileAlarm; onEdit: () => void; onCopy: () => void; onRemove: () => void }) => {
  const t = useTranslations('alarmRules')
  const words = useRuleWords()
  const { rule } = p
  const ways = [
    ...(rule.propagate
      ? [
          rule.propagateRelationTypes.length > 0
            ? t('relatedBy', { types: rule.propagateRelationTypes.join(', ') })
            : t('related'),
        ]
      : []),
    ...(rule.propagateToOwner ? [t('owner')] : []),
    ...(rule.propagateToTenant ? [t('tenant')] : []),
  ]
  return (
    <li>
      <Card>
        <div className="flex items-center gap-2 border-b px-4 py-2">
          <button
            type="button"
            className="min-w-0 flex-1 rounded-sm text-left text-sm font-semibold break-words hover:text-accent-text"
            onClick={p.onEdit}
          >
            {rule.alarmType}
          </button>
          <ActionsMenu label={t('actionsFor', { name: rule.alarmType })}>
            <MenuItem onSelect={p.onEdit}>
              <Pencil />
              {t('edit')}
            </MenuItem>
            <MenuItem onSelect={p.onCopy}>
              <CopyPlus />
              {t('copy')}
            </MenuItem>
            <MenuItem danger onSelect={p.onRemove}>
              <Trash2 />
              {t('remove')}
            </MenuItem>
          </ActionsMenu>
        </div>
        <dl className="grid gap-2 px-4 py-3 text-sm">
          {severitiesOf(rule).map((severity) => {
            const condition = rule.createRules[severity]
            return condition ? (
              <Row key={severity} term={<SeverityBadge severity={severity} />}>
                {conditionText(condition, words)}
                {condition.schedule && condition.schedule.type !== 'ANY_TIME' ? (
                  <span className="text-ink-3"> · {t(`schedules.${condition.schedule.type}`)}</span>
                ) : null}
              </Row>
            ) : null
          })}
          <Row term={<span className="text-xs text-ink-3">{t('clears')}</span>}>
            {rule.clearRule ? conditionText(rule.clearRule, words) : <span className="text-ink-3">{t('byHand')}</span>}
          </Row>
          {ways.length > 0 ? (
            <Row term={<span className="text-xs text-ink-3">{t('propagatesTo')}</span>}>{ways.join(' · ')}</Row>
          ) : null}
        </dl>
      </Card>
    </li>
  )
}

const Row = ({ term, children }: { term: ReactNode; children: ReactNode }) => (
  <div className="flex gap-x-3 gap-y-1 max-sm:flex-col">
    <dt className="w-28 shrink-0">{term}</dt>
    <dd className="min-w-0 flex-1 break-words">{children}</dd>
  </div>
)

/** Of another version; it goes on as it is, and may be removed. */
const UnknownRule = ({ raw, onRemove }: { raw: unknown; onRemove: () => void }) => {
  const t = useTranslations('alarmRules')
  return (
    <li>
      <Card className="flex items-start gap-3 p-4">
        <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
        <div className="min-w-0 flex-1 text-sm">
          <p className="font-medium">{t('unknown')}</p>
          <p className="mt-0.5 line-clamp-3 font-mono text-xs break-all text-ink-3">{JSON.stringify(raw)}</p>
        </div>
        <Button size="sm" onClick={onRemove}>
          {t('remove')}
        </Button>
      </Card>
    </li>
  )
}
