'use client'
import { Button, Field, IconButton, Segmented } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { NumberControl } from '../../../../components/schema-form/controls.tsx'
import type { ControlProps, FieldEditor } from '../../../../components/schema-form/form-context.ts'
import type { FormField } from '../../../../components/schema-form/form-field.ts'
import { TextsControl } from '../../../../components/schema-form/lists.tsx'
import { Part } from '../../../../components/schema-form/objects.tsx'
import { pathOf } from '../../../../components/schema-form/problems.ts'
import { SuggestInput } from '../../../../components/schema-form/suggest-input.tsx'
import { useCompletion } from '../../../../components/schema-form/use-completion.ts'
import { initialOf, isValues, type Values, withMember } from '../../../../components/schema-form/values.ts'
import { SwitchRow } from '../../../../components/switch-row.tsx'

const directions = ['FROM', 'TO'] as const
const memberOf = (members: readonly FormField[], key: string) => members.find((one) => one.key === key)

/** Which relations are followed from the originator, how far, and which of them count. */
export const RelationsField: FieldEditor = ({ field, path, value, onChange, error }) => {
  const t = useTranslations('chainPanels.relations')
  if (field.kind !== 'object') return null
  const values: Values = isValues(value) ? value : {}
  const put = (key: string, next: unknown) => onChange(withMember(values, key, next))
  const levels = memberOf(field.members, 'maxLevel')
  const filters = memberOf(field.members, 'filters')
  const relationType = memberOf(field.members, 'relationType')
  const deviceTypes = memberOf(field.members, 'deviceTypes')
  const direction = values.direction === 'TO' ? 'TO' : 'FROM'
  return (
    <Part title={field.title} hint={field.description} error={error}>
      <div className="grid gap-1.5">
        <p aria-hidden className="text-xs font-medium text-ink-2">
          {t('direction')}
        </p>
        <Segmented
          label={t('direction')}
          value={direction}
          onChange={(next) => put('direction', next)}
          options={directions.map((one) => ({ value: one, label: t(one) }))}
          className="justify-self-start"
        />
      </div>
      {levels?.kind === 'number' ? (
        <NumberControl
          field={levels}
          path={pathOf(path, 'maxLevel')}
          value={values.maxLevel}
          onChange={(next) => put('maxLevel', next)}
        />
      ) : null}
      <SwitchRow
        label={t('lastOnly')}
        hint={t('lastOnlyHint')}
        checked={values.fetchLastLevelOnly === true}
        onChange={(isOn) => put('fetchLastLevelOnly', isOn)}
      />
      {relationType ? (
        <RelationType field={relationType} value={values.relationType} onChange={(next) => put('relationType', next)} />
      ) : null}
      {deviceTypes?.kind === 'texts' ? (
        <TextsControl
          field={deviceTypes}
          path={pathOf(path, 'deviceTypes')}
          value={values.deviceTypes}
          onChange={(next) => put('deviceTypes', next)}
        />
      ) : null}
      {filters?.kind === 'list' ? (
        <Filters
          field={filters}
          path={pathOf(path, 'filters')}
          value={values.filters}
          onChange={(next) => put('filters', next)}
        />
      ) : null}
    </Part>
  )
}

const RelationType = ({ field, value, onChange }: Pick<ControlProps, 'field' | 'value' | 'onChange'>) => {
  const complete = useCompletion(field)
  return (
    <Field label={field.title} hint={field.description}>
      <SuggestInput
        value={typeof value === 'string' ? value : ''}
        complete={complete ?? (() => null)}
        onChange={onChange}
      />
    </Field>
  )
}

const Filters = ({ field, path, value, onChange }: ControlProps<Extract<FormField, { kind: 'list' }>>) => {
  const t = useTranslations('chainPanels.relations')
  const filters: readonly unknown[] = Array.isArray(value) ? value : []
  const members = field.item.kind === 'object' ? field.item.members : []
  const relationType = memberOf(members, 'relationType')
  const entityTypes = memberOf(members, 'entityTypes')
  const put = (index: number, key: string, next: unknown) =>
    onChange(filters.map((one, at) => (at === index ? withMember(one, key, next) : one)))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex min-h-6 items-center justify-between gap-2">
        <p className="text-xs font-medium text-ink-2">{field.title}</p>
        <Button size="sm" variant="ghost" onClick={() => onChange([...filters, initialOf(field.item)])}>
          <Plus />
          {t('addFilter')}
        </Button>
      </div>
      {filters.length === 0 ? <p className="text-xs text-ink-3">{t('allCount')}</p> : null}
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {filters.map((filter, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: filters have no names of their own
          <li key={index} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-1">
            <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
              {relationType ? (
                <RelationType
                  field={relationType}
                  value={isValues(filter) ? filter.relationType : ''}
                  onChange={(next) => put(index, 'relationType', next)}
                />
              ) : null}
              {entityTypes?.kind === 'texts' ? (
                <TextsControl
                  field={entityTypes}
                  path={pathOf(pathOf(path, index), 'entityTypes')}
                  value={isValues(filter) ? filter.entityTypes : []}
                  onChange={(next) => put(index, 'entityTypes', next)}
                />
              ) : null}
            </div>
            <IconButton
              label={t('removeFilter', { number: index + 1 })}
              size="icon-sm"
              onClick={() => onChange(filters.filter((_, at) => at !== index))}
            >
              <Trash2 />
            </IconButton>
          </li>
        ))}
      </ol>
    </div>
  )
}
