// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tokens of dashboard files are written so
import { describe, expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { frameOf, labelText } from './place.ts'

const series = [
  caseSeries({ entity: 'Boiler', key: 'temperature', points: [[0, 81.456]] }),
  caseSeries({ entity: 'Boiler', key: 'state', points: [[0, 'on']] }),
  caseSeries({ entity: 'Boiler', key: 'silent' }),
]

describe('labels over an image', () => {
  it('stand on the picture, not on the tile', () => {
    expect(frameOf({ width: 400, height: 100 }, { width: 10, height: 10 })).toEqual({
      width: 100,
      height: 100,
      left: 150,
      top: 0,
    })
    expect(frameOf({ width: 100, height: 400 }, { width: 20, height: 10 })).toEqual({
      width: 100,
      height: 50,
      left: 0,
      top: 175,
    })
  })

  it('fill in values by place and by label', () => {
    expect(labelText('${entityName}: ${#0:1} °C, ${state}', series, 'en')).toBe('Boiler: 81.5 °C, on')
    expect(labelText('${silent}|${#9}', series, 'en')).toBe('—|')
  })

  it('take no markup from a file', () => {
    expect(labelText('<b onclick="x()">${#1}</b><br/>end', series, 'en')).toBe('on\nend')
  })
})
