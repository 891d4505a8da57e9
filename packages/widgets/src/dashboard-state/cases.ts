import { createElement } from 'react'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const

const StateView = ({ stateId }: { stateId: string }) =>
  createElement('div', { className: 'grid size-full place-content-center text-sm text-ink-2' }, `State ${stateId}`)

const host: WidgetCase['host'] = {
  board: { ...idleHost({}).board, StateView },
}

export const cases: WidgetCase[] = [
  { name: 'a state', settings: { stateId: 'details' }, state: ready, host },
  { name: 'none chosen', settings: {}, state: ready, host },
]
