import { describe, expect, it } from 'vitest'
import { singleSwitchSettingsSchema } from './manifest.ts'
import { switchPlan } from './plan.ts'

const planOf = (settings: Record<string, unknown>) => switchPlan(singleSwitchSettingsSchema.parse(settings))

describe('the plan of a switch', () => {
  it('asks and tells the device by the usual methods when nothing is set', () => {
    expect(planOf({})).toMatchObject({
      reads: {
        value: { kind: 'rpc', method: 'getState', timeoutMs: 5_000, convert: { kind: 'equals', value: true } },
        disabled: { kind: 'none', value: false },
      },
      writes: {
        on: { kind: 'rpc', method: 'setState', data: { kind: 'constant', value: true }, pollMs: null },
        off: { kind: 'rpc', method: 'setState', data: { kind: 'constant', value: false } },
      },
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
      reads: { value: { kind: 'attribute', scope: 'CLIENT_SCOPE', key: 'power', convert: { value: 'ON' } } },
      writes: {
        on: { kind: 'rpc', method: 'power', data: { value: { p: 1 } }, pollMs: 1_000 },
        off: { kind: 'attribute', scope: 'SHARED_SCOPE', key: 'power', data: { value: false } },
      },
    })
  })

  it('understands the settings of older switches, whose usual functions say nothing', () => {
    expect(
      planOf({
        retrieveValueMethod: 'timeseries',
        valueKey: 'relay',
        setValueMethod: 'setRelay',
        requestTimeout: 500,
        parseValueFunction: 'return data ? true : false;',
        convertValueFunction: 'return value;',
      }),
    ).toMatchObject({
      reads: { value: { kind: 'timeseries', key: 'relay', convert: { kind: 'truthy' } } },
      writes: { on: { kind: 'rpc', method: 'setRelay', data: { kind: 'value' }, timeoutMs: 500 } },
    })
  })

  it('keeps the code of functions for the sandbox', () => {
    const newer = planOf({
      initialState: { dataToValue: { type: 'FUNCTION', dataToValueFunction: 'return data.on', compareToValue: 1 } },
      onUpdateState: { valueToData: { type: 'FUNCTION', valueToDataFunction: { body: 'return {v: value}' } } },
    })
    expect(newer.reads.value?.convert).toEqual({ kind: 'function', code: 'return data.on', equals: 1 })
    expect(newer.writes.on?.data).toEqual({ kind: 'function', code: { body: 'return {v: value}' } })
    const older = planOf({ retrieveValueMethod: 'rpc', parseValueFunction: 'return data > 3;' })
    expect(older.reads.value?.convert).toEqual({ kind: 'function', code: 'return data > 3;' })
  })
})
