import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakpointIds } from '../../document/model.ts'
import type { Box, Boxes } from '../model.ts'
import { aBox } from '../testing.ts'
import { aligned, distributed, sameSized } from './align.ts'
import { columnsFor, flowed } from './flow.ts'
import { boundsOf, collides, firstFree, heightOf, inGrid, movedBy, within } from './geometry.ts'
import { snapped } from './guides.ts'
import { compacted, pushed } from './push.ts'

const columns = 24
/** `a 0,0 8x4` */
const boxes = (...texts: string[]): Boxes =>
  new Map(
    texts.map((text) => {
      const [, id = '', ...numbers] = /^(\w+) (\d+),(\d+) (\d+)x(\d+)$/.exec(text) ?? []
      const [col = 0, row = 0, sizeX = 1, sizeY = 1] = numbers.map(Number)
      return [id, aBox(col, row, sizeX, sizeY)]
    }),
  )
const texts = (all: Boxes) =>
  [...all].map(([id, { col, row, sizeX, sizeY }]) => `${id} ${col},${row} ${sizeX}x${sizeY}`)

const overlaps = (all: Boxes): number => {
  const list = [...all.values()]
  return list.reduce((sum, one, index) => sum + list.slice(index + 1).filter((other) => collides(one, other)).length, 0)
}

const box = fc
  .tuple(fc.nat(23), fc.nat(30), fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 10 }))
  .map(([col, row, sizeX, sizeY]) => inGrid({ col, row, sizeX, sizeY }, columns))
/** Boxes that do not lie over each other. */
const anyGrid = fc
  .array(box, { minLength: 1, maxLength: 12 })
  .map((list): Boxes => pushed(new Map(list.map((one, index) => [`${index}`, one])), new Map(), { columns }))

