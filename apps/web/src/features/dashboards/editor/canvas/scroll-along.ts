/** Closer to the upper or lower edge than this the board scrolls along, px. */
const scrollWithin = 48
/** Most at once, px. */
const most = 16

type Edges = { top: number; bottom: number }

/**
 * How far to scroll what lies between those edges, px, for a pointer there: the nearer to an edge the faster. In a section
 * widgets stand near its edges anyway, and one that is resized there would grow by itself: it scrolls along once the
 * pointer is beyond; one that is moved out of the section leaves it as it is.
 */
export const scrollBy = (
  at: number,
  { top, bottom }: Edges,
  p: { isSection: boolean; isResizing: boolean },
): number => {
  if (p.isSection && !p.isResizing && (at < top || at > bottom)) return 0
  const within = p.isSection ? (p.isResizing ? 0 : Math.min(scrollWithin, (bottom - top) / 6)) : scrollWithin
  const past = Math.max(0, at - (bottom - within)) - Math.max(0, top + within - at)
  return past === 0 ? 0 : Math.sign(past) * Math.ceil(Math.min(1, Math.abs(past) / scrollWithin) * most)
}

/** Scrolls what a grid stands in while something is dragged near its edge. Returns whether it did. */
export const scrollAlong = (root: HTMLElement, clientY: number, isResizing = false): boolean => {
  const scroller = root.parentElement
  if (!scroller) return false
  const isSection = scroller.closest('[data-container]') !== null
  const by = scrollBy(clientY, scroller.getBoundingClientRect(), { isSection, isResizing })
  if (by === 0) return false
  const before = scroller.scrollTop
  scroller.scrollBy(0, by)
  return scroller.scrollTop !== before
}
