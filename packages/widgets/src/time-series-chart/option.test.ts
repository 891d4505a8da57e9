import type { DataKey } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import type { WidgetSeries } from '../widget.ts'
import { arrange, toOption } from './option.ts'

const theme = { text: '', line: '', pointer: '', surface: '', font: '', series: ['red', 'green', 'blue'] }
const series = (id: string, dataKey: Partial<DataKey> = {}): WidgetSeries => ({
  id,
  entityId: id,
  entityName: id,
  dataKey: { name: 'temperature', type: 'timeseries', label: '', settings: {}, ...dataKey },
  points: [[1_000, 1]],
})

describe('the series of a chart', () => {
  it('share no colour when one key stands for several entities', () => {
    const list = arrange([series('a', { color: '#2196F3' }), series('b', { color: '#2196F3' }), series('c')], theme)
    expect(list.map((item) => item.color)).toEqual(['#2196f3', 'red', 'green'])
  })

  it('of a second unit go to the right axis', () => {
    const list = arrange(
      [series('a', { units: '°C' }), series('b', { units: '%' }), series('c', { units: '°C' })],
      theme,
    )
    expect(list.map((item) => item.axis)).toEqual([0, 1, 0])
  })

  it('that are hidden keep their place and lose their points', () => {
    const option = toOption({
      arranged: arrange([series('a'), series('b')], theme),
      hidden: new Set(['a']),
      window: { startTs: 0, endTs: 2_000 },
      interval: 0,
      theme,
      locale: 'en',
      settings: { stack: false, yMin: null, yMax: null },
    })
    expect(option.series.map(({ id, data }) => [id, data])).toEqual([
      ['a', []],
      ['b', [{ value: [1_000, 1], symbol: 'circle' }]],
    ])
  })
})
