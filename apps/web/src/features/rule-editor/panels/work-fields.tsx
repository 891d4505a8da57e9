'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { listQueues } from '@/api/device-profiles.ts'
import { findManifest } from '../catalogue.ts'
import type { DocNode } from '../model/document.ts'

/** Labels along which a bypassed node may be passed. */
const labelsOf = ({ className, bypass }: DocNode): string[] => {
  const labels = findManifest(className)?.connections ?? 'custom'
  const known = labels === 'custom' ? ['Success'] : [...labels]
  return [...new Set([...known, ...(bypass?.label ? [bypass.label] : [])])]
}

/** Values of the options; labels stand behind a sign so that none of them can be one of the others. */
const works = 'works'
const stops = 'stops'

export const BypassField = ({ node, onChange }: { node: DocNode; onChange: (bypass: DocNode['bypass']) => void }) => {
  const t = useTranslations('chainPanels.settings')
  const value = node.bypass === null ? works : node.bypass.label === null ? stops : `>${node.bypass.label}`
  const choose = (chosen: string) =>
    onChange(chosen === works ? null : { label: chosen === stops ? null : chosen.slice(1) })
  return (
    <Field label={t('bypass')} hint={t('bypassHint')}>
      <Select value={value} onChange={({ target }) => choose(target.value)}>
        <option value={works}>{t('works')}</option>
        {labelsOf(node).map((label) => (
          <option key={label} value={`>${label}`}>
            {t('passes', { label })}
          </option>
        ))}
        <option value={stops}>{t('stops')}</option>
      </Select>
    </Field>
  )
}

export const QueueField = ({ node, onChange }: { node: DocNode; onChange: (queueName: string | null) => void }) => {
  const t = useTranslations('chainPanels.settings')
  const queues = useQuery({ queryKey: ['queues'], queryFn: ({ signal }) => listQueues(signal) })
  const current = node.queueName ?? ''
  const names = [...new Set([current, ...(queues.data?.data ?? []).map(({ name }) => name)])]
  return (
    <Field label={t('queue')} hint={t('queueHint')}>
      <Select value={current} onChange={({ target }) => onChange(target.value || null)}>
        <option value="">{t('queueOfProfile')}</option>
        {names.map((name) =>
          name === '' ? null : (
            <option key={name} value={name}>
              {name}
            </option>
          ),
        )}
      </Select>
    </Field>
  )
}
