import type { TankShape } from './manifest.ts'

/** A tank in a field of 200 × 200: its outline, and between which heights its liquid stands. */
type Outline = { path: string; top: number; bottom: number }

const rounded = (x: number, y: number, width: number, height: number, rx: number, ry = rx) =>
  `M${x + rx},${y}H${x + width - rx}A${rx},${ry} 0 0 1 ${x + width},${y + ry}V${y + height - ry}A${rx},${ry} 0 0 1 ${x + width - rx},${y + height}H${x + rx}A${rx},${ry} 0 0 1 ${x},${y + height - ry}V${y + ry}A${rx},${ry} 0 0 1 ${x + rx},${y}Z`

/** Straight above and below, with bulging ends at the sides. */
const bulging = (bulge: number) =>
  `M${16 + bulge},48H${184 - bulge}Q${184 + bulge * 0.6},100 ${184 - bulge},152H${16 + bulge}Q${16 - bulge * 0.6},100 ${16 + bulge},48Z`

export const outlines: Readonly<Record<TankShape, Outline>> = {
  'Vertical Oval': { path: rounded(36, 16, 128, 168, 64, 44), top: 16, bottom: 184 },
  'Vertical Cylinder': { path: rounded(36, 20, 128, 160, 64, 14), top: 20, bottom: 180 },
  'Vertical Capsule': { path: rounded(48, 12, 104, 176, 52), top: 12, bottom: 188 },
  Rectangle: { path: rounded(20, 32, 160, 136, 8), top: 32, bottom: 168 },
  'Horizontal Oval': { path: rounded(12, 40, 176, 120, 56, 60), top: 40, bottom: 160 },
  'Horizontal Ellipse': { path: rounded(12, 40, 176, 120, 88, 60), top: 40, bottom: 160 },
  'Horizontal Dish Ends': { path: bulging(10), top: 48, bottom: 152 },
  'Horizontal Cylinder': { path: rounded(12, 40, 176, 120, 14, 60), top: 40, bottom: 160 },
  'Horizontal Capsule': { path: rounded(12, 48, 176, 104, 52), top: 48, bottom: 152 },
  'Horizontal 2:1 Elliptical': { path: rounded(12, 48, 176, 104, 26, 52), top: 48, bottom: 152 },
}

/** Where the liquid ends above; beyond its ends a tank is full or empty. */
export const levelAt = ({ top, bottom }: Outline, percent: number): number =>
  bottom - (Math.min(100, Math.max(0, percent)) / 100) * (bottom - top)
