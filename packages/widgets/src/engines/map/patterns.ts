import { artRatio } from './art.ts'
import type { ShapeDrawing } from './drawing.ts'
import { decorationSize } from './map-style.ts'

type Stripes = NonNullable<ShapeDrawing['stripes']>

/** Only these turns fit together at the edges of a tile. */
const turnOf = ({ angle }: Stripes): 0 | 45 | 90 | 135 => ([0, 45, 90, 135] as const)[Math.round(angle / 45) % 4] ?? 45

export const stripesId = (stripes: Stripes): string =>
  `stripes ${stripes.width} ${stripes.space} ${turnOf(stripes)} ${stripes.color} ${stripes.spaceColor}`

/** A tile of stripes; null without graphics. */
export const drawStripes = (stripes: Stripes): ImageData | null => {
  const { width, space, color, spaceColor } = stripes
  const turn = turnOf(stripes)
  const isSlanted = turn === 45 || turn === 135
  const period = (width + space) * artRatio * (isSlanted ? Math.SQRT2 : 1)
  const side = Math.max(2, Math.round(period))
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: side, height: side })
  const context = canvas.getContext('2d')
  if (!context) return null
  context.fillStyle = spaceColor
  context.fillRect(0, 0, side, side)
  const stripe = (side * width) / (width + space)
  context.fillStyle = color
  if (turn === 0) context.fillRect(0, 0, side, stripe)
  else if (turn === 90) context.fillRect(0, 0, stripe, side)
  else
    for (const shift of [-side, 0, side]) {
      const x = (share: number) => shift + (turn === 45 ? 1 - share : share) * side
      context.beginPath()
      context.moveTo(x(0), 0)
      context.lineTo(x(0) + stripe, 0)
      context.lineTo(x(1) + stripe, side)
      context.lineTo(x(1), side)
      context.fill()
    }
  return context.getImageData(0, 0, side, side)
}

/** A symbol that goes along a line, towards the right; null without graphics. */
export const drawDecoration = (symbol: 'arrowHead' | 'dash', color: string): ImageData | null => {
  const side = decorationSize * artRatio
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: side, height: side })
  const context = canvas.getContext('2d')
  if (!context) return null
  context.strokeStyle = color
  context.lineWidth = 5
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.beginPath()
  if (symbol === 'dash') {
    context.moveTo(4, side / 2)
    context.lineTo(side - 4, side / 2)
  } else {
    context.moveTo(side * 0.35, 5)
    context.lineTo(side * 0.75, side / 2)
    context.lineTo(side * 0.35, side - 5)
  }
  context.stroke()
  return context.getImageData(0, 0, side, side)
}
