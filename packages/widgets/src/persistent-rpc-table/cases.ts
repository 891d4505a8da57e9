import { type Rpc, rpcStatuses } from '@thingwire/contracts'
import { caseEntity } from '../case-data/series.ts'
import { readyControl } from '../engines/control/case-control.ts'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const id = (n: number) => `784f394c-42b6-435a-983c-${String(n).padStart(12, '0')}`

const command = (n: number): Rpc => ({
  id: { entityType: 'RPC', id: id(n) },
  createdTime: ts - n * 60_000,
  tenantId: { entityType: 'TENANT', id: id(1) },
  deviceId: { entityType: 'DEVICE', id: id(2) },
  expirationTime: ts + 3_600_000,
  request: { body: { method: n % 3 === 0 ? 'reboot' : 'setLevel', params: `{"level":${n}}` }, oneway: n % 4 === 0 },
  response: n % 2 === 0 ? { ok: true } : null,
  status: rpcStatuses[n % rpcStatuses.length] ?? 'QUEUED',
  additionalInfo: null,
})

const hostOf = (commands: readonly Rpc[]): NonNullable<WidgetCase['host']> => ({
  commands: {
    ...idleHost({}).commands,
    target: caseEntity('Boiler'),
    stored: async ({ page, pageSize, status }) => {
      const fitting = commands.filter((one) => status === null || one.status === status)
      const data = fitting.slice(page * pageSize, (page + 1) * pageSize)
      return {
        data,
        totalPages: Math.ceil(fitting.length / pageSize),
        totalElements: fitting.length,
        hasNext: (page + 1) * pageSize < fitting.length,
      }
    },
  },
})
const many = hostOf(Array.from({ length: 32 }, (_, n) => command(n)))

export const cases: WidgetCase[] = [
  { name: 'waiting for the device behind the alias', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'no device is chosen', settings: {}, state: readyControl },
  { name: '32 commands', settings: {}, state: readyControl, host: many },
  { name: 'no commands', settings: {}, state: readyControl, host: hostOf([]) },
  {
    name: 'only to look at',
    settings: {
      ...{ allowDelete: false, allowSendRequest: false, enableFilter: false, displayDetails: false },
      displayColumns: ['method', 'status'],
    },
    state: readyControl,
    host: many,
  },
]
