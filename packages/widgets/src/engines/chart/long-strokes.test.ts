import { describe, expect, it } from 'vitest'
import { strokeInPieces } from './long-strokes.ts'

type Line = string
const other = () => {}

/** A context that knows what its strokes have drawn, line by line. */
const paper = (look: { globalAlpha?: number; strokeStyle?: string; dash?: number[] } = {}) => {
  const strokes: Line[][] = []
  let path: Line[] = []
  let at = ''
  const context = {
    ...{ globalAlpha: 1, strokeStyle: '#305bd6', ...look },
    getLineDash: () => look.dash ?? [],
    beginPath: () => {
      path = []
    },
    moveTo: (x: number, y: number) => {
      at = `${x},${y}`
    },
    lineTo: (x: number, y: number) => {
      path.push(`${at} ${x},${y}`)
      at = `${x},${y}`
    },
    stroke: () => {
      strokes.push([...path])
    },
    ...{ arc: other, arcTo: other, bezierCurveTo: other, closePath: other, ellipse: other },
    ...{ quadraticCurveTo: other, rect: other, roundRect: other },
  }
  strokeInPieces(context as unknown as CanvasRenderingContext2D)
  return { context, strokes, path: () => path }
}

type Context = ReturnType<typeof paper>['context']
const draw = (context: Context, points: number, holeAt = -1): Line[] => {
  const lines: Line[] = []
  context.beginPath()
  for (let n = 0; n < points; n++) {
    if (n === 0 || n === holeAt) context.moveTo(n, n * n)
    else {
      context.lineTo(n, n * n)
      lines.push(`${n - 1},${(n - 1) ** 2} ${n},${n * n}`)
    }
  }
  context.stroke()
  return lines
}

describe('a long path', () => {
  it.each([96, 97, 98, 143, 144, 145, 1_000])('of %i points is stroked in pieces that leave out no line', (count) => {
    const { context, strokes } = paper()
    const lines = draw(context, count)
    expect(strokes.length).toBeGreaterThan(1)
    expect(Math.max(...strokes.map((stroke) => stroke.length))).toBeLessThan(60)
    expect(new Set(strokes.flat())).toEqual(new Set(lines))
  })

  it('has its corners between pieces in one of them', () => {
    const { context, strokes } = paper()
    draw(context, 500)
    for (const [n, stroke] of strokes.slice(1).entries()) expect(stroke[0]).toBe(strokes[n]?.at(-1))
  })

  it('keeps its holes', () => {
    const { context, strokes } = paper()
    const lines = draw(context, 300, 96)
    expect(new Set(strokes.flat())).toEqual(new Set(lines))
  })

  it('is whole again afterwards, to be filled', () => {
    const { context, path } = paper()
    const lines = draw(context, 300)
    expect(path()).toEqual(lines)
  })
})

describe('a path is stroked as it is', () => {
  it.each([
    ['that is short', {}, 95],
    ['that one can see through', { globalAlpha: 0.7 }, 500],
    ['of a colour that one can see through', { strokeStyle: 'rgba(1, 2, 3, 0.5)' }, 500],
    ['that is dashed', { dash: [4, 2] }, 500],
  ])('%s', (_, look, count) => {
    const { context, strokes } = paper(look)
    const lines = draw(context, count)
    expect(strokes).toEqual([lines])
  })

  it('that is not made of lines alone', () => {
    const { context, strokes } = paper()
    context.beginPath()
    for (let n = 0; n < 300; n++) context.lineTo(n, n)
    context.arc()
    context.stroke()
    expect(strokes).toHaveLength(1)
    draw(context, 300)
    expect(strokes.length).toBeGreaterThan(2)
  })
})
