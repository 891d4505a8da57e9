import type { EventInfo } from '@thingwire/contracts'
import { answering, caseEntities } from '../engines/entity/case-entities.ts'
import type { WidgetHost } from '../host/host.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'
import type { LoggedType } from './manifest.ts'

const ts = Date.UTC(2026, 0, 1, 8)
const id = (n: number) => `784f394c-42b6-435a-983c-${String(n).padStart(12, '0')}`
const server = 'engine-1'

const bodies: Readonly<Record<LoggedType, (n: number) => EventInfo['body']>> = {
  LC_EVENT: (n) => ({
    server,
    event: ['STARTED', 'UPDATED', 'STOPPED'][n % 3],
    success: n % 5 !== 2,
    ...(n % 5 === 2 ? { error: 'The script has no end: line 4' } : {}),
  }),
  ERROR: (n) => ({ server, method: 'onMessage', error: `Timeout after ${n + 1} s` }),
  STATS: (n) => ({ server, messagesProcessed: 1_200 + n * 7, errorsOccurred: n % 4 }),
  DEBUG_RULE_NODE: (n) => ({
    ...{ server, type: n % 2 ? 'OUT' : 'IN', msgType: 'POST_TELEMETRY_REQUEST', entityType: 'DEVICE' },
    ...{ relationType: n % 2 ? 'Success' : '', data: '{"temperature":21.4}' },
  }),
  DEBUG_RULE_CHAIN: (n) => ({ server, message: `Message ${n}` }),
  DEBUG_CALCULATED_FIELD: (n) => ({ server, msgType: 'POST_TELEMETRY_REQUEST', result: `{"mean":${20 + n}}` }),
}

const event = (n: number, type: LoggedType, body = bodies[type](n)): EventInfo => ({
  id: { id: id(n) },
  createdTime: ts - n * 61_000,
  tenantId: { entityType: 'TENANT', id: id(1) },
  type,
  uid: id(n),
  entityId: { entityType: 'DEVICE', id: id(2) },
  body,
})

const hostOf = (all: (type: LoggedType) => readonly EventInfo[], ...names: string[]): Partial<WidgetHost> => ({
  entities: caseEntities(...(names.length > 0 ? names : ['Boiler'])),
  events: {
    list: async ({ filter, page, pageSize }) => {
      const events = all(filter.eventType)
      const data = events.slice(page * pageSize, (page + 1) * pageSize)
      const totalPages = Math.ceil(events.length / pageSize)
      return { data, totalPages, totalElements: events.length, hasNext: page + 1 < totalPages }
    },
  },
})
const many = (type: LoggedType) => Array.from({ length: 32 }, (_, n) => event(n, type))
const ready: WidgetState = { status: 'ready', staleSince: null, series: [] }
const shown = (name: string, host: Partial<WidgetHost>, settings: Record<string, unknown> = {}): WidgetCase => ({
  ...{ name, settings, state: ready, host },
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  shown('life cycle', hostOf(many)),
  shown('errors', hostOf(many), { eventType: 'ERROR' }),
  shown('statistics, of one of several entities', hostOf(many, 'Boiler', 'Pump', 'Valve'), { eventType: 'STATS' }),
  shown('debug messages of a node', hostOf(many), { eventType: 'DEBUG_RULE_NODE' }),
  shown('only to look at', hostOf(many), { enableTypeChoice: false, enableFilter: false, enableSearch: false }),
  shown(
    'none',
    hostOf(() => []),
  ),
  shown('the events were refused', {
    entities: caseEntities('Boiler'),
    events: { list: () => Promise.reject(new Error('Permission denied')) },
  }),
  shown('the entities were refused', { entities: answering({ status: 'failed', reason: 'Permission denied' }) }),
  shown(
    'odd bodies',
    hostOf((type) => [
      event(0, type, { event: '<img src=x onerror=alert(1)>', error: 'x'.repeat(3_000), success: false }),
      event(1, type, { event: { deep: [1] }, success: 'maybe' }),
      event(2, type, {}),
    ]),
  ),
]
