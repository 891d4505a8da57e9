'use client'
import { putFilter, removeFilter, usesOfFilter } from '@thingwire/dashboards/edit'
import { Button, Segmented } from '@thingwire/ui'
import { ListFilter, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { isJson, type Json } from '../../side/json.ts'
import type { ManagerProps } from '../manager-frame.tsx'
import { type NamedKind, NamedManager } from '../named-manager.tsx'
import { FilterPreview } from './filter-preview.tsx'
import { KeyFilterFields } from './key-filter-fields.tsx'
import { newKeyFilter } from './predicates.ts'

const filters: NamedKind = {
  kind: 'filter',
  stored: (configuration) => configuration.filters,
  fresh: { editable: true, keyFiltersOperation: 'AND', keyFilters: [] },
  put: (id, filter) => putFilter(id, filter),
  remove: removeFilter,
  usesOf: usesOfFilter,
}

/** All filters of the dashboard, and the one that is open with how many entities it lets through. */
export const FilterManager = (p: ManagerProps) => {
  const t = useTranslations('dashboardManagers')
  return (
    <NamedManager
      {...p}
      of={filters}
      texts={{ list: t('filters'), add: t('newFilter'), none: t('noFilters'), noneText: t('noFiltersText') }}
      icon={<ListFilter />}
      form={(id, filter, put) => <FilterForm id={id} filter={filter} put={put} />}
    />
  )
}

const FilterForm = ({ id, filter, put }: { id: string; filter: Json; put: (members: Json) => void }) => {
  const t = useTranslations('dashboardManagers')
  const keyFilters = Array.isArray(filter.keyFilters) ? filter.keyFilters.filter(isJson) : []
  const setKeys = (next: readonly Json[]) => put({ keyFilters: next })
  return (
    <>
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
    </>
  )
}
