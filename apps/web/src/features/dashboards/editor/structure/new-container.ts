import type { ContainerKind } from '@thingwire/dashboards'
import type { NewContainer } from '@thingwire/dashboards/edit'

export const containerKinds: readonly ContainerKind[] = ['tabs', 'rows', 'repeat']

/** A container with one section, two for tabs and rows that begin empty. */
export const newContainer = (
  kind: ContainerKind,
  words: { title: string; section: (number: number) => string },
  { sections, aliasId = null }: { sections: number; aliasId?: string | null },
): NewContainer => ({
  id: crypto.randomUUID(),
  kind,
  title: words.title,
  aliasId,
  sections: Array.from({ length: kind === 'repeat' ? 1 : sections }, (_, index) => ({
    id: crypto.randomUUID(),
    stateId: crypto.randomUUID(),
    // A repeat's section is called like the entity that it is drawn for.
    title: kind === 'repeat' ? ['$', '{entityName}'].join('') : words.section(index + 1),
  })),
})
