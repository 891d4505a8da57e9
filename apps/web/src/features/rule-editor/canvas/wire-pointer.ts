import type { Place } from '../model/places.ts'

/** The wire under a point of the screen, or under its label, whatever node is dragged above it. */
const wireUnder = ({ x, y }: Place): Element | null => {
  for (const under of document.elementsFromPoint(x, y)) {
    const label = under.closest<HTMLElement>('[data-wire]')?.dataset.wire
    const drawn = label
      ? document.querySelector(`.react-flow__edge[data-id="${CSS.escape(label)}"]`)
      : under.closest('.react-flow__edge')
    if (drawn) return drawn
  }
  return null
}

/** The wire that something dragged would be put into; it is marked while it is that. */
export const wirePointer = () => {
  let over: Element | null = null
  const mark = (next: Element | null) => {
    if (next === over) return
    over?.classList.remove('drop-here')
    next?.classList.add('drop-here')
    over = next
  }
  return {
    /** Marks what lies at a point of the screen; null: nothing any more. */
    pointAt: (at: Place | null) => mark(at && wireUnder(at)),
    /** The id of the wire, which is marked no longer. */
    take: (): string | null => {
      const id = over?.getAttribute('data-id') ?? null
      mark(null)
      return id
    },
  }
}
