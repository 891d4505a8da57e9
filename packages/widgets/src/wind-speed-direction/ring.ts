/** 370 and -350 are 10. */
export const heading = (degrees: number): number => ((degrees % 360) + 360) % 360

/** Which of so many directions, counted clockwise from the top, is next to a heading. */
export const sectorOf = (degrees: number, count: number): number => Math.round((heading(degrees) / 360) * count) % count

/** A point on a ring around 0, 0 by its heading. */
export const onRing = (degrees: number, radius: number): { x: number; y: number } => {
  const angle = ((degrees - 90) * Math.PI) / 180
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
}

/** Ticks every `step` degrees, without those under the four names. */
export const ticksPath = (radius: number, length: number, step: number, gap: number): string => {
  const ticks: string[] = []
  for (let degrees = 0; degrees < 360; degrees += step) {
    const offSide = Math.min(degrees % 90, 90 - (degrees % 90))
    if (offSide < gap) continue
    const [a, b] = [onRing(degrees, radius), onRing(degrees, radius - length)]
    ticks.push(`M${a.x.toFixed(1)},${a.y.toFixed(1)}L${b.x.toFixed(1)},${b.y.toFixed(1)}`)
  }
  return ticks.join('')
}
