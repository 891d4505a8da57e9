import type { DataKey, LivePoint } from '@thingwire/contracts'
import { init, setPlatformAPI, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { describe, expect, it } from 'vitest'
import './echarts.ts'
import { caseSeries } from '../../case-data/series.ts'
import type { WidgetSeries } from '../../widget.ts'
import { arrange } from './arrange.ts'
import { coursesOf } from './courses.ts'
import type { Frame } from './frame.ts'
import { hoverAt } from './hover.ts'
import { toOption } from './option.ts'
import { keyReader } from './read-key.ts'
import { chartKeySettings } from './key-settings.ts'
import { chartSettingsSchema } from './settings.ts'
import type { ChartTheme } from './theme.ts'

const tokens = {
  ink: '#111111',
  'ink-2': '#222222',
  'ink-3': '#333333',
  line: '#444444',
  'line-strong': '#555555',
  surface: '#ffffff',
  raised: '#ffffff',
  hover: '#eeeeee',
  accent: '#0000ff',
  danger: '#ff0000',
  warn: '#ffaa00',
  ok: '#00ff00',
}
const theme: ChartTheme = { scheme: 'light', font: 'sans-serif', tokens, series: ['red', 'green', 'blue'] }
const readKey = keyReader(chartKeySettings())
const minute = 60_000

const series = (
  id: string,
  dataKey: Partial<DataKey> = {},
  points: readonly LivePoint[] = [[minute, 1]],
  role: WidgetSeries['role'] = 'main',
) => caseSeries({ id, entity: id, dataKey: { label: '', ...dataKey }, points, role })

const frameOf = (
  list: readonly WidgetSeries[],
  own: Record<string, unknown> = {},
  rest: Partial<Frame> = {},
): Frame => {
  const settings = chartSettingsSchema.parse(own)
  const arranged = arrange({
    series: list,
    settings,
    readKey,
    theme,
    defaults: { units: null, decimals: null },
    comparisonWord: 'before',
  })
  const range = { startTs: 0, endTs: 10 * minute }
  return {
    ...arranged,
    courses: coursesOf(arranged.list, {
      interval: minute,
      states: settings.states,
      isStateChart: false,
      window: range,
      now: 0,
    }),
    hidden: new Set(),
    range,
    comparison: null,
    isPassing: false,
    interval: minute,
    size: { width: 600, height: 300 },
    theme,
    locale: 'en',
    timeZone: 'UTC',
    settings,
    look: {},
    besides: list.filter((one) => one.role === 'beside'),
    formats: { get: () => undefined, error: () => null },
    ...rest,
  }
}

describe('the series of a chart', () => {
  it('share no colour when one key stands for several entities', () => {
    const { list } = frameOf([series('a', { color: '#2196F3' }), series('b', { color: '#2196F3' }), series('c')])
    expect(list.map((item) => item.color)).toEqual(['#2196f3', 'red', 'green'])
  })

  it('of a second unit go to an axis of their own on the right, unless the file has axes', () => {
    const list = [series('a', { units: '°C' }), series('b', { units: '%' }), series('c', { units: '°C' })]
    const free = frameOf(list)
    expect(free.list.map((item) => item.axis)).toEqual([0, 1, 0])
    expect(free.axes.map((axis) => [axis.side, axis.units])).toEqual([
      ['left', '°C'],
      ['right', '%'],
    ])
    const bound = frameOf(list, { yAxes: { default: {}, axis1: { position: 'right', order: 1 } } })
    expect(bound.list.map((item) => item.axis)).toEqual([0, 0, 0])
  })

  it('have the colours of ranges, of which none needs both ends', () => {
    const piecesOf = (...pieces: { from: number | null; to: number | null; color: string }[]) =>
      toOption(frameOf([series('a')], {}, { look: { ranges: { pieces, outside: '#ccc' } } })).visualMap?.pieces
    const [low, high] = [{ color: 'green' }, { color: 'red' }]
    expect(piecesOf({ from: null, to: 5, ...low }, { from: 5, to: null, ...high })).toEqual([
      { ...low, lt: 0 },
      { ...low, gte: 0, lt: 5 },
      { ...high, gte: 5 },
    ])
    expect(piecesOf({ from: 8, to: null, ...high })).toEqual([
      { ...high, gte: 8, lt: 16 },
      { ...high, gte: 16 },
    ])
    expect(piecesOf({ from: null, to: null, ...low })).toHaveLength(3)
    expect(piecesOf({ from: null, to: 5, ...low }, { from: 5, to: 9, ...high })).toHaveLength(2)
  })

  it('that are hidden keep their place and lose their points', () => {
    const frame = frameOf([series('a'), series('b')], {}, { hidden: new Set(['a']) })
    expect(toOption(frame).series.map(({ id, data }) => [id, Array.from<unknown>(data)])).toEqual([
      ['a', []],
      ['b', [minute, 1]],
      ['b lone', [minute, 1]],
    ])
  })

  it('of 100,000 points are made once and drawn in what pixels can show', () => {
    const points = Array.from({ length: 100_000 }, (_, i): LivePoint => [i * 6, Math.sin(i / 500)])
    const list = [series('a', {}, points)]
    const frame = frameOf(list)
    const again = frameOf(list)
    expect(again.courses.get('a')).toBe(frame.courses.get('a'))
    const drawn = toOption(frame).series.find((one) => one.id === 'a')
    expect(drawn?.data.length).toBeLessThanOrEqual(600 * 5 * 2)
  })

  it('are drawn in half as many points while the range is being changed', () => {
    const points = Array.from({ length: 100_000 }, (_, i): LivePoint => [i * 6, (i * 7_919) % 13])
    const frame = frameOf([series('a', {}, points)])
    const lengthOf = (isPassing: boolean) => toOption({ ...frame, isPassing }).series[0]?.data.length ?? 0
    expect(lengthOf(true)).toBeGreaterThan(300 * 2)
    expect(lengthOf(true)).toBeLessThan(lengthOf(false) * 0.6)
  })
})

describe('thresholds', () => {
  const linesOf = (frame: Frame) =>
    toOption(frame).series.flatMap((one) => {
      const found: unknown = 'markLine' in one ? Reflect.get(Object(one.markLine), 'data') : []
      return Array.isArray(found) ? found.map((pair: { yAxis?: number }[]) => pair[0]?.yAxis) : []
    })

  it('stand at constants, and at the newest value of a key beside the series', () => {
    const beside = series('a', { name: 'limit', type: 'attribute' }, [[0, '[5, 7]']], 'beside')
    const thresholds = [
      { type: 'constant', value: 3 },
      { type: 'latestKey', latestKey: 'limit' },
      { type: 'latestKey', latestKey: 'nothing' },
    ]
    expect(linesOf(frameOf([series('a'), beside], { thresholds }))).toEqual([3, 5, 7])
  })

  it('of the first generation stand at keys beside the series that say so', () => {
    const beside = series(
      'a',
      { name: 'limit', settings: { useAsThreshold: true, thresholdLineWidth: 2 } },
      [[0, 9]],
      'beside',
    )
    expect(linesOf(frameOf([series('a'), beside]))).toEqual([9])
  })

  it('of keys of the first generation are drawn, too', () => {
    const settings = { showLines: true, thresholds: [{ thresholdValueSource: 'predefinedValue', thresholdValue: 12 }] }
    expect(linesOf(frameOf([series('a', { settings })]))).toEqual([12])
  })
})

describe('the room that thresholds have', () => {
  register([SVGRenderer])
  setPlatformAPI({ measureText: (text) => ({ width: 6 * text.length }) })
  /** From where to where the axes of the drawn picture go. */
  const axesOf = (
    own: Record<string, unknown>,
    list = [
      series('a', {}, [
        [minute, 20],
        [5 * minute, 22],
      ]),
    ],
  ) => {
    const frame = frameOf(list, own)
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: 600, height: 300 })
    chart.setOption(toOption(frame))
    const reaches = (axis: number, value: number) => {
      const y = chart.convertToPixel({ yAxisIndex: axis }, value)
      return y >= 0 && y <= 300
    }
    return { ids: frame.axes.map(({ settings }) => settings.id), reaches }
  }
  const at = (value: number, yAxisId = 'default') => ({ type: 'constant', value, yAxisId })
  const flat = [
    series('a', {}, [
      [minute, 20],
      [5 * minute, 20],
    ]),
  ]
  const bars = [series('a', { settings: { type: 'bar' } }, [[minute, 20]])]
  const states = [{ label: 'Warm', value: 21, sourceType: 'constant', sourceValue: 21 }]

  it.each([
    ['lines', {}, undefined],
    ['a line that never changes', {}, flat],
    ['bars', {}, bars],
    ['stacked lines', { stack: true }, undefined],
    ['states', { states }, undefined],
    ['a logarithmic axis', { yAxes: { default: { logScale: true } } }, undefined],
    ['an axis that begins somewhere', { yAxes: { default: { min: 0 } } }, undefined],
    ['no points', {}, [series('a', {}, [])]],
  ])('is on the axis beyond the values: %s', (_, own, list) => {
    const { reaches } = axesOf({ ...own, thresholds: [at(90), at(3)] }, list)
    expect([reaches(0, 90), reaches(0, 3)]).toEqual([true, true])
  })

  it('ends where the file ends the axis', () => {
    expect(axesOf({ yAxes: { default: { min: 0, max: 50 } }, thresholds: [at(90)] }).reaches(0, 90)).toBe(false)
  })

  it('is on an axis without series, too, which is drawn for it', () => {
    const yAxes = { default: {}, axis2: { id: 'axis2', order: 1, position: 'right' } }
    const drawn = axesOf({ yAxes, thresholds: [at(900, 'axis2'), at(5, 'gone')] })
    expect(drawn.ids).toEqual(['default', 'axis2'])
    expect([drawn.reaches(1, 900), drawn.reaches(0, 900), drawn.reaches(0, 5)]).toEqual([true, false, true])
  })

  it('is none for what no axis could show, and values stay seen', () => {
    const { reaches } = axesOf({ thresholds: [at(1.7e308), at(-1.7e308)] })
    expect([reaches(0, 20), reaches(0, 22), reaches(0, 1_000)]).toEqual([true, true, false])
    const log = axesOf({ yAxes: { default: { logScale: true } }, thresholds: [at(0), at(-5)] })
    expect([log.reaches(0, 20), log.reaches(0, 22)]).toEqual([true, true])
  })
})

