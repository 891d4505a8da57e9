'use client'
import type { ContainerKind } from '@thingwire/dashboards'
import { addContainer, type LayoutAddress, wrapInContainer } from '@thingwire/dashboards/edit'
import { useTranslations } from 'next-intl'
import { jsonOf } from '../side/json.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { newContainer } from './new-container.ts'

/** Making containers: empty ones, and round widgets that are there. */
export const useContainers = () => {
  const t = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const wordsOf = (kind: ContainerKind) => ({
    title: t(`container.${kind}`),
    section: (number: number) => t('sectionNumber', { number, name: t(`newSection.${kind}`) }),
  })
  const aliasId = () => Object.keys(jsonOf(store.document.configuration.entityAliases))[0] ?? null
  return {
    add: (kind: ContainerKind, at: LayoutAddress, place: { col: number; row: number } | null = null) => {
      const container = newContainer(kind, wordsOf(kind), { sections: 2, aliasId: aliasId() })
      store.run(addContainer(container, at, place && { ...place, sizeX: 12, sizeY: 8 }))
      store.set({ selection: [container.id], side: kind === 'repeat' ? 'widget' : store.get().side })
    },
    wrap: (kind: ContainerKind, at: LayoutAddress, ids: readonly string[]) => {
      const container = newContainer(kind, wordsOf(kind), { sections: 1, aliasId: aliasId() })
      store.run(wrapInContainer(container, at, ids))
      store.select([container.id])
    },
  }
}
