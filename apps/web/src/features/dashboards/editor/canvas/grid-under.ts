const selector = '[data-edit-grid]'

/** The innermost grid that is edited under a point of the window; null: none. */
export const gridUnder = (x: number, y: number): Element | null => {
  for (const element of document.elementsFromPoint(x, y)) {
    const grid = element.closest(selector)
    if (grid) return grid
  }
  return null
}

/** Whether something belongs to that grid, and not to one in a section inside of it. */
export const isOfGrid = (grid: Element, target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(selector) === grid
