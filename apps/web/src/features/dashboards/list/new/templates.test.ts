import { readDashboard } from '@thingwire/dashboards'
import { findWidget } from '@thingwire/widgets/manifests'
import { describe, expect, it } from 'vitest'
import { energyKeys, isTemplate, type TemplateInput, templates } from './templates.ts'

const input = (more: Partial<TemplateInput> = {}): TemplateInput => {
  let ids = 0
  return {
    filter: { type: 'entityType', entityType: 'DEVICE' },
    keys: [
      { name: 'temperature', value: 21.5 },
      { name: 'power', value: 1.2 },
      { name: 'energy', value: 0.4 },
      { name: 'latitude', value: 50.1 },
      { name: 'longitude', value: 8.6 },
      { name: 'running', value: true },
    ],
    power: 'power',
    energy: 'energy',
    words: (key) => key,
    newId: () => {
      ids += 1
      return `w${ids}`
    },
    ...more,
  }
}
const all = Object.entries(templates).map(([id, { make }]) => ({ id, make }))

describe.each(all)('the template $id', ({ id, make }) => {
  it.each([
    ['of devices that send', input()],
    ['of devices that send nothing yet', input({ keys: [], power: null, energy: null })],
  ])(
    'makes a dashboard %s whose widgets there are, placed beside each other, with aliases that are there',
    (_, given) => {
      const { document, report } = readDashboard(make(given))
      expect(report.remarks.filter(({ outcome }) => outcome === 'left out')).toEqual([])
      expect(document.widgets.size > 0).toBe(id !== 'blank')
      for (const widget of document.widgets.values()) {
        expect(findWidget(widget.typeFullFqn)?.type, widget.typeFullFqn).toBeDefined()
        for (const { entityAliasId } of widget.datasources)
          expect([...document.aliases.keys()]).toContain(entityAliasId)
      }
      for (const { layouts } of document.states.values()) {
        const cells = layouts.main.items.flatMap(({ col: column, row, sizeX: columns, sizeY: rows }) =>
          Array.from(
            { length: columns * rows },
            (_unused, at) => `${column + (at % columns)} ${row + Math.floor(at / columns)}`,
          ),
        )
        expect(new Set(cells).size).toBe(cells.length)
        for (const { col, sizeX } of layouts.main.items) expect(col + sizeX).toBeLessThanOrEqual(24)
      }
    },
  )
})

it('a template is one of those there are, whatever an address says', () => {
  expect(isTemplate('fleet')).toBe(true)
  expect(isTemplate('constructor')).toBe(false)
})

it('keys of meters are guessed by their names, among numbers alone', () => {
  expect(energyKeys(input().keys)).toEqual({ power: 'power', energy: 'energy' })
  expect(energyKeys([{ name: 'powerName', value: 'x' }])).toEqual({ power: null, energy: null })
})
