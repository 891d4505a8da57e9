type Span = { top: number; bottom: number }

/** The highest place at or above the limit that goes through none of the widgets. */
const cutAbove = (widgets: readonly Span[], limit: number): number => {
  const higher = widgets
    .filter(({ top, bottom }) => top < limit && bottom > limit)
    .reduce((least, { top }) => Math.min(least, top), limit)
  // There it may meet another one.
  return higher < limit ? cutAbove(widgets, higher) : limit
}

/** A page with less than a third on it is not worth a widget that stays whole. */
const leastShare = 3

/**
 * Where a long picture is cut into pages, as heights from its top: as far down as a page goes, but through no widget that
 * would fit the next page whole, if that leaves a page worth its paper.
 */
export const pageBreaks = (height: number, page: number, widgets: readonly Span[]): number[] => {
  const breaks: number[] = []
  let from = 0
  while (height - from > page) {
    const limit = from + page
    const at = cutAbove(
      widgets.filter(({ top, bottom }) => top > from && bottom - top <= page),
      limit,
    )
    breaks.push(at - from < page / leastShare ? limit : at)
    from = breaks.at(-1) ?? limit
  }
  return breaks
}