describe('boxes that make room', () => {
  const start = boxes('a 0,0 8x4', 'b 8,0 8x4', 'c 0,4 16x4', 'd 16,0 8x8')
  const drag = (id: string, to: Box, locked: string[] = []) =>
    texts(pushed(start, new Map([[id, to]]), { columns, locked: new Set(locked) }))

  it('go down where one is dropped on them, and stay where it does not come', () => {
    expect(drag('d', aBox(0, 0, 8, 8))).toEqual(['a 0,8 8x4', 'b 8,0 8x4', 'c 0,12 16x4', 'd 0,0 8x8'])
  })
  it('go up into the room that is left when one is moved down over them', () => {
    expect(drag('a', aBox(0, 4, 8, 4))).toEqual(['a 0,4 8x4', 'b 8,0 8x4', 'c 0,8 16x4', 'd 16,0 8x8'])
    expect(texts(pushed(boxes('a 0,0 8x4', 'b 0,4 8x4'), boxes('a 0,3 8x4'), { columns }))).toEqual([
      'a 0,3 8x4',
      'b 0,7 8x4',
    ])
    expect(texts(pushed(boxes('a 0,0 8x4', 'b 0,4 8x4'), boxes('a 0,4 8x4'), { columns }))).toEqual([
      'a 0,4 8x4',
      'b 0,0 8x4',
    ])
  })
  it('come back as the drag goes on', () => {
    expect(drag('d', aBox(16, 0, 8, 8))).toEqual(texts(start))
  })
  it('never move a locked one; what is dropped on it goes below it', () => {
    expect(drag('a', aBox(16, 2, 8, 4), ['d'])).toEqual(['a 16,8 8x4', 'b 8,0 8x4', 'c 0,4 16x4', 'd 16,0 8x8'])
  })
  it('are pulled onto the grid', () => {
    expect(drag('d', aBox(30, -4, 40, 0))).toContain('d 0,0 24x1')
  })
  it('make room for a group, which keeps its shape', () => {
    const moved = boxes('a 0,3 8x4', 'b 8,3 8x4')
    const result = pushed(start, moved, { columns })
    expect([result.get('a'), result.get('b')]).toEqual([...moved.values()])
    expect(overlaps(result)).toBe(0)
  })

  it('are pulled onto the grid together; a group that is wider than it goes below itself', () => {
    const group = boxes('a 20,20 8x4', 'b 28,20 8x4')
    expect(texts(pushed(new Map(), group, { columns }))).toEqual(['a 8,20 8x4', 'b 16,20 8x4'])
    expect(texts(pushed(new Map(), group, { columns: 12 }))).toEqual(['a 0,20 8x4', 'b 4,24 8x4'])
  })

  it('never end over each other, whatever is dragged', () => {
    fc.assert(
      fc.property(
        anyGrid,
        fc.array(fc.tuple(fc.nat(11), box), { minLength: 1, maxLength: 1 }),
        fc.array(fc.nat(11)),
        (grid, list, ids) => {
          const moved = new Map(list.map(([id, to]) => [`${id % grid.size}`, to]))
          const locked = new Set(ids.map((id) => `${id % grid.size}`).filter((id) => !moved.has(id)))
          const result = pushed(grid, moved, { columns, locked })
          expect(overlaps(result)).toBe(0)
          expect([...result.keys()]).toEqual([...grid.keys()])
          for (const id of locked) expect(result.get(id)).toEqual(grid.get(id))
          // To drop it where it was is to have done nothing.
          const back = new Map(
            [...moved.keys()].flatMap((id) => (grid.has(id) ? [[id, grid.get(id) as Box] as const] : [])),
          )
          expect(texts(pushed(grid, back, { columns, locked }))).toEqual(texts(grid))
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('compaction', () => {
  it('moves all up and nothing over another, and once is enough', () => {
    expect(texts(compacted(boxes('a 0,5 8x4', 'b 0,20 8x4', 'c 8,3 8x2'), new Set()))).toEqual([
      'a 0,0 8x4',
      'b 0,4 8x4',
      'c 8,0 8x2',
    ])
    expect(texts(compacted(boxes('a 0,5 8x4', 'b 0,20 8x4'), new Set(['a'])))).toEqual(['a 0,5 8x4', 'b 0,9 8x4'])
    fc.assert(
      fc.property(anyGrid, (grid) => {
        const result = compacted(grid)
        expect(overlaps(result)).toBe(0)
        expect(texts(compacted(result))).toEqual(texts(result))
        for (const [id, one] of result) expect(one.row).toBeLessThanOrEqual(grid.get(id)?.row ?? 0)
      }),
    )
  })
})

describe('places', () => {
  it.each<[Boxes, number, number, Box]>([
    [boxes(), 6, 4, aBox(0, 0, 6, 4)],
    [boxes('a 0,0 8x4'), 6, 4, aBox(8, 0, 6, 4)],
    [boxes('a 0,0 20x4'), 6, 4, aBox(0, 4, 6, 4)],
    [boxes('a 0,0 8x4', 'b 16,0 8x4', 'c 0,6 24x2'), 8, 4, aBox(8, 0, 8, 4)],
    [boxes('a 0,0 8x4', 'b 16,0 8x4', 'c 0,6 24x2'), 8, 7, aBox(0, 8, 8, 7)],
    [boxes('a 0,2 24x2'), 40, 3, aBox(0, 4, 24, 3)],
  ])('the first free one beside %s', (taken, sizeX, sizeY, expected) =>
    expect(firstFree(taken.values(), { sizeX, sizeY }, columns)).toEqual(expected),
  )
  it('the first free one is free, and none before it is', () => {
    fc.assert(
      fc.property(anyGrid, fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 6 }), (grid, sizeX, sizeY) => {
        const found = firstFree(grid.values(), { sizeX, sizeY }, columns)
        const isFree = (one: Box) => ![...grid.values()].some((other) => collides(one, other))
        expect(isFree(found)).toBe(true)
        for (let row = 0; row <= found.row; row++) {
          for (let col = 0; col + sizeX <= columns && (row < found.row || col < found.col); col++) {
            expect(isFree(aBox(col, row, sizeX, sizeY))).toBe(false)
          }
        }
      }),
    )
  })
  it('a marquee takes what it touches', () => {
    const grid = boxes('a 0,0 8x4', 'b 8,0 8x4', 'c 0,10 24x2')
    expect(within(grid, { col: 7.5, row: 3.5, sizeX: 1, sizeY: 1 })).toEqual(['a', 'b'])
    expect(within(grid, { col: 8, row: 4, sizeX: 3, sizeY: 6 })).toEqual([])
  })
  it('a group stops at the edges as a whole', () => {
    const group = boxes('a 4,2 8x4', 'b 12,0 8x4')
    expect(texts(movedBy(group, { columns: 9, rows: -9 }, columns))).toEqual(['a 8,2 8x4', 'b 16,0 8x4'])
    expect(texts(movedBy(group, { columns: -9, rows: 3 }, columns))).toEqual(['a 0,5 8x4', 'b 8,3 8x4'])
  })
  it('the bounds hold all, and nothing has none', () => {
    expect(boundsOf(boxes('a 4,2 8x4', 'b 12,0 8x4').values())).toEqual(aBox(4, 0, 16, 6))
    expect([boundsOf([]), heightOf(boxes()), heightOf(boxes('a 0,3 1x4'))]).toEqual([null, 0, 7])
  })
})

describe('alignment', () => {
  const three = boxes('a 0,0 4x4', 'b 6,3 8x2', 'c 18,8 6x6')
  it.each([
    ['left', ['a 0,0 4x4', 'b 0,3 8x2', 'c 0,8 6x6']],
    ['center', ['a 10,0 4x4', 'b 8,3 8x2', 'c 9,8 6x6']],
    ['right', ['a 20,0 4x4', 'b 16,3 8x2', 'c 18,8 6x6']],
    ['top', ['a 0,0 4x4', 'b 6,0 8x2', 'c 18,0 6x6']],
    ['middle', ['a 0,5 4x4', 'b 6,6 8x2', 'c 18,4 6x6']],
    ['bottom', ['a 0,10 4x4', 'b 6,12 8x2', 'c 18,8 6x6']],
  ] as const)('to the %s', (to, expected) => expect(texts(aligned(three, to))).toEqual(expected))

  it('leaves as much room between any two', () => {
    expect(texts(distributed(three, 'horizontal'))).toEqual(['a 0,0 4x4', 'b 7,3 8x2', 'c 18,8 6x6'])
    expect(texts(distributed(three, 'vertical'))).toEqual(['a 0,0 4x4', 'b 6,5 8x2', 'c 18,8 6x6'])
    const two = boxes('a 0,0 4x4', 'b 6,3 8x2')
    expect(distributed(two, 'vertical')).toBe(two)
  })
  it('makes as large as the largest, or as one', () => {
    expect(texts(sameSized(three, 'both', columns))).toEqual(['a 0,0 8x6', 'b 6,3 8x6', 'c 16,8 8x6'])
    expect(texts(sameSized(three, 'width', columns, 'a'))).toEqual(['a 0,0 4x4', 'b 6,3 4x2', 'c 18,8 4x6'])
  })
})

describe('guides', () => {
  it('bring edges and middles together that are near, and show where they meet', () => {
    const snap = snapped(aBox(103, 51, 40, 20), [aBox(100, 0, 60, 40), aBox(0, 49, 20, 20)], 4)
    expect([snap.columns, snap.rows]).toEqual([-3, -2])
    expect(snap.guides).toContainEqual({ axis: 'column', at: 100, from: 0, to: 69 })
    expect(snap.guides).toContainEqual({ axis: 'row', at: 49, from: 0, to: 140 })
  })
  it('only tell what meets already where nothing is to be moved', () => {
    const snap = snapped(aBox(8, 4, 8, 4), [aBox(8, 0, 4, 4)], 0)
    expect([snap.columns, snap.rows]).toEqual([0, 0])
    expect(snap.guides.map(({ axis, at }) => `${axis} ${at}`)).toEqual(['column 8', 'column 12', 'row 4'])
    expect(snapped(aBox(9, 20, 3, 4), [aBox(0, 0, 4, 4)], 0).guides).toEqual([])
  })
})

describe('a grid laid out for another width', () => {
  const desktop = boxes(
    'a 0,0 6x3',
    'b 6,0 6x3',
    'c 12,0 6x3',
    'd 18,0 6x3',
    'chart 0,3 16x8',
    'side 16,3 8x4',
    'low 16,7 8x4',
  )
  const flow = (breakpoint: 'xs' | 'sm' | 'md' | 'lg' | 'xl', kept?: Boxes) =>
    flowed(desktop, { breakpoint, fromColumns: 24, columns: columnsFor(breakpoint, 24), ...(kept && { kept }) })

  it('puts small ones beside each other on a phone, and large ones over the whole width', () => {
    expect(texts(flow('xs'))).toEqual([
      'a 0,0 4x3',
      'b 4,0 4x3',
      'c 0,3 4x3',
      'd 4,3 4x3',
      'chart 0,6 8x8',
      'side 0,14 8x4',
      'low 0,18 8x4',
    ])
  })
  it('gives more of the width on a tablet', () => {
    expect(texts(flow('sm')).slice(0, 5)).toEqual([
      'a 0,0 6x3',
      'b 6,0 6x3',
      'c 0,3 6x3',
      'd 6,3 6x3',
      'chart 0,6 12x8',
    ])
  })
  it('stays as it is where there is as much room', () => expect(texts(flow('lg'))).toEqual(texts(desktop)))
  it('flows round what was placed by hand', () => {
    const result = flow('xs', boxes('chart 0,0 8x2'))
    expect(result.get('chart')).toEqual(aBox(0, 0, 8, 2))
    expect(overlaps(result)).toBe(0)
  })
  it('never covers anything, and keeps the order of reading', () => {
    fc.assert(
      fc.property(anyGrid, fc.constantFrom(...breakpointIds), (grid, breakpoint) => {
        const to = columnsFor(breakpoint, columns)
        const result = flowed(grid, { breakpoint, fromColumns: columns, columns: to })
        expect(overlaps(result)).toBe(0)
        expect(result.size).toBe(grid.size)
        for (const one of result.values()) expect(one.col + one.sizeX).toBeLessThanOrEqual(to)
        const order = [...grid]
          .toSorted(([, a], [, b]) => a.row - b.row || a.col - b.col)
          .map(([id]) => result.get(id)?.row ?? 0)
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }),
    )
  })
})
