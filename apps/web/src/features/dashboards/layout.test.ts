import { dashboardConfigurationSchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { findState, phoneHeight, toGrid } from './layout.ts'

const widget = { typeFullFqn: 'system.cards.value_card', type: 'latest', config: {} }
const place = (row: number, col: number, more: Record<string, unknown> = {}) => ({
  sizeX: 6,
  sizeY: 4,
  row,
  col,
  ...more,
})
const configuration = dashboardConfigurationSchema.parse({
  widgets: { a: widget, b: widget, c: widget, d: widget },
  states: {
    detail: { name: 'Detail', layouts: { main: { widgets: {} } } },
    home: {
      name: 'Home',
      root: true,
      layouts: {
        main: {
          widgets: {
            a: place(4, 0),
            b: place(0, 6, { mobileOrder: 2 }),
            c: place(0, 20, { mobileOrder: 1, mobileHeight: 3 }),
            d: place(0, 0),
            ghost: place(0, 12),
          },
          gridSettings: { columns: 24, autoFillHeight: true },
        },
      },
    },
  },
})

describe('the grid of a dashboard', () => {
  const found = findState(configuration, null)
  const grid = found && toGrid(found.state, configuration.widgets)

  it('shows the root state unless another one is asked for', () => {
    expect(found?.id).toBe('home')
    expect(findState(configuration, 'detail')?.id).toBe('detail')
    expect(findState(configuration, 'missing')?.id).toBe('home')
  })

  it('stands in phone order, with places only for widgets that exist', () => {
    expect(grid?.items.map((item) => item.id)).toEqual(['c', 'b', 'd', 'a'])
  })

  it('pulls in what stands over the edge', () => {
    expect(grid?.items[0]).toMatchObject({ id: 'c', column: 18, columns: 6 })
  })

  it('knows its height and whether it fills the page', () => {
    expect(grid).toMatchObject({ rows: 8, columns: 24, fillsHeight: true })
  })

  it('has readable heights on a phone', () => {
    expect(phoneHeight(undefined, 1)).toBe(112)
    expect(phoneHeight(undefined, 40)).toBe(420)
    expect(phoneHeight({ sizeX: 1, sizeY: 9, row: 0, col: 0, mobileHeight: 3 }, 9)).toBe(156)
  })
})
