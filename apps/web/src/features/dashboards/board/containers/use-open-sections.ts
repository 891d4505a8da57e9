'use client'
import { parseAsJson, useQueryState } from 'nuqs'
import { useCallback } from 'react'
import { z } from 'zod'

const openSchema = z.record(z.string().max(200), z.array(z.string().max(200)).max(100))
const read = (value: unknown) => openSchema.safeParse(value).data ?? null

/**
 * Sections that a viewer chose in a container: of tabs the one that is shown, of rows those that are not as the file has
 * them. In the address, so that a link shows what was seen.
 */
export const useChosenSections = (widgetId: string): [readonly string[], (ids: readonly string[]) => void] => {
  const [all, setAll] = useQueryState('sections', parseAsJson(read).withOptions({ history: 'replace' }))
  const set = useCallback(
    (ids: readonly string[]) =>
      void setAll((before) => {
        const { [widgetId]: _former, ...others } = before ?? {}
        const next = ids.length > 0 ? { ...others, [widgetId]: [...ids] } : others
        return Object.keys(next).length > 0 ? next : null
      }),
    [setAll, widgetId],
  )
  return [all !== null && Object.hasOwn(all, widgetId) ? (all[widgetId] ?? none) : none, set]
}

const none: readonly string[] = []
