'use client'
import { type EntityId, entityIdSchema } from '@thingwire/contracts'
import {
  type DashboardDocument,
  formatStates,
  formatWindowParam,
  parseStates,
  parseWindowParam,
  type StateEntry,
  type TimeWindowModel,
} from '@thingwire/dashboards'
import { usePathname, useSearchParams } from 'next/navigation'
import { parseAsJson, parseAsString, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { z } from 'zod'
import type { EntityPicks, FilterValues } from '../data/resolve.ts'

const scalar = z.union([z.string().max(1_000), z.number(), z.boolean()])
const valuesSchema = z.record(z.string().max(200), scalar)
const picksSchema = z.record(z.string().max(200), entityIdSchema)
const readValues = (value: unknown): FilterValues | null => valuesSchema.safeParse(value).data ?? null
const readPicks = (value: unknown): EntityPicks | null => picksSchema.safeParse(value).data ?? null

const orNull = <T extends object>(record: T): T | null => (Object.keys(record).length > 0 ? record : null)

const noFilters: FilterValues = {}
const noPicks: EntityPicks = {}

/** Everything that is looked at is in the address, so that a link shows what was seen, and back goes back. */
export const useBoardUrl = (document: DashboardDocument) => {
  const [url, setUrl] = useQueryStates(
    {
      state: parseAsString,
      w: parseAsString,
      filters: parseAsJson(readValues),
      pick: parseAsJson(readPicks),
      kiosk: parseAsString,
    },
    { history: 'push' },
  )
  const stack = useMemo(() => parseStates(url.state, document), [url.state, document])
  const window = useMemo(() => parseWindowParam(url.w, document.timeWindow) ?? document.timeWindow, [url.w, document])
  const path = usePathname()
  const search = useSearchParams()
  const actions = useMemo(
    () => ({
      setStack: (next: readonly StateEntry[]) => void setUrl({ state: formatStates(next, document) }),
      setWindow: (model: TimeWindowModel) => {
        const own = formatWindowParam(document.timeWindow, document.timeWindow)
        const w = formatWindowParam(model, document.timeWindow)
        void setUrl({ w: w === own ? null : w })
      },
      setFilterValues: (values: FilterValues) => void setUrl({ filters: orNull({ ...values }) }),
      setPick: (aliasId: string, entityId: EntityId | null) =>
        void setUrl(({ pick }) => {
          const { [aliasId]: _former, ...others } = pick ?? {}
          return { pick: orNull(entityId === null ? others : { ...others, [aliasId]: entityId }) }
        }),
      setKiosk: (isKiosk: boolean) => void setUrl({ kiosk: isKiosk ? '1' : null }),
    }),
    [setUrl, document],
  )
  return {
    ...actions,
    stack,
    window,
    filterValues: url.filters ?? noFilters,
    picks: url.pick ?? noPicks,
    isKiosk: url.kiosk === '1',
    /** In a frame of another page. */
    isEmbedded: search.get('embed') === '1',
    /** Of the page with that stack, and all else as it is. */
    addressOf: (of: readonly StateEntry[]): string => {
      const next = new URLSearchParams(search)
      const state = formatStates(of, document)
      if (state === null) next.delete('state')
      else next.set('state', state)
      const query = next.toString()
      return query ? `${path}?${query}` : path
    },
  }
}
export type BoardUrl = ReturnType<typeof useBoardUrl>
