import type { DashboardLayout, GridSettings, LayoutItem } from '@thingwire/dashboards'
import { describe, expect, it } from 'vitest'
import { arrange, gapsOf, gridWidth, leastPitch, trackSize } from './arrange.ts'

const grid: GridSettings = {
  layoutType: 'default',
  columns: 24,
  minColumns: null,
  cellHeight: null,
  margin: 10,
  outerMargin: true,
  viewFormat: 'grid',
  backgroundColor: null,
  backgroundImageUrl: null,
  backgroundSizeMode: null,
  autoFillHeight: false,
  mobileAutoFillHeight: false,
  mobileRowHeight: 70,
  mobileDisplayLayoutFirst: false,
  layoutDimension: null,
  mayOverlap: false,
}
const item = (widgetId: string, row: number, col: number, more: Partial<LayoutItem> = {}): LayoutItem => ({
  widgetId,
  sizeX: 6,
  sizeY: 4,
  row,
  col,
  mobileOrder: null,
  mobileHeight: null,
  mobileHide: false,
  desktopHide: false,
  resizable: true,
  preserveAspectRatio: false,
  layer: 0,
  ...more,
})
const layout = (items: LayoutItem[], more: Partial<DashboardLayout> = {}): DashboardLayout => ({
  grid,
  items,
  breakpoints: {},
  ...more,
})
const ids = (of: DashboardLayout, width: number) => arrange(of, width).items.map((one) => one.id)

describe('the arrangement of a board', () => {
  const usual = layout([
    item('a', 4, 0),
    item('b', 0, 6, { mobileOrder: 2, mobileHide: true }),
    item('c', 0, 18, { mobileOrder: 1, mobileHeight: 3 }),
    item('d', 0, 0, { desktopHide: true }),
  ])

  it('is a grid on a desktop and a list on a phone, each without what is hidden there', () => {
    expect(arrange(usual, 1_440)).toMatchObject({ isList: false, rows: 8, columns: 24 })
    expect(ids(usual, 1_440)).toEqual(['c', 'b', 'a'])
    expect(arrange(usual, 390).isList).toBe(true)
    expect(ids(usual, 390)).toEqual(['c', 'd', 'a'])
  })

  it('is as wide as its least width, and wider where a widget stands farther right', () => {
    const of = (minColumns: number, ...items: LayoutItem[]) =>
      arrange(layout(items, { grid: { ...grid, minColumns } }), 1_440)
    expect(of(48, item('a', 0, 0)).columns).toBe(48)
    expect(of(12, item('a', 0, 10))).toMatchObject({ columns: 16, items: [{ column: 10, columns: 6 }] })
    expect(of(12, item('a', 0, 1e9)).columns).toBe(1_008)
    expect(arrange(layout([item('a', 0, 0), item('b', 0, 24)]), 1_440)).toMatchObject({
      ...{ columns: 30, items: [{ column: 0 }, { column: 24, columns: 6 }] },
    })
  })

  it('keeps the shape of a widget on a phone where the file wants it', () => {
    const { items } = arrange(layout([item('a', 0, 0, { preserveAspectRatio: true })]), 390)
    expect(items[0]?.phoneHeight).toEqual({ columns: 6, rows: 4 })
    const own = { preserveAspectRatio: true, mobileHeight: 3 }
    expect(arrange(layout([item('a', 0, 0, own)]), 390).items[0]?.phoneHeight).toBe(210)
  })

  it('pulls in what stands over the edge', () => {
    const wide = arrange(layout([item('w', 0, 3, { sizeX: 5_000 }), item('v', 4, 2_000)]), 1_440)
    expect(wide.items).toMatchObject([
      { id: 'w', column: 0, columns: 1_008 },
      { id: 'v', column: 1_002, columns: 6 },
    ])
  })

  it('draws what lies on another widget at the first free place, unless the file means it', () => {
    const items = [
      item('below', 4, 0),
      item('first', 0, 0),
      item('on both', 2, 3, { sizeX: 8 }),
      item('same', 0, 0, { mobileOrder: 0 }),
      item('wide', 1, 2, { sizeX: 24, sizeY: 1 }),
      item('phones', 0, 0, { desktopHide: true }),
    ]
    const places = (of: DashboardLayout) => arrange(of, 1_440).items.map(({ id, row, column }) => [id, row, column])
    expect(places(layout(items))).toEqual([
      ['same', 0, 0],
      ['first', 0, 6],
      ['wide', 8, 0],
      ['on both', 0, 12],
      ['below', 4, 0],
    ])
    expect(places(layout(items, { grid: { ...grid, mayOverlap: true } }))).toContainEqual(['on both', 2, 3])
  })

  it('has the heights of the file on a phone, else readable ones', () => {
    const heights = arrange(
      layout([item('a', 0, 0, { mobileHeight: 3 }), item('b', 1, 0, { sizeY: 1 }), item('c', 2, 0, { sizeY: 90 })]),
      390,
    )
    expect(heights.items.map((one) => one.phoneHeight)).toEqual([210, 112, 420])
  })

  it('takes the grid of the breakpoint for its widths only, also on a phone', () => {
    const own = layout([item('a', 0, 0)], {
      breakpoints: { xs: { grid, items: [item('b', 0, 0)] }, lg: { grid, items: [item('c', 0, 0)] } },
    })
    expect([390, 700, 1_000, 1_400, 2_000].map((width) => ids(own, width)[0])).toEqual(['b', 'a', 'a', 'c', 'a'])
    expect(arrange(own, 390).isList).toBe(false)
  })

  it('is a list wherever the file wants one', () => {
    expect(arrange(layout([item('a', 0, 0)], { grid: { ...grid, viewFormat: 'list' } }), 1_440).isList).toBe(true)
  })
})

