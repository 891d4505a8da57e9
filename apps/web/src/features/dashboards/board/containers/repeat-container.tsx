'use client'
import type { EntityId } from '@thingwire/contracts'
import { type Container, queryFilters, type StateParams, stateTitle } from '@thingwire/dashboards'
import { Button, EmptyState, Skeleton } from '@thingwire/ui'
import { WidgetNotice } from '@thingwire/widgets/views'
import { ChevronLeft, ChevronRight, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { resolveAlias } from '../../data/resolve.ts'
import { useFoundEntities } from '../../data/use-found-entities.ts'
import { useUnresolvedText } from '../../data/use-unresolved-text.ts'
import { useBoard, useStateScope } from '../board-context.ts'
import { useEditingHere } from '../editing.ts'
import { ContainerFrame, type ContainerProps } from './container-frame.tsx'
import { repeatPage } from './repeat-page.ts'

type Repeat = NonNullable<Container['repeat']>

/** Entities of one page of a repeat. */
const useEntities = (repeat: Repeat, page: number) => {
  const { document, filterValues, picks } = useBoard()
  const { stack } = useStateScope()
  const resolution = useMemo(
    () => resolveAlias(repeat.aliasId ?? '', { document, stack, filters: filterValues, picks }),
    [repeat.aliasId, document, stack, filterValues, picks],
  )
  const filter = repeat.filterId === null ? undefined : document.filters.get(repeat.filterId)
  const most = resolution.status === 'ready' && resolution.single ? 1 : repeat.most
  const { sortKey, sortDescending } = repeat
  const request = useMemo(() => {
    if (resolution.status !== 'ready') return null
    const isFiltered = filter && filter.keyFilters.length > 0
    return {
      query: { ...resolution.question, ...(isFiltered ? queryFilters(filter, filterValues) : {}) },
      page: repeatPage(page, most),
      sort: { key: sortKey ?? 'name', isDescending: sortDescending },
    }
  }, [resolution, filter, filterValues, page, most, sortKey, sortDescending])
  return { resolution, found: useFoundEntities(request), most }
}

/** Its one section, drawn once for each entity of an alias. */
export const RepeatContainer = ({ widget, container }: ContainerProps) => {
  const t = useTranslations('board')
  const [page, setPage] = useState(0)
  const { repeat } = container
  const [section] = container.sections
  if (!repeat || !section) return null
  return (
    <ContainerFrame widget={widget} sectionId={section.id} isNatural>
      <Entities
        repeat={repeat}
        section={section}
        page={page}
        setPage={setPage}
        label={widget.card.title || t('container')}
      />
    </ContainerFrame>
  )
}

type Entity = { id: EntityId; name: string }

/** The parameters of the state around with that entity in them. */
const paramsFor = (params: StateParams, paramName: string | null, entity: Entity): StateParams => {
  const param = { entityId: entity.id, entityName: entity.name }
  return paramName === null
    ? { ...params, entity: param }
    : { ...params, named: { ...params.named, [paramName]: param } }
}

type EntitiesProps = {
  repeat: Repeat
  section: Container['sections'][number]
  page: number
  setPage: (page: number) => void
  label: string
}

const Entities = ({ repeat, section, page, setPage, label }: EntitiesProps) => {
  const t = useTranslations('board')
  const unresolved = useUnresolvedText()
  const { SectionView } = useBoard()
  const { state } = useStateScope()
  const editing = useEditingHere()
  const { resolution, found, most } = useEntities(repeat, page)
  const { paramName } = repeat
  /** The same params as long as they say the same, so that what is in it is not begun anew. */
  const items = useMemo(() => {
    const left = most - repeatPage(0, most).pageSize * page
    return (found.status === 'ready' ? found.found.entities : [])
      .slice(0, left)
      .map((entity) => ({ entity, params: paramsFor(state.params, paramName, entity) }))
  }, [found, state.params, paramName, most, page])
  const blank = editing ? <SectionView stateId={section.stateId} params={null} isEditable isNatural /> : null
  if (resolution.status === 'unresolved')
    return (
      <div className="pt-3">
        <p className="p-3 text-center text-sm text-ink-3">{unresolved(resolution)}</p>
        {blank}
      </div>
    )
  if (found.status === 'failed') return <WidgetNotice state={found} />
  if (found.status === 'loading') return <Skeleton className="mt-3 h-32 rounded-lg" />
  if (items.length === 0)
    return (
      <>
        <EmptyState icon={<SearchX />} title={t('repeatEmpty')} className="py-6" />
        {blank}
      </>
    )
  const total = Math.min(most, found.found.total)
  const { pageSize } = repeatPage(0, most)
  return (
    <>
      <ul
        aria-label={label}
        className="grid gap-x-4 gap-y-3 pt-2"
        style={{ gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${repeat.minWidth}px), 1fr))` }}
      >
        {items.map(({ entity, params }, index) => {
          const isEdited = editing !== null && index === 0
          return (
            <li key={entity.id.id} className="min-w-0" inert={editing !== null && !isEdited}>
              <h3 className="mb-1 truncate text-sm font-semibold">
                {stateTitle(section.title, params) || entity.name}
              </h3>
              <SectionView stateId={section.stateId} params={params} isEditable={isEdited} isNatural />
            </li>
          )
        })}
      </ul>
      {total > pageSize ? (
        <nav aria-label={label} className="flex items-center justify-end gap-2 pt-2 text-xs text-ink-2">
          <span className="tabular-nums">
            {t('repeatRange', { from: page * pageSize + 1, to: Math.min(total, (page + 1) * pageSize), total })}
          </span>
          <Button size="icon-sm" aria-label={t('previousPage')} disabled={page === 0} onClick={() => setPage(page - 1)}>
            <ChevronLeft />
          </Button>
          <Button
            size="icon-sm"
            aria-label={t('nextPage')}
            disabled={(page + 1) * pageSize >= total}
            onClick={() => setPage(page + 1)}
          >
            <ChevronRight />
          </Button>
        </nav>
      ) : null}
    </>
  )
}
