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
import { type OwnView, sharedView } from '../overlay/own-view.ts'

const scalar = z.union([z.string().max(1_000), z.number(), z.boolean()])
const valuesSchema = z.record(z.string().max(200), scalar)
const picksSchema = z.record(z.string().max(200), entityIdSchema)
const readValues = (value: unknown): FilterValues | null => valuesSchema.safeParse(value).data ?? null
const readPicks = (value: unknown): EntityPicks | null => picksSchema.safeParse(value).data ?? null

const orNull = <T extends object>(record: T): T | null => (Object.keys(record).length > 0 ? record : null)

const isSame = (a: FilterValues, b: FilterValues): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([id, value]) => b[id] === value)

const noPicks: EntityPicks = {}

/**
 * Everything that is looked at is in the address, so that a link shows what was seen, and back goes back. What a viewer
 * `kept` is where the page begins; the address says what differs from that.
 */
export const useBoardUrl = (document: DashboardDocument, kept: OwnView = sharedView) => {
  const [url, setUrl] = useQueryStates(
    {
      state: parseAsString,
      w: parseAsString,
      filters: parseAsJson(readValues),
      pick: parseAsJson(readPicks),
      kiosk: parseAsString,
      at: parseAsString,
    },
    { history: 'push' },
  )
  const stack = useMemo(() => parseStates(url.state, document), [url.state, document])
  const window = useMemo(
    () => parseWindowParam(url.w, document.timeWindow) ?? kept.window ?? document.timeWindow,
    [url.w, document, kept],
  )
  const path = usePathname()
  const search = useSearchParams()
  const actions = useMemo(
    () => ({
      setStack: (next: readonly StateEntry[]) => void setUrl({ state: formatStates(next, document) }),
      setWindow: (model: TimeWindowModel) => {
        const own = formatWindowParam(kept.window ?? document.timeWindow, document.timeWindow)
        const w = formatWindowParam(model, document.timeWindow)
        void setUrl({ w: w === own ? null : w })
      },
      setFilterValues: (values: FilterValues) =>
        void setUrl({ filters: isSame(values, kept.filters) ? null : { ...values } }),
      /** Window and filters as they were kept, or as everybody has them. */
      forgetView: () => void setUrl({ w: null, filters: null }),
      setPick: (aliasId: string, entityId: EntityId | null) =>
        void setUrl(({ pick }) => {
          const { [aliasId]: _former, ...others } = pick ?? {}
          return { pick: orNull(entityId === null ? others : { ...others, [aliasId]: entityId }) }
        }),
      /** `isStep`: a step of the browser's history of its own. */
      setAt: (at: string | null, isStep: boolean) => void setUrl({ at }, { history: isStep ? 'push' : 'replace' }),
      setKiosk: (isKiosk: boolean) => void setUrl({ kiosk: isKiosk ? '1' : null }),
    }),
    [setUrl, document, kept],
  )
  return {
    ...actions,
    stack,
    window,
    filterValues: url.filters ?? kept.filters,
    picks: url.pick ?? noPicks,
    /** Which moment is looked at; null: now. */
    at: url.at,
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
