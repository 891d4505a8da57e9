import { encode } from 'uqr'

export type QrPath = { size: number; path: string }

/** The longest text that a code can hold is about this; what is longer is told before it is tried. */
const mostBytes = 2_900

/**
 * The code as one path of unit squares, rows joined to strips; null for a text that is too long for any code.
 */
export const qrPath = (text: string): QrPath | null => {
  if (new TextEncoder().encode(text).length > mostBytes) return null
  try {
    const { data, size } = encode(text, { ecc: 'M', boostEcc: true, border: 2 })
    return {
      size,
      path: data.flatMap((row, y) => strips(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`)).join(''),
    }
  } catch {
    return null
  }
}

const strips = (row: readonly boolean[]): [x: number, width: number][] => {
  const found: [number, number][] = []
  for (const [x, isDark] of row.entries()) {
    if (!isDark) continue
    const last = found.at(-1)
    if (last && last[0] + last[1] === x) last[1] += 1
    else found.push([x, 1])
  }
  return found
}
