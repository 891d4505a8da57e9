'use client'
import { putFilter, removeFilter, usesOfFilter } from '@thingwire/dashboards/edit'
import { Button, Field, Input, Segmented } from '@thingwire/ui'
import { CopyPlus, ListFilter, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { SwitchRow } from '@/components/switch-row.tsx'
import { isJson, type Json, jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'
import { useProblems } from '../../store/use-problems.ts'
import { freeName } from '../free-name.ts'
import { type ManagerProps, ManagedAction, ManagedActions, ManagerFrame } from '../manager-frame.tsx'
import { RemoveUsed, UseList } from '../uses.tsx'
import { FilterPreview } from './filter-preview.tsx'
import { KeyFilterFields } from './key-filter-fields.tsx'
import { newKeyFilter } from './predicates.ts'

const nameOf = (filter: unknown): string => String(jsonOf(filter).filter ?? '')

/** All filters of the dashboard, and the one that is open with how many entities it lets through. */
export const FilterManager = ({ id, choose }: ManagerProps) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const filters = jsonOf(useConfiguration().filters)
  const broken = new Set(
    useProblems().flatMap((one) => (one.in === 'filter' && one.severity === 'error' ? [one.id] : [])),
  )
  const add = (filter: Json) => {
    const made = crypto.randomUUID()
    store.run(putFilter(made, filter))
    store.endStep()
    choose(made)
  }
  const items = Object.entries(filters).map(([filterId, filter]) => ({
    id: filterId,
    name: nameOf(filter),
    hasError: broken.has(filterId),
  }))
  const taken = items.map(({ name }) => name)
  return (
    <ManagerFrame
      label={t('filters')}
      items={items}
      id={id}
      choose={choose}
      add={{
        label: t('newFilter'),
        onAdd: () =>
          add({
            filter: freeName(t('newFilter'), taken),
            editable: true,
            keyFiltersOperation: 'AND',
            keyFilters: [],
          }),
      }}
      empty={{ icon: <ListFilter />, title: t('noFilters'), text: t('noFiltersText') }}
    >
      {id === null ? null : (
        <FilterForm
          id={id}
          filter={jsonOf(filters[id])}
          onDuplicate={(filter) => add({ ...filter, filter: freeName(t('copyOf', { name: nameOf(filter) }), taken) })}
          onGone={() => choose(null)}
        />
      )}
    </ManagerFrame>
  )
}

type FormProps = { id: string; filter: Json; onDuplicate: (filter: Json) => void; onGone: () => void }

const FilterForm = ({ id, filter, onDuplicate, onGone }: FormProps) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const uses = useMemo(() => usesOfFilter(configuration, id), [configuration, id])
  const [isAsked, ask] = useState(false)
  const name = nameOf(filter)
  const keyFilters = Array.isArray(filter.keyFilters) ? filter.keyFilters.filter(isJson) : []
  const put = (members: Json) => store.run(putFilter(id, { filter: name, ...members }))
  const setKeys = (next: readonly Json[]) => put({ keyFilters: next })
  const remove = () => {
    store.run(removeFilter(id))
    onGone()
  }
  return (
    <>
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label={t('name')} error={name.trim() === '' ? t('nameMissing') : undefined}>
            <Input value={name} maxLength={255} onChange={({ target }) => put({ filter: target.value })} />
          </Field>
        </div>
        <ManagedActions>
          <ManagedAction label={t('duplicate')} icon={<CopyPlus />} onClick={() => onDuplicate(filter)} />
          <ManagedAction
            label={t('delete')}
            icon={<Trash2 />}
            onClick={() => (uses.length > 0 ? ask(true) : remove())}
          />
        </ManagedActions>
      </div>
      <SwitchRow
        label={t('viewerSets')}
        hint={t('viewerSetsHint')}
        checked={filter.editable !== false}
        onChange={(editable) => put({ editable })}
      />
      <section aria-label={t('conditions')} className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h3 className="text-xs font-medium text-ink-2">{t('conditions')}</h3>
          <Segmented
            label={t('matches')}
            value={filter.keyFiltersOperation === 'OR' ? 'OR' : 'AND'}
            onChange={(keyFiltersOperation) => put({ keyFiltersOperation })}
            options={[
              { value: 'AND', label: t('matchAll') },
              { value: 'OR', label: t('matchAny') },
            ]}
          />
        </div>
        {keyFilters.length === 0 ? <p className="text-sm text-ink-3">{t('noConditions')}</p> : null}
        {keyFilters.map((keyFilter, index) => (
          <KeyFilterFields
            // biome-ignore lint/suspicious/noArrayIndexKey: stored conditions have no ids
            key={index}
            number={index + 1}
            keyFilter={keyFilter}
            mayBeSet={filter.editable !== false}
            onChange={(next) => setKeys(keyFilters.map((one, at) => (at === index ? next : one)))}
            onRemove={() => setKeys(keyFilters.filter((_, at) => at !== index))}
          />
        ))}
        <Button className="justify-self-start" onClick={() => setKeys([...keyFilters, newKeyFilter()])}>
          <Plus />
          {t('addCondition')}
        </Button>
      </section>
      <FilterPreview id={id} filter={filter} />
      <UseList uses={uses} />
      {isAsked ? <RemoveUsed name={name} uses={uses} onRemove={remove} onClose={() => ask(false)} /> : null}
    </>
  )
}
