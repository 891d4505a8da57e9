'use client'
import { useQueries } from '@tanstack/react-query'
import { aliasesOfWidget, planAlias } from '@thingwire/dashboards'
import { Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { findEntityNames } from '@/api/dashboards.ts'
import { useStateScope, useWholeDocument } from '../board-context.ts'
import type { BoardUrl } from '../use-board-url.ts'

const mostEntities = 200

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, undefined, { numeric: true })

/** Aliases of the state shown that stand for one of possibly several entities. */
const useSingleAliases = () => {
  const document = useWholeDocument()
  const { definition, state } = useStateScope()
  return useMemo(() => {
    const { main, right } = definition.layouts
    const shown = [...main.items, ...(right?.items ?? [])].flatMap(({ widgetId }) => {
      const widget = document.widgets.get(widgetId)
      return widget ? aliasesOfWidget(widget, document) : []
    })
    return [...new Set(shown)].flatMap((id) => {
      const alias = document.aliases.get(id)
      if (!alias || alias.type === 'singleEntity' || alias.type === 'stateEntity') return []
      const plan = planAlias(alias, { params: state.params })
      return plan.status === 'ready' && plan.single ? [{ id, name: alias.alias, filter: plan.filter }] : []
    })
  }, [document, definition, state])
}

/** Lets viewers look at another of the entities that an alias of one stands for. */
export const EntityPick = ({ url }: { url: BoardUrl }) => {
  const t = useTranslations('board')
  const aliases = useSingleAliases()
  const answers = useQueries({
    queries: aliases.map(({ filter }) => ({
      queryKey: ['alias-entities', filter],
      queryFn: ({ signal }: { signal: AbortSignal }) => findEntityNames(filter, mostEntities, signal),
      staleTime: 30_000,
    })),
  })
  return aliases.map(({ id, name }, index) => {
    const entities = answers[index]?.data ?? []
    if (entities.length < 2) return null
    return (
      <Select
        key={id}
        aria-label={t('entityOf', { alias: name })}
        title={name}
        className="w-40"
        value={url.picks[id]?.id ?? entities[0]?.id.id ?? ''}
        onChange={(event) => {
          const picked = entities.find((one) => one.id.id === event.target.value)
          if (picked) url.setPick(id, picked === entities[0] ? null : picked.id)
        }}
      >
        {entities.toSorted(byName).map((entity) => (
          <option key={entity.id.id} value={entity.id.id}>
            {entity.name}
          </option>
        ))}
      </Select>
    )
  })
}
