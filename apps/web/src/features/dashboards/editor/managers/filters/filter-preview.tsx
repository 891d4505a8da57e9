'use client'
import { useQuery } from '@tanstack/react-query'
import { queryFilters, readDashboard } from '@thingwire/dashboards'
import { Field, Select, Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useMemo, useState } from 'react'
import { findNamed } from '@/api/dashboards.ts'
import { type Json, jsonOf } from '../../side/json.ts'
import { useConfiguration } from '../../store/use-editor.ts'
import { usePlan } from '../aliases/alias-preview.tsx'

const mostShown = 8

/** How many entities of an alias pass the filter, and which. */
export const FilterPreview = ({ id, filter }: { id: string; filter: Json }) => {
  const t = useTranslations('dashboardManagers')
  const aliases = jsonOf(useConfiguration().entityAliases)
  const [chosen, setChosen] = useState<string | null>(null)
  const aliasId = chosen !== null && aliases[chosen] ? chosen : (Object.keys(aliases)[0] ?? null)
  if (aliasId === null) return null
  return (
    <section aria-label={t('passesOf')} className="grid gap-3 rounded-md bg-sunken p-3">
      <Field label={t('passesOf')}>
        <Select value={aliasId} onChange={({ target }) => setChosen(target.value)}>
          {Object.entries(aliases).map(([one, alias]) => (
            <option key={one} value={one}>
              {String(jsonOf(alias).alias ?? one)}
            </option>
          ))}
        </Select>
      </Field>
      <Passed aliasId={aliasId} alias={jsonOf(aliases[aliasId])} id={id} filter={filter} />
    </section>
  )
}

const Passed = ({ aliasId, alias, id, filter }: { aliasId: string; alias: Json; id: string; filter: Json }) => {
  const t = useTranslations('dashboardManagers')
  const plan = usePlan(aliasId, alias)
  const settled = useDeferredValue(filter)
  const conditions = useMemo(() => {
    const read = readDashboard({ filters: { [id]: settled } }).document.filters.get(id)
    return read ? queryFilters(read) : null
  }, [id, settled])
  const entityFilter = plan?.status === 'ready' ? plan.filter : null
  const found = useQuery({
    queryKey: ['filter-preview', entityFilter, conditions],
    enabled: entityFilter !== null && conditions !== null,
    queryFn: async ({ signal }) => {
      if (!entityFilter || !conditions) return null
      const [passed, all] = await Promise.all([
        findNamed({ entityFilter, ...(conditions.keyFilters.length > 0 ? conditions : {}) }, mostShown, signal),
        findNamed({ entityFilter }, 1, signal),
      ])
      return { passed, all: all.total }
    },
    staleTime: 10_000,
    retry: false,
  })
  if (plan?.status === 'unresolved')
    return (
      <p className="text-sm text-ink-2">
        {plan.reason === 'unknownType' || plan.reason === 'invalid'
          ? t('unresolved.noEntity')
          : t(`unresolved.${plan.reason}`)}
      </p>
    )
  if (found.error) return <p className="text-sm text-danger-text">{found.error.message}</p>
  if (!found.data) return <Skeleton className="h-4 w-40" />
  const { passed, all } = found.data
  return (
    <output className="text-sm">
      <span className="block text-ink-2">{t('passes', { passed: passed.total, all })}</span>
      <span className="block break-words">{passed.entities.map(({ name }) => name).join(', ')}</span>
      {passed.total > passed.entities.length ? (
        <span className="block text-ink-3">{t('andMore', { count: passed.total - passed.entities.length })}</span>
      ) : null}
    </output>
  )
}
