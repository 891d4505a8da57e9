import { answering, caseEntities } from '../engines/entity/case-entities.ts'
import type { AttributeValue, WidgetHost } from '../host/host.ts'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1, 8)
const of = (key: string, value: unknown, at = 0, scope: AttributeValue['scope'] = 'SERVER_SCOPE'): AttributeValue => ({
  ...{ key, value, scope, ts: ts - at * 60_000 },
})
const usual = [
  of('active', true, 1),
  of('lastActivityTime', ts, 1),
  of('location', { latitude: 48.2, longitude: 16.4 }, 900),
  of('serial', 'SN-20417', 4_000),
  of('maintenance', 'every 6 months', 800),
  of('setpoint', 21.5, 12, 'SHARED_SCOPE'),
  of('firmware', '4.2.1', 60, 'CLIENT_SCOPE'),
  of('uptime', 83_214, 2, 'CLIENT_SCOPE'),
]
const hostOf = (
  attributes: readonly AttributeValue[] | undefined,
  more: Partial<WidgetHost['values']> = {},
  ...names: string[]
): Partial<WidgetHost> => ({
  entities: caseEntities(...(names.length > 0 ? names : ['Boiler'])),
  values: { ...idleHost({}).values, useAttributes: () => attributes, ...more },
})
const ready: WidgetState = { status: 'ready', staleSince: null, series: [] }
const shown = (name: string, host: Partial<WidgetHost>, settings: Record<string, unknown> = {}): WidgetCase => ({
  ...{ name, settings, state: ready, host },
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  shown('attributes of the server', hostOf(usual)),
  shown('of one of several entities', hostOf(usual, {}, 'Boiler', 'Pump', 'Valve')),
  shown('what the device reports', hostOf(usual), { scope: 'CLIENT_SCOPE' }),
  shown('only shared ones, to look at', hostOf(usual), {
    ...{ scopes: ['SHARED_SCOPE'], allowAdd: false, allowEdit: false, allowDelete: false },
  }),
  shown('none', hostOf([])),
  shown('not known yet', hostOf(undefined)),
  shown(
    'what is saved is refused',
    hostOf(usual, { saveAttributes: () => Promise.reject(new Error('Permission denied')) }),
  ),
  shown('the entities were refused', { entities: answering({ status: 'failed', reason: 'Permission denied' }) }),
  shown(
    'odd ones',
    hostOf([
      of('<img src=x>', '<b>x</b>'),
      of('x'.repeat(255), 'y'.repeat(10_000)),
      of('nothing', null),
      of('empty', ''),
    ]),
  ),
  shown('two thousand', hostOf(Array.from({ length: 2_000 }, (_, n) => of(`key ${n}`, n)))),
]
