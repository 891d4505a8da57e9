import { caseEntity } from '../case-data/series.ts'
import { readyControl } from '../engines/control/case-control.ts'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase } from '../widget.ts'

const host: NonNullable<WidgetCase['host']> = {
  commands: {
    ...idleHost({}).commands,
    target: caseEntity('Boiler'),
    call: async (method, params) => {
      if (method === 'fail') throw new Error('The device did not answer in time')
      return { method, params }
    },
  },
}

export const cases: WidgetCase[] = [
  { name: 'waiting for the device behind the alias', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'no device is chosen', settings: {}, state: readyControl },
  { name: 'a device that answers with what it was asked', settings: {}, state: readyControl, host },
  {
    name: 'stale',
    settings: {},
    state: { status: 'ready', series: [], staleSince: Date.UTC(2026, 0, 1) },
    host,
  },
]