describe('the size of a cell', () => {
  const of = (change: Partial<GridSettings>, width: number) =>
    trackSize(arrange(layout([item('a', 0, 0)], { grid: { ...grid, ...change } }), 1_440), width)

  it('is square, as high as the file says, or no smaller than can be read', () => {
    expect(of({}, 1_430)).toEqual({ column: 50, row: 50 })
    expect(of({ cellHeight: 80 }, 1_430)).toEqual({ column: 50, row: 80 })
    expect(of({}, 470).row).toBe(24)
  })

  it('is as low as fine columns are narrow, which have a gap that leaves room for them', () => {
    const { gap, inset } = gapsOf(120, 1_416, 12)
    expect([gap, inset]).toEqual([5, 7])
    const { column, row } = of({ columns: 120, margin: gap }, 1_416)
    expect(row).toBe(column)
    expect(120 * (column + gap)).toBeCloseTo(1_416 + gap)
    expect(gapsOf(24, 1_416, 12)).toEqual({ gap: 12, inset: 0 })
    expect(gapsOf(1_000, 300, 50)).toEqual({ gap: 0, inset: 50 })
    expect(leastPitch(120, 12)).toBeCloseTo(7.2)
    expect(leastPitch(12, 12)).toBe(36)
  })

  it('of a SCADA layout is that of a whole plant on a phone, too, which is moved about there', () => {
    const plant = layout([item('a', 0, 0)], { grid: { ...grid, layoutType: 'scada', margin: 0 } })
    const onPhone = arrange(plant, 390)
    expect(onPhone.isList).toBe(false)
    expect([gridWidth(onPhone, 390), gridWidth(arrange(plant, 1_440), 1_200)]).toEqual([720, 1_200])
    expect(gridWidth(arrange(layout([item('a', 0, 0)]), 390), 366)).toBe(366)
  })

  it('stays square in a SCADA layout, however small', () => {
    const { column, row } = of({ layoutType: 'scada', columns: 240, margin: 0 }, 960)
    expect([column, row]).toEqual([4, 4])
  })
})
