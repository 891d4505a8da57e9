/** px between two markers that were spread. */
const apart = 40
const mostOnCircle = 9

/**
 * Where markers go that stand at one spot: around it, on a circle while they are few, else along a spiral.
 * @returns px right of and below the spot, none nearer to another than a marker is wide
 */
export const spreadOver = (count: number): readonly (readonly [right: number, down: number])[] => {
  if (count <= mostOnCircle) {
    const radius = Math.max(apart, (count * apart) / (2 * Math.PI))
    return Array.from({ length: count }, (_, index) => at(radius, (index / count) * 2 * Math.PI - Math.PI / 2))
  }
  let [angle, radius] = [-Math.PI / 2, apart]
  return Array.from({ length: count }, () => {
    const place = at(radius, angle)
    const step = apart / radius
    angle += step
    // One turn further out the next one has room.
    radius += (apart * step) / (2 * Math.PI)
    return place
  })
}

const at = (radius: number, angle: number) => [Math.cos(angle) * radius, Math.sin(angle) * radius] as const
