import { describe, expect, it } from 'vitest'
import { readGrid } from './read-layout.ts'

describe('the grid of a layout', () => {
  it('has no gaps in a plant, whatever the file keeps from before', () => {
    const plant = {
      layoutType: 'scada',
      margin: 10,
      outerMargin: true,
      autoFillHeight: true,
      columns: 48,
      minColumns: 60,
    }
    expect(readGrid(plant)).toMatchObject({ margin: 0, outerMargin: false, autoFillHeight: false, minColumns: 60 })
    expect(readGrid({ ...plant, layoutType: 'default' })).toMatchObject({ margin: 10, outerMargin: true })
  })
  it('has square cells, and the height of rows that files tell in lists alone', () => {
    expect(readGrid({ rowHeight: 70, mobileRowHeight: 50, viewFormat: 'grid' })).toMatchObject({
      ...{ cellHeight: null, mobileRowHeight: 50 },
    })
    expect(readGrid({ rowHeight: 90, mobileRowHeight: 50, viewFormat: 'list' })).toMatchObject({
      ...{ cellHeight: null, mobileRowHeight: 90 },
    })
    expect(readGrid({ cellHeight: 40 }).cellHeight).toBe(40)
  })
})
