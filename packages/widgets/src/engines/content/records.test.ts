import { describe, expect, it } from 'vitest'
import { caseSeries } from '../../case-data/series.ts'
import { escapeHtml, fillPattern, recordsOf } from './records.ts'

const series = [
  caseSeries({
    entity: 'Boiler',
    key: 't',
    dataKey: { label: 'Temperature' },
    points: [
      [10, 20],
      [20, 21.456],
    ],
  }),
  caseSeries({ entity: 'Boiler', key: 'mode', dataKey: { label: 'Mode' }, points: [[20, 'eco']] }),
  caseSeries({ entity: 'Pump', key: 't', dataKey: { label: 'Temperature' }, points: [[20, 5]], datasource: 1 }),
  caseSeries({ entity: 'Pump', key: 'rpm', dataKey: { label: 'Speed' }, points: [], datasource: 1 }),
]

describe('records of a function', () => {
  it('are one an entity, with names and newest values', () => {
    expect(recordsOf(series)).toEqual([
      {
        entityName: 'Boiler',
        deviceName: 'Boiler',
        entityId: 'Boiler',
        entityType: 'DEVICE',
        entityLabel: 'Boiler',
        aliasName: 'Boiler',
        dsName: 'Boiler',
        dsIndex: 0,
        deviceType: 'default',
        Temperature: 21.456,
        'Temperature|ts': 20,
        Mode: 'eco',
        'Mode|ts': 20,
      },
      expect.objectContaining({ entityName: 'Pump', dsIndex: 1, Temperature: 5, Speed: '' }),
    ])
    expect(recordsOf([])).toEqual([])
  })
})

describe('patterns', () => {
  it.each([
    ['${entityName}: ${Temperature} °C', 'Boiler: 21.46 °C'],
    ['${Temperature:0}', '21'],
    ['${Mode} ${Speed}${nothing}', 'eco '],
    ['{i18n:device.devices}', 'Devices'],
    ['$Temperature {Temperature}', '$Temperature {Temperature}'],
  ])('%s → %s', (pattern, text) => {
    expect(fillPattern(pattern, series)).toBe(text)
  })

  it('escape what is put in and nothing else, where that is asked for', () => {
    const odd = [caseSeries({ dataKey: { label: 'a' }, points: [[1, '<b title="x">']] })]
    expect(fillPattern('<i>${a}</i>', odd, escapeHtml)).toBe('<i>&#60;b title=&#34;x&#34;&#62;</i>')
  })

  it('do not fill in what a value says', () => {
    const sly = [caseSeries({ dataKey: { label: 'a' }, points: [[1, '${entityName}']] })]
    expect(fillPattern('${a}', sly)).toBe('${entityName}')
  })

  it('take the last part of a foreign key for its text, also in a value', () => {
    const keyed = [caseSeries({ dataKey: { label: 'a' }, points: [[1, '{i18n:entity-view.entity-views}']] })]
    expect(fillPattern('${a} and {i18n:x}', keyed)).toBe('Entity views and X')
  })
})
