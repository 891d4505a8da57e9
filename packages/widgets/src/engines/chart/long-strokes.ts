/** From so many lines on a path is drawn in pieces. */
const longPath = 96
const pieceLength = 48

/** What a path is made of, three numbers each: 1 for a line, 0 for a move, and the place. */
const stride = 3

type Context = Pick<
  CanvasRenderingContext2D,
  'beginPath' | 'moveTo' | 'lineTo' | 'stroke' | 'globalAlpha' | 'strokeStyle' | 'getLineDash'
>

/** Where pieces overlap nothing may shine through. */
const isOpaque = (context: Context): boolean =>
  context.globalAlpha === 1 &&
  typeof context.strokeStyle === 'string' &&
  context.strokeStyle.length === 7 &&
  context.getLineDash().length === 0

const otherShapes = [
  'arc',
  'arcTo',
  'bezierCurveTo',
  'closePath',
  'ellipse',
  'quadraticCurveTo',
  'rect',
  'roundRect',
] as const

/**
 * Strokes long lines piece by piece. The picture is the same, but a program that draws without a graphics card looks, in each row
 * of pixels, at every line of the path that passes it: a dense curve of 6,000 points takes 50 ms as one path and 11 ms in pieces.
 */
export const strokeInPieces = (context: CanvasRenderingContext2D): void => {
  const { beginPath, moveTo, lineTo } = context
  const stroke: (path?: Path2D) => void = context.stroke.bind(context)
  let steps: number[] = []
  let isLines = true
  const keep = (kind: 0 | 1, x: number, y: number) => {
    if (isLines) steps.push(kind, x, y)
  }
  context.beginPath = () => {
    steps = []
    isLines = true
    beginPath.call(context)
  }
  context.moveTo = (x, y) => {
    keep(0, x, y)
    moveTo.call(context, x, y)
  }
  context.lineTo = (x, y) => {
    keep(1, x, y)
    lineTo.call(context, x, y)
  }
  for (const name of otherShapes) {
    const original = context[name] as (...args: unknown[]) => void
    Object.assign(context, {
      [name]: (...args: unknown[]) => {
        isLines = false
        original.apply(context, args)
      },
    })
  }
  const trace = (from: number, to: number) => {
    beginPath.call(context)
    for (let at = from; at < to; at += stride) {
      const [x, y] = [steps[at + 1] ?? 0, steps[at + 2] ?? 0]
      if (at > from && steps[at] === 1) lineTo.call(context, x, y)
      else moveTo.call(context, x, y)
    }
  }
  context.stroke = (path?: Path2D) => {
    if (path) return stroke(path)
    if (!isLines || steps.length < longPath * stride || !isOpaque(context)) return stroke()
    // Each piece begins with the last line of the one before it: so corners between them are drawn, too.
    for (let from = 0; from + 2 * stride < steps.length; from += pieceLength * stride) {
      trace(from, Math.min(steps.length, from + (pieceLength + 2) * stride))
      stroke()
    }
    trace(0, steps.length)
  }
}
