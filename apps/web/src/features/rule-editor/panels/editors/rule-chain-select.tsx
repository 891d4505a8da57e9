'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { listRuleChains } from '@/api/entities.ts'
import type { FieldEditor } from '@/components/schema-form/form-context.ts'

/** A rule chain of the tenant, by its name. */
export const RuleChainSelect: FieldEditor = ({ field, value, onChange, error, onDone }) => {
  const t = useTranslations('schemaForm')
  const chains = useQuery({
    queryKey: ['rule-chains', 'choice'],
    queryFn: ({ signal }) => listRuleChains({ page: 0, pageSize: 100, sortProperty: 'name', sortOrder: 'ASC' }, signal),
  })
  const known = chains.data?.data ?? []
  const id = typeof value === 'string' ? value : ''
  return (
    <Field label={field.title} hint={field.description} error={error}>
      <Select value={id} onBlur={onDone} onChange={({ target }) => onChange(target.value || null)}>
        <option value="">{t('open')}</option>
        {id === '' || known.some((one) => one.id.id === id) ? null : <option value={id}>{id}</option>}
        {known.map((one) => (
          <option key={one.id.id} value={one.id.id}>
            {one.name}
          </option>
        ))}
      </Select>
    </Field>
  )
}
