/** Closer to the upper or lower edge than this the board scrolls along, px. */
const scrollWithin = 48
const scrollBy = 16

/** Scrolls what a grid stands in, as long as something is dragged near its edge. */
export const scrollAlong = (root: HTMLElement, clientY: number) => {
  const scroller = root.parentElement
  if (!scroller) return
  const { top, bottom } = scroller.getBoundingClientRect()
  if (clientY > bottom - scrollWithin) scroller.scrollBy(0, scrollBy)
  else if (clientY < top + scrollWithin) scroller.scrollBy(0, -scrollBy)
}
