'use client'
import { readContainer } from '@thingwire/dashboards'
import { parseAsJson, useQueryState } from 'nuqs'
import { useCallback } from 'react'
import { z } from 'zod'
import { useWholeDocument } from '../board-context.ts'

const openSchema = z.record(z.string().max(200), z.array(z.string().max(200)).max(100))
const read = (value: unknown) => openSchema.safeParse(value).data ?? null

/**
 * Sections that a viewer chose in a container: of tabs the one that is shown, of rows those that are not as the file has
 * them. In the address, so that a link shows what was seen.
 */
export const useChosenSections = (widgetId: string): [readonly string[], (ids: readonly string[]) => void] => {
  const [all, setAll] = useSections()
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

const useSections = () => useQueryState('sections', parseAsJson(read).withOptions({ history: 'replace' }))

/** Opens sections of containers, from the outside in. */
export const useShowSections = (): ((sections: readonly { widgetId: string; sectionId: string }[]) => void) => {
  const [, setAll] = useSections()
  const { widgets } = useWholeDocument()
  return (sections) => {
    if (sections.length === 0) return
    void setAll((before) => {
      const next = { ...before }
      for (const { widgetId, sectionId } of sections) {
        const container = readContainer(widgets.get(widgetId)?.raw ?? {})
        const chosen = next[widgetId] ?? []
        const section = container?.sections.find(({ id }) => id === sectionId)
        if (container?.kind === 'tabs') next[widgetId] = [sectionId]
        // Of rows those are told that are not as the file has them.
        else if (container?.kind === 'rows' && section && section.isCollapsed !== chosen.includes(sectionId))
          next[widgetId] = section.isCollapsed ? [...chosen, sectionId] : chosen.filter((id) => id !== sectionId)
      }
      return next
    })
  }
}
