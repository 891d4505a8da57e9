import { widgetSchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { directDevices, entityField, keysByDevice, sourcesOf, targetOf, toSlots } from './widget-needs.ts'

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

describe('what a control commands', () => {
  const control = (config: Record<string, unknown>) =>
    widgetSchema.parse({ typeFullFqn: 'system.single_switch', type: 'rpc', config })

  it.each([
    ['a device', { targetDevice: { type: 'device', deviceId: 'd' } }, { kind: 'device', id: 'd' }],
    ['an alias', { targetDevice: { type: 'entity', entityAliasId: 'a' } }, { kind: 'alias', id: 'a' }],
    ['an alias of an older file', { targetDeviceAliasIds: ['a', 'b'] }, { kind: 'alias', id: 'a' }],
    ['nothing', { targetDevice: { type: 'entity' }, targetDeviceAliasIds: [] }, null],
    ['nothing that could be read', { targetDevice: 'd', targetDeviceAliasIds: { a: 1 } }, null],
  ])('is %s', (_, config, target) => {
    expect(targetOf(control(config))).toEqual(target)
  })

  it('is asked for as the entities of other widgets are', () => {
    const widgets = [widget, control({ targetDevice: { type: 'device', deviceId: 'd' } })]
    expect(widgets.flatMap(sourcesOf)).toHaveLength(4)
    expect(directDevices([...widgets, ...widgets])).toEqual(['x', 'd'])
  })
})
