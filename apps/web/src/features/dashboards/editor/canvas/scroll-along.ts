/** Closer to the upper or lower edge than this the board scrolls along, px. */
const scrollWithin = 48
/** Most at once, px. */
const most = 16

/** Scrolls what a grid stands in while something is dragged near its edge, the faster the nearer. Returns whether it did. */
export const scrollAlong = (root: HTMLElement, clientY: number): boolean => {
  const scroller = root.parentElement
  if (!scroller) return false
  const { top, bottom } = scroller.getBoundingClientRect()
  const past = Math.max(0, clientY - (bottom - scrollWithin)) - Math.max(0, top + scrollWithin - clientY)
  if (past === 0) return false
  const before = scroller.scrollTop
  scroller.scrollBy(0, Math.sign(past) * Math.ceil(Math.min(1, Math.abs(past) / scrollWithin) * most))
  return scroller.scrollTop !== before
}
