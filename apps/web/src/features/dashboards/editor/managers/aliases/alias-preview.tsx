'use client'
import { useQuery } from '@tanstack/react-query'
import { planAlias, readDashboard } from '@thingwire/dashboards'
import { Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useMemo } from 'react'
import { findNamed } from '@/api/dashboards.ts'
import { useStateScope } from '../../../board/board-context.ts'
import type { Json } from '../../side/json.ts'

const mostShown = 8

/** The question that the alias is now, for the state that is shown. */
export const usePlan = (id: string, alias: Json) => {
  const { state } = useStateScope()
  const settled = useDeferredValue(alias)
  return useMemo(() => {
    const read = readDashboard({ entityAliases: { [id]: settled } }).document.aliases.get(id)
    return read ? planAlias(read, { params: state.params }) : null
  }, [id, settled, state.params])
}

/** Which entities an alias finds now. */
export const AliasPreview = ({ id, alias }: { id: string; alias: Json }) => {
  const t = useTranslations('dashboardManagers')
  const plan = usePlan(id, alias)
  const filter = plan?.status === 'ready' ? plan.filter : null
  const found = useQuery({
    queryKey: ['alias-preview', filter],
    enabled: filter !== null,
    queryFn: ({ signal }) => (filter ? findNamed({ entityFilter: filter }, mostShown, signal) : null),
    staleTime: 10_000,
    retry: false,
  })
  return (
    <output className="block min-h-16 rounded-md bg-sunken p-3 text-sm">
      {plan?.status === 'unresolved' ? (
        <p className="text-ink-2">
          {plan.reason === 'unknownType'
            ? t('unresolved.unknownType', { type: plan.type })
            : plan.reason === 'invalid'
              ? t('unresolved.invalid', { problem: plan.problem })
              : t(`unresolved.${plan.reason}`)}
        </p>
      ) : found.error ? (
        <p className="text-danger-text">{found.error.message}</p>
      ) : found.data ? (
        <>
          <p className="text-ink-2">
            {plan?.status === 'ready' && plan.single && found.data.total > 1
              ? t('resolvesFirst', { count: found.data.total })
              : t('resolves', { count: found.data.total })}
          </p>
          <p className="mt-1 break-words">
            {found.data.entities.map(({ name }) => name).join(', ')}
            {found.data.total > found.data.entities.length ? (
              <span className="text-ink-3">
                {' '}
                {t('andMore', { count: found.data.total - found.data.entities.length })}
              </span>
            ) : null}
          </p>
        </>
      ) : (
        <>
          <span className="sr-only">{t('finding')}</span>
          <Skeleton className="h-4 w-40" />
        </>
      )}
    </output>
  )
}
