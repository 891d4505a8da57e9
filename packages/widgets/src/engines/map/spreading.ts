/** px between two markers that were spread, of the usual size and with their labels. */
const apart = 54
const mostOnCircle = 9

/** px right of and below a spot. */
export type Spread = readonly (readonly [right: number, down: number])[]

/**
 * Where markers go that stand at one spot: around it, on a circle while they are few, else along a spiral.
 * @returns px right of and below the spot, none nearer to another than a marker is wide
 */
export const spreadOver = (count: number): Spread => {
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

/** px between the edge of a map and markers that were spread. */
const edge = 40

type Room = { clientWidth: number; clientHeight: number; margin: { x: number; y: number } }

/** How far a map is to be moved so that all around a spot of it is seen, px; where it is too small, so that the middle is. */
export const panFor = (spot: { x: number; y: number }, around: Spread, room: Room): [right: number, down: number] => {
  const by = (here: number, margin: number, length: number, offsets: readonly number[]) => {
    const [least, most] = [margin + edge - Math.min(...offsets), length - margin - edge - Math.max(...offsets)]
    if (least > most) return here - (least + most) / 2
    return here < least ? here - least : Math.max(0, here - most)
  }
  const [across, upright] = [around.map(([right]) => right), around.map(([, down]) => down)]
  return [by(spot.x, room.margin.x, room.clientWidth, across), by(spot.y, room.margin.y, room.clientHeight, upright)]
}
