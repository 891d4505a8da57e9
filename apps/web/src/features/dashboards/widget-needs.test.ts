import { widgetSchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { entityField, keysByDevice, toSlots } from './widget-needs.ts'

const device = (id: string) => ({
  id,
  name: `Device ${id}`,
  type: 'thermostat',
  label: '',
  active: true,
  createdTime: 7,
})
const widget = widgetSchema.parse({
  typeFullFqn: 'system.time_series_chart',
  type: 'timeseries',
  config: {
    units: '°C',
    datasources: [
      {
        type: 'entity',
        entityAliasId: 'all',
        dataKeys: [
          { name: 'temperature', type: 'timeseries' },
          { name: 'humidity', type: 'timeseries', units: '%' },
          { name: 'active', type: 'attribute' },
        ],
      },
      { type: 'device', deviceId: 'x', dataKeys: [{ name: 'temperature', type: 'timeseries' }] },
      { type: 'function', dataKeys: [{ name: 'f', type: 'function' }] },
    ],
  },
})
const slots = toSlots(
  widget,
  new Map([
    ['all', [device('a'), device('b')]],
    ['x', [device('x')]],
  ]),
)

describe('what a widget needs', () => {
  it('is every key of every entity of its datasources', () => {
    expect(slots).toHaveLength(7)
    expect(new Set(slots.map((slot) => slot.id)).size).toBe(7)
  })

  it('takes the units of the key before those of the widget', () => {
    expect(slots.slice(0, 2).map((slot) => slot.dataKey.units)).toEqual(['°C', '%'])
  })

  it('is grouped by device and kind of key', () => {
    expect(keysByDevice(slots, 'timeseries')).toEqual(
      new Map([
        ['a', ['humidity', 'temperature']],
        ['b', ['humidity', 'temperature']],
        ['x', ['temperature']],
      ]),
    )
    expect([...keysByDevice(slots, 'attribute').keys()]).toEqual(['a', 'b'])
  })

  it('reads fields of the entity itself', () => {
    expect(entityField(device('a'), 'name')).toBe('Device a')
    expect(entityField(device('a'), 'createdTime')).toBe(7)
    expect(entityField(device('a'), 'other')).toBeNull()
  })
})