describe('what is read at the cursor', () => {
  const at = (name: string, shift: number) =>
    series(
      name,
      {},
      [1, 2, 3, 7].map((i): LivePoint => [i * minute, i + shift]),
    )

  it('is the nearest point of each series, at one moment', () => {
    const hover = hoverAt(frameOf([at('a', 0), at('b', 10)]), 2.4 * minute)
    expect(hover?.ts).toBe(2 * minute)
    expect(hover?.readings.map(({ item, value }) => [item.series.id, value])).toEqual([
      ['a', 2],
      ['b', 12],
    ])
  })

  it('is nothing far from any point, and nothing of hidden series', () => {
    expect(hoverAt(frameOf([at('a', 0)]), 5 * minute)).toBeNull()
    expect(hoverAt(frameOf([at('a', 0)], {}, { hidden: new Set(['a']) }), 2 * minute)).toBeNull()
  })

  it('is the state in force where a value lasts', () => {
    const stepped = series('a', { settings: { lineSettings: { step: true, stepType: 'end' } } }, [
      [minute, 0],
      [9 * minute, 1],
    ])
    expect(hoverAt(frameOf([stepped]), 8 * minute)?.readings[0]?.value).toBe(0)
  })

  it('of the time compared with is what lies at the same place', () => {
    const before = { startTs: -100 * minute, endTs: -90 * minute }
    const past = caseSeries({ id: 'past', entity: 'a', points: [[-98 * minute, 5]], role: 'comparison' })
    const hover = hoverAt(frameOf([at('a', 0), past], {}, { comparison: before }), 2 * minute)
    expect(hover?.readings.map(({ value }) => value)).toEqual([2, 5])
  })
})
