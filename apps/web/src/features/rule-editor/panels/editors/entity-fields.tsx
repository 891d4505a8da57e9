'use client'
import { entityTypeSchema } from '@thingwire/contracts'
import { Button, Field, Input, Select } from '@thingwire/ui'
import { ArrowUpRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { FieldEditor } from '../../../../components/schema-form/form-context.ts'
import { optionText, unset } from '../../../../components/schema-form/values.ts'
import { EntityPicker } from './entity-picker.tsx'

const idOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Kinds that people name in rule chains; a stored one of another kind is offered, too. */
const offered = ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'CUSTOMER', 'TENANT', 'USER', 'DASHBOARD', 'EDGE', 'RULE_CHAIN']

/** The kind of an entity; the entity itself, which would be of the old kind, is chosen anew. */
export const EntityTypeField: FieldEditor = ({ field, value, onChange, error, onDone, siblings }) => {
  const t = useTranslations('schemaForm')
  const current = typeof value === 'string' ? value : ''
  const entity = siblings?.fields.find(({ typeFrom }) => typeFrom === field.key)
  const choose = (chosen: string) => {
    const type = chosen === '' ? unset(field) : chosen
    if (!siblings || !entity) return onChange(type)
    siblings.set({ [field.key]: type, [entity.key]: unset(entity) })
  }
  return (
    <Field label={field.title} hint={field.description} error={error}>
      <Select value={current} onBlur={onDone} onChange={({ target }) => choose(target.value)}>
        <option value="">{t('open')}</option>
        {[...new Set([...offered, ...(current ? [current] : [])])].map((type) => (
          <option key={type} value={type}>
            {optionText(type)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** An entity of the kind that a neighbour says. */
export const EntityField: FieldEditor = ({ field, value, onChange, error, onDone, siblings }) => {
  const t = useTranslations('chainPanels.pick')
  const type = entityTypeSchema.safeParse(siblings?.values[field.typeFrom ?? ''])
  if (!type.success)
    return (
      <Field label={field.title} hint={field.description} error={error}>
        <Input
          value={idOf(value) ?? ''}
          disabled={idOf(value) === null}
          placeholder={t('typeFirst')}
          onBlur={onDone}
          onChange={({ target }) => onChange(target.value || unset(field))}
        />
      </Field>
    )
  return (
    <EntityPicker
      key={type.data}
      label={field.title}
      hint={field.description}
      error={error}
      entityType={type.data}
      id={idOf(value)}
      onChange={(id) => onChange(id ?? unset(field))}
      onDone={onDone}
    />
  )
}

/** A rule chain of the tenant, by its name, and the way to it. */
export const RuleChainField: FieldEditor = ({ field, value, onChange, error, onDone }) => {
  const t = useTranslations('chainPanels.pick')
  const id = idOf(value)
  return (
    <EntityPicker
      label={field.title}
      hint={field.description}
      error={error}
      entityType="RULE_CHAIN"
      id={id}
      aside={
        id === null ? undefined : (
          <Button asChild size="sm" variant="ghost">
            <Link href={`/rule-chains/${id}`}>
              <ArrowUpRight />
              {t('openChain')}
            </Link>
          </Button>
        )
      }
      onChange={(chosen) => onChange(chosen ?? unset(field))}
      onDone={onDone}
    />
  )
}
