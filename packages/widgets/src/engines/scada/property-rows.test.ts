import { describe, expect, it } from 'vitest'
import { symbolMetadataSchema } from './metadata.ts'
import { symbolProperties } from './plan.ts'
import { isIdle, propertyGroups } from './property-rows.ts'

const { properties } = symbolMetadataSchema.parse({
  properties: [
    { id: 'color', name: '{i18n:scada.symbol.tank-color}', type: 'color', default: '#fff' },
    { id: 'showScale', name: 'Scale', type: 'switch', default: true, group: 'Scale' },
    { id: 'scaleColor', name: 'Scale', type: 'color', default: '#000', group: 'Scale', disableOnProperty: 'showScale' },
    {
      id: 'steps',
      name: 'Steps',
      type: 'number',
      min: 1,
      max: 'x',
      group: 'Scale',
      condition: 'return model.showScale',
    },
    { id: 'odd', name: 'Odd', condition: 'return hide(model)' },
    { id: 'note', name: 'Steps', type: 'textarea', group: 'Scale' },
    { id: 'html', type: 'htmlSection', htmlContent: '<b>' },
    {
      id: 'label',
      name: 'Label',
      type: 'fieldset',
      properties: [
        { id: 'text', name: 'Text', default: 'Tank' },
        { id: 'size', name: 'Size', type: 'number', default: 12 },
        { bad: 1 },
      ],
    },
    { id: 'points', name: 'Points', type: 'array', arrayItemType: 'number' },
    'odd',
  ],
})

const shownBy = (stored: Record<string, unknown>) =>
  propertyGroups(properties, symbolProperties({ properties }, { properties: stored })).map(({ title, rows }) => [
    title,
    rows.map((row) => [row.name, row.properties.map(({ id }) => id)]),
  ])

describe('the form of properties', () => {
  it('has groups, and one row for settings of one name', () => {
    expect(shownBy({})).toEqual([
      [
        '',
        [
          ['Tank color', ['color']],
          ['Odd', ['odd']],
          ['Label', ['label']],
          ['Points', ['points']],
        ],
      ],
      [
        'Scale',
        [
          ['Scale', ['showScale', 'scaleColor']],
          ['Steps', ['steps']],
          ['Steps', ['note']],
        ],
      ],
    ])
  })
  it('leaves out what means nothing beside the others', () => {
    expect(JSON.stringify(shownBy({ showScale: false }))).not.toContain('"steps"')
  })
  it('knows what is idle', () => {
    const color = properties.find(({ id }) => id === 'scaleColor')
    expect(color && isIdle(color, { showScale: false })).toBe(true)
    expect(color && isIdle(color, { showScale: true })).toBe(false)
    expect(color && isIdle({ ...color, disableOnProperty: 'toString' }, {})).toBe(true)
  })
  it('has the values of parts joined with what the file says', () => {
    expect(symbolProperties({ properties }, { properties: { label: { size: 20 }, points: null } })).toMatchObject({
      label: { text: 'Tank', size: 20 },
      points: [],
    })
    expect(symbolProperties({ properties }, { properties: { label: 7 } })).toMatchObject({
      label: { text: 'Tank', size: 12 },
    })
  })
})
