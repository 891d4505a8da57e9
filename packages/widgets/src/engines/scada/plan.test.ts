import { describe, expect, it } from 'vitest'
import { symbolMetadataSchema } from './metadata.ts'
import { paintCss } from './paints.ts'
import { labelled, merged, symbolAction, symbolPlan, symbolProperties } from './plan.ts'

const metadata = symbolMetadataSchema.parse({
  behavior: [
    {
      id: 'opened',
      type: 'value',
      valueType: 'BOOLEAN',
      defaultGetValueSettings: { action: 'GET_ATTRIBUTE', getAttribute: { scope: 'SHARED_SCOPE', key: 'open' } },
    },
    { id: 'volume', type: 'value', valueType: 'DOUBLE', defaultGetValueSettings: { action: 'GET_TIME_SERIES' } },
    {
      id: 'open',
      type: 'action',
      valueType: 'BOOLEAN',
      defaultSetValueSettings: { action: 'SET_ATTRIBUTE', setAttribute: { scope: 'SHARED_SCOPE', key: 'open' } },
    },
    { id: 'click', name: 'On click', type: 'widgetAction', defaultWidgetActionSettings: { type: 'doNothing' } },
  ],
  properties: [
    { id: 'color', type: 'color', default: 'ok' },
    { id: 'shown', type: 'switch', default: true },
  ],
})

describe('the plan of a symbol', () => {
  it('is that of its file where a dashboard says nothing', () => {
    expect(symbolPlan(metadata, { behavior: {}, properties: {} })).toMatchObject({
      reads: {
        opened: { kind: 'attribute', scope: 'SHARED_SCOPE', key: 'open', convert: { kind: 'equals', value: true } },
        volume: { kind: 'timeseries', key: 'state', convert: { kind: 'asIs' } },
      },
      writes: { open: { kind: 'attribute', scope: 'SHARED_SCOPE', key: 'open' } },
    })
  })

  it('is what a dashboard stores, joined with what it leaves out', () => {
    const behavior = {
      opened: { getAttribute: { key: 'valve' }, dataToValue: { type: 'NONE', compareToValue: 'ON' } },
      volume: { action: 'GET_TIME_SERIES', getTimeSeries: { key: 'litres' } },
      open: { action: 'EXECUTE_RPC', executeRpc: { method: 'openValve' } },
    }
    expect(symbolPlan(metadata, { behavior, properties: {} })).toMatchObject({
      reads: {
        opened: { kind: 'attribute', scope: 'SHARED_SCOPE', key: 'valve', convert: { value: 'ON' } },
        volume: { key: 'litres' },
      },
      writes: { open: { kind: 'rpc', method: 'openValve' } },
    })
  })

  it.each([null, 'x', 7, [], { action: 'NO_SUCH' }])('stands stored settings of another make: %j', (odd) => {
    const plan = symbolPlan(metadata, { behavior: { opened: odd, open: odd, click: odd }, properties: {} })
    expect(Object.keys(plan.reads)).toEqual(['opened', 'volume'])
  })

  it('has no way into the prototype of objects', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true},"a":{"__proto__":{"polluted":true}}}')
    expect(merged({ a: {} }, hostile)).not.toHaveProperty('polluted')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('has an action only where one is set', () => {
    const click = metadata.behavior.find(({ id }) => id === 'click')
    if (!click) throw new Error('no click')
    expect(symbolAction(click, { behavior: {}, properties: {} })).toBeNull()
    const behavior = { click: { type: 'openDashboardState', targetDashboardStateId: 'pump' } }
    expect(symbolAction(click, { behavior, properties: {} })?.kind).toMatchObject({
      type: 'openState',
      stateId: 'pump',
    })
  })

  it('takes stored properties over those of the file', () => {
    const properties = symbolProperties(metadata, { behavior: {}, properties: { shown: false, color: null, other: 1 } })
    expect(properties).toEqual({ color: 'ok', shown: false })
  })
})

describe('a paint', () => {
  const defaults = { color: 'ok' }
  it.each([
    ['paint:ok', {}, 'var(--tw-ok)'],
    ['$color', {}, 'var(--tw-ok)'],
    ['$color', { color: '#7c3aed' }, 'rgb(124, 58, 237)'],
    ['$color', { color: '#1C943E' }, 'var(--tw-ok)'],
    ['$color', { color: { type: 'constant', color: '#7c3aed' } }, 'rgb(124, 58, 237)'],
    ['$color', { color: 'url(https://evil.example)' }, 'var(--tw-ok)'],
    ['#102030', {}, 'rgb(16, 32, 48)'],
    ['red;background:url(x)', {}, 'transparent'],
  ])('%s with %j is %s', (paint, properties, expected) => expect(paintCss(paint, properties, defaults)).toBe(expected))
})

describe('texts of a symbol', () => {
  it('name the entity that it is for', () => {
    const texts = symbolMetadataSchema.parse({
      properties: [
        { id: 'label', type: 'text' },
        { id: 'color', type: 'color' },
      ],
    })
    const entity = { id: { entityType: 'DEVICE' as const, id: 'x' }, name: 'Pump 1', label: '' }
    const given = { label: 'At ${entityName}', color: '${entityName}', odd: 7 }
    expect(labelled(texts, given, entity)).toEqual({ ...given, label: 'At Pump 1' })
    expect(labelled(texts, given, null)).toMatchObject({ label: 'At ' })
  })
})

describe('a switch for something that files call like the thing itself', () => {
  const { properties } = symbolMetadataSchema.parse({
    properties: [
      { id: 'showValue', type: 'switch', default: true },
      { id: 'units', type: 'text', default: 'L' },
      { id: 'showUnits', type: 'switch', default: true },
    ],
  })
  const of = (stored: Record<string, unknown>) => symbolProperties({ properties }, { properties: stored })
  it('counts for ours', () => expect(of({ value: false })).toMatchObject({ showValue: false }))
  it('gives way to our own', () => expect(of({ value: false, showValue: true }).showValue).toBe(true))
  it('is no thing of another kind, and no property of its own', () => {
    expect(of({ value: 7 }).showValue).toBe(true)
    expect(of({ units: false }).showUnits).toBe(true)
  })
})
