const selector = '[data-edit-grid]'

/** The innermost grid that is edited under a point of the window; null: none. */
export const gridUnder = (x: number, y: number): Element | null =>
  // Not by what lies uppermost: what is dragged is under the pointer, too.
  document.elementsFromPoint(x, y).find((element) => element.matches(selector)) ?? null

/** Whether something belongs to that grid, and not to one in a section inside of it. */
export const isOfGrid = (grid: Element, target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(selector) === grid
