import { atShare, type ControlRange } from '../engines/control/range.ts'

/** A knob is open at the bottom: degrees from there, clockwise. */
export const firstDegree = 45
export const sweep = 270

/** Degrees clockwise from straight down, of a point seen from the middle. */
export const degreesAt = (x: number, y: number): number => ((Math.atan2(-x, y) * 180) / Math.PI + 360) % 360

/** The value that points there; in the gap below, the end that is nearer. */
export const valueAt = (range: ControlRange, x: number, y: number): number => {
  const share = (degreesAt(x, y) - firstDegree) / sweep
  return atShare(range, Math.min(1, Math.max(0, share)))
}

/** Across the gap a knob does not jump from one end to the other. */
export const isJump = (range: ControlRange, from: number | null, to: number): boolean =>
  from !== null && Math.abs(to - from) > (range.max - range.min) * 0.6

/** A point on a circle round the middle, at a share of the way. */
export const pointAt = (share: number, middle: number, radius: number): { x: number; y: number } => {
  const angle = ((firstDegree + share * sweep) * Math.PI) / 180
  return { x: middle - Math.sin(angle) * radius, y: middle + Math.cos(angle) * radius }
}

/** Path of the arc up to a share of the way. Places are rounded so that server and browser write the same. */
export const arcTo = (share: number, middle: number, radius: number): string => {
  const round = (n: number) => Math.round(n * 100) / 100
  const [from, to] = [pointAt(0, middle, radius), pointAt(share, middle, radius)]
  const large = share * sweep > 180 ? 1 : 0
  return `M${round(from.x)} ${round(from.y)}A${radius} ${radius} 0 ${large} 1 ${round(to.x)} ${round(to.y)}`
}
