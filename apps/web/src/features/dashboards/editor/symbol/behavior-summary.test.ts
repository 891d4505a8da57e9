import { describe, expect, it } from 'vitest'
import { summaryOfRead, summaryOfWrite } from './behavior-summary.ts'

describe('what a behaviour does, in words', () => {
  it.each([
    [
      { action: 'GET_ATTRIBUTE', getAttribute: { scope: 'SHARED_SCOPE', key: 'open' } },
      'attribute',
      { scope: 'shared', key: 'open' },
    ],
    [{ action: 'GET_ATTRIBUTE', getAttribute: { scope: null } }, 'attribute', { scope: 'any', key: 'state' }],
    [{ action: 'GET_ATTRIBUTE', getAttribute: 7 }, 'attribute', { scope: 'any', key: 'state' }],
    [{ action: 'GET_TIME_SERIES', getTimeSeries: { key: 'level' } }, 'telemetry', { key: 'level' }],
    [{ action: 'EXECUTE_RPC' }, 'command', { method: 'getState' }],
    [{ action: 'GET_ALARM_STATUS' }, 'alarms', {}],
    [
      { action: 'GET_ALARM_STATUS', getAlarmStatus: { severityList: ['MAJOR', 'MINOR'] } },
      'alarmsOf',
      { severities: 'major, minor' },
    ],
    [{ action: 'GET_DASHBOARD_STATE' }, 'state', {}],
    [{ action: 'DO_NOTHING', defaultValue: false }, 'always', { value: 'false' }],
    [{ action: 'DO_NOTHING', defaultValue: 'x'.repeat(99) }, 'always', { value: `${'x'.repeat(23)}…` }],
    [{}, 'nothingRead', {}],
    [{ action: 'NO_SUCH', defaultValue: null }, 'nothingRead', {}],
  ])('reads: %j', (settings, key, values) => expect(summaryOfRead(settings)).toEqual({ key, values }))

  it.each([
    [{ action: 'SET_ATTRIBUTE', setAttribute: { key: 'open' } }, 'attribute', { scope: 'server', key: 'open' }],
    [{ action: 'ADD_TIME_SERIES', putTimeSeries: { key: 'set' } }, 'telemetry', { key: 'set' }],
    [{ action: 'EXECUTE_RPC', executeRpc: { method: 'start' } }, 'command', { method: 'start' }],
    [{}, 'command', { method: 'setState' }],
  ])('writes: %j', (settings, key, values) => expect(summaryOfWrite(settings)).toEqual({ key, values }))
})
