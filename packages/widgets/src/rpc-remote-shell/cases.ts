import { caseEntity } from '../case-data/series.ts'
import { readyControl } from '../engines/control/case-control.ts'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase } from '../widget.ts'

const hostOf = (call: (method: string) => unknown): NonNullable<WidgetCase['host']> => ({
  commands: { ...idleHost({}).commands, target: caseEntity('Gateway'), call: async (method) => call(method) },
})

const answers: Readonly<Record<string, unknown>> = {
  getTermInfo: { platform: 'linux', release: '6.1', cwd: '/root' },
  sendCommand: { ok: true },
  getCommandStatus: { data: [{ stdout: 'bin  etc  home  root  var' }], done: true, cwd: '/root' },
}

export const cases: WidgetCase[] = [
  { name: 'waiting for the device behind the alias', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'no device is chosen', settings: {}, state: readyControl },
  { name: 'a shell', settings: {}, state: readyControl, host: hostOf((method) => answers[method]) },
  {
    name: 'a device without one',
    settings: {},
    state: readyControl,
    host: hostOf(() => {
      throw new Error('The device did not answer in time')
    }),
  },
]
