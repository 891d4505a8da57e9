import { describe, expect, it } from 'vitest'
import { rpcSwitchSettingsSchema } from './manifest.ts'
import { switchPlan } from './plan.ts'

const planOf = (settings: Record<string, unknown>) => switchPlan(rpcSwitchSettingsSchema.parse(settings))

describe('the plan of a switch', () => {
  it('asks and tells the device by the usual methods when nothing is set', () => {
    expect(planOf({})).toMatchObject({
      read: { kind: 'rpc', method: 'getState', timeoutMs: 5_000 },
      on: { kind: 'rpc', method: 'setState', params: true, pollMs: null },
      off: { kind: 'rpc', method: 'setState', params: false },
    })
  })

  it('reads an attribute and sends constants as its settings say', () => {
    const plan = planOf({
      initialState: {
        action: 'GET_ATTRIBUTE',
        getAttribute: { scope: 'CLIENT_SCOPE', key: 'power' },
        dataToValue: { type: 'NONE', compareToValue: 'ON' },
      },
      onUpdateState: {
        executeRpc: { method: 'power', requestPersistent: true, persistentPollingInterval: 1_000 },
        valueToData: { type: 'CONSTANT', constantValue: { p: 1 } },
      },
      offUpdateState: { action: 'SET_ATTRIBUTE', setAttribute: { scope: 'SHARED_SCOPE', key: 'power' } },
    })
    expect(plan).toMatchObject({
      read: { kind: 'attribute', scope: 'CLIENT_SCOPE', key: 'power' },
      on: { kind: 'rpc', method: 'power', params: { p: 1 }, pollMs: 1_000 },
      off: { kind: 'attribute', scope: 'SHARED_SCOPE', key: 'power', value: false },
    })
    if ('unsupported' in plan) throw new Error(plan.unsupported)
    expect([plan.read.isOn('ON'), plan.read.isOn('on'), plan.read.isOn(true)]).toEqual([true, false, false])
  })

  it.each([
    [true, true],
    ['true', true],
    [1, true],
    [false, false],
    ['false', false],
    [0, false],
    [null, false],
    [{ a: 1 }, false],
  ])('takes %j for on: %j', (data, isOn) => {
    const plan = planOf({})
    expect('read' in plan && plan.read.isOn(data)).toBe(isOn)
  })

  it('understands the settings of older switches', () => {
    const plan = planOf({
      retrieveValueMethod: 'timeseries',
      valueKey: 'relay',
      setValueMethod: 'setRelay',
      requestTimeout: 500,
      parseValueFunction: 'return data ? true : false;',
      convertValueFunction: 'return value;',
    })
    expect(plan).toMatchObject({
      read: { kind: 'timeseries', key: 'relay' },
      on: { kind: 'rpc', method: 'setRelay', params: true, timeoutMs: 500 },
    })
    expect('read' in plan && [plan.read.isOn(2), plan.read.isOn('0'), plan.read.isOn('')]).toEqual([true, false, false])
  })

  it.each([
    ['dataToValueFunction', { initialState: { dataToValue: { type: 'FUNCTION' } } }],
    ['valueToDataFunction', { onUpdateState: { valueToData: { type: 'FUNCTION' } } }],
    ['parseValueFunction', { retrieveValueMethod: 'rpc', parseValueFunction: 'return data > 3;' }],
    ['convertValueFunction', { retrieveValueMethod: 'rpc', convertValueFunction: 'return {v: value};' }],
  ])('says that %s is not available, instead of doing something else', (unsupported, settings) => {
    expect(planOf(settings)).toEqual({ unsupported })
  })
})
