'use client'
import { useQuery } from '@tanstack/react-query'
import { cn, Select } from '@thingwire/ui'
import { LayoutDashboard, type LucideIcon, Star, Tag, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { listTags } from '@/api/dashboard-library.ts'
import { FilterMenu } from '@/components/filter-menu.tsx'
import type { ListPlace, useListPlace } from './use-list-place.ts'

type PlaceState = ReturnType<typeof useListPlace>

const icons: Record<ListPlace, LucideIcon> = { all: LayoutDashboard, starred: Star, deleted: Trash2 }

export const placesFor = (isAdministrator: boolean): readonly ListPlace[] =>
  isAdministrator ? ['all', 'starred', 'deleted'] : ['all', 'starred']

export const useTags = () =>
  useQuery({ queryKey: ['dashboards', 'tags'], queryFn: ({ signal }) => listTags(signal), staleTime: 30_000 })

/** Beside the list on wide screens: its places, and the tags as folders, of which a dashboard can be in several. */
export const ListRail = ({ list, isAdministrator }: { list: PlaceState; isAdministrator: boolean }) => {
  const t = useTranslations('dashboardList')
  const tags = useTags().data ?? []
  return (
    <nav aria-label={t('places')} className="hidden w-52 shrink-0 flex-col overflow-y-auto border-r p-3 lg:flex">
      <ul className="grid gap-0.5">
        {placesFor(isAdministrator).map((place) => (
          <Entry
            key={place}
            icon={icons[place]}
            isCurrent={list.place === place && list.tags.length === 0}
            choose={() => list.setPlace(place)}
          >
            {t(`place.${place}`)}
          </Entry>
        ))}
      </ul>
      {tags.length > 0 ? (
        <>
          <h2 className="px-2 pt-5 pb-1.5 text-2xs font-medium text-ink-3">{t('tags')}</h2>
          <ul className="grid gap-0.5">
            {tags.map(({ tag, dashboards }) => {
              const isChosen = list.tags.includes(tag)
              return (
                <Entry
                  key={tag}
                  icon={Tag}
                  isCurrent={isChosen}
                  count={dashboards}
                  choose={() => list.setTags(isChosen ? list.tags.filter((one) => one !== tag) : [...list.tags, tag])}
                >
                  {tag}
                </Entry>
              )
            })}
          </ul>
        </>
      ) : null}
    </nav>
  )
}

const Entry = (p: {
  icon: LucideIcon
  isCurrent: boolean
  count?: number
  choose: () => void
  children: ReactNode
}) => (
  <li>
    <button
      type="button"
      aria-pressed={p.isCurrent}
      onClick={p.choose}
      className={cn(
        'flex h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm text-ink-2 transition-colors duration-100 hover:bg-hover hover:text-ink',
        p.isCurrent && 'bg-hover font-medium text-ink',
      )}
    >
      <p.icon aria-hidden className={cn('size-3.5 shrink-0', p.isCurrent ? 'text-accent-text' : 'text-ink-3')} />
      <span className="min-w-0 flex-1 truncate">{p.children}</span>
      {p.count === undefined ? null : <span className="text-xs text-ink-3 tabular-nums">{p.count}</span>}
    </button>
  </li>
)

/** The same in the toolbar, where there is no room beside the list. */
export const NarrowPlaces = ({ list, isAdministrator }: { list: PlaceState; isAdministrator: boolean }) => {
  const t = useTranslations('dashboardList')
  const places = placesFor(isAdministrator)
  return (
    <span className="flex gap-2 lg:hidden">
      <Select
        aria-label={t('places')}
        value={list.place}
        className="w-40"
        onChange={({ target }) => {
          const place = places.find((one) => one === target.value)
          if (place) list.setPlace(place)
        }}
      >
        {places.map((place) => (
          <option key={place} value={place}>
            {t(`place.${place}`)}
          </option>
        ))}
      </Select>
      {list.place === 'deleted' ? null : <TagFilter list={list} />}
    </span>
  )
}

const TagFilter = ({ list }: { list: PlaceState }) => {
  const t = useTranslations('dashboardList')
  const tags = useTags().data ?? []
  if (tags.length === 0) return null
  return (
    <FilterMenu
      label={t('tags')}
      any={t('anyTag')}
      options={tags.map(({ tag, dashboards }) => ({ value: tag, text: tag, label: `${tag} (${dashboards})` }))}
      chosen={list.tags}
      onChange={list.setTags}
    />
  )
}
