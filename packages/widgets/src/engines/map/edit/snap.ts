type Pixel = readonly [x: number, y: number]

const distance = ([x, y]: Pixel, [a, b]: Pixel) => Math.hypot(x - a, y - b)

const onEdge = (at: Pixel, from: Pixel, to: Pixel): Pixel => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : ((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / length
  const within = Math.min(1, Math.max(0, share))
  return [from[0] + within * dx, from[1] + within * dy]
}

const nearest = (at: Pixel, places: Iterable<Pixel>, within: number): Pixel | null => {
  let found: { place: Pixel; far: number } | null = null
  for (const place of places) {
    const far = distance(at, place)
    if (far <= within && (found === null || far < found.far)) found = { place, far }
  }
  return found?.place ?? null
}

/**
 * What a place snaps to: the nearest corner, else the nearest point of an edge.
 * @param lines of one place each, or of several joined by edges, px
 * @param within px
 * @returns null where nothing is near
 */
export const snapped = (at: Pixel, lines: readonly (readonly Pixel[])[], within: number): Pixel | null => {
  const edges = function* (): Generator<Pixel> {
    for (const line of lines)
      for (let index = 1; index < line.length; index++) {
        const [from, to] = [line[index - 1], line[index]]
        if (from && to) yield onEdge(at, from, to)
      }
  }
  return nearest(at, lines.flat(), within) ?? nearest(at, edges(), within)
}
