import { caseEntity } from '../case-data/series.ts'
import { readyControl } from '../engines/control/case-control.ts'
import { casePins } from '../engines/gpio/case-pins.ts'
import type { CommandsPort, WidgetHost } from '../host/host.ts'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase } from '../widget.ts'

const board = (call: CommandsPort['call']): Partial<WidgetHost> => ({
  commands: { ...idleHost({}).commands, target: caseEntity('Board'), call },
})
/** A board that does what it is told. */
const answering = (): Partial<WidgetHost> => {
  let states: Record<string, unknown> = { 7: true, 12: true }
  return board(async (method, params) => {
    if (method === 'setGpioStatus') {
      const { pin, enabled } = { pin: 0, enabled: false, ...Object(params) }
      states = { ...states, [pin]: enabled }
    }
    return states
  })
}
const settings = { gpioList: casePins }

export const cases: WidgetCase[] = [
  { name: 'waiting for the device behind the alias', settings, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'no device is chosen', settings, state: readyControl },
  { name: 'on and off', settings, state: readyControl, host: answering() },
  {
    name: 'the device does not answer',
    settings,
    state: readyControl,
    host: board(() => Promise.reject(new Error('Timeout'))),
  },
  { name: 'an odd answer', settings, state: readyControl, host: board(async () => ['on']) },
  { name: 'no pins', settings: {}, state: readyControl, host: answering() },
]
