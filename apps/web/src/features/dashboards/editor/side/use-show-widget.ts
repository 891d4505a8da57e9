'use client'
import type { JsonPath } from '@thingwire/dashboards/edit'
import { useStateScope } from '../../board/board-context.ts'
import { useShowSections } from '../../board/containers/use-open-sections.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { wayTo } from '../structure/way-to.ts'

/** Leads to a widget, in whatever state and section it stands, and to a part of it in its panel. */
export const useShowWidget = (): ((id: string, path: JsonPath) => void) => {
  const store = useEditorStore()
  const scope = useStateScope()
  const showSections = useShowSections()
  return (id, path) => {
    const way = wayTo(store.document.configuration, id)
    if (way) {
      if (way.stateId !== scope.state.id) scope.update({ stateId: way.stateId, entity: null, paramName: null })
      showSections(way.sections)
      if (way.at.breakpoint !== null) store.set({ size: way.at.breakpoint })
    }
    store.set({ side: 'widget', selection: [id], asked: { id, path } })
  }
}
