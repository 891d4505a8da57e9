import { expect, test } from 'vitest'
import type { ControlState, ControlValue } from '../../control.ts'
import type { WidgetState } from '../../widget.ts'
import { operationOf } from './operation.ts'

const ready: WidgetState = { status: 'ready', series: [], staleSince: null }
const read = (value: unknown, more: Partial<ControlValue> = {}): ControlValue => ({
  value,
  phase: 'ready',
  problem: null,
  ...more,
})
const control = (values: ControlState['values'], more: Partial<ControlState> = {}): ControlState => ({
  values,
  write: () => {},
  sending: null,
  problem: null,
  ...more,
})

test('what is known can be acted on', () => {
  expect(operationOf(control({ value: read(true) }), ready)).toMatchObject({
    isOn: true,
    phase: 'ready',
    isBlocked: false,
    problem: null,
  })
})

test('nothing can be done while it reads, sends, is disabled, or has lost the connection', () => {
  expect(operationOf(control({ value: read(undefined, { phase: 'reading' }) }), ready).isBlocked).toBe(true)
  expect(operationOf(control({ value: read(true) }, { sending: 'off' }), ready)).toMatchObject({
    phase: 'sending',
    isBlocked: true,
  })
  expect(operationOf(control({ value: read(true), disabled: read(true) }), ready)).toMatchObject({
    isDisabled: true,
    isBlocked: true,
  })
  expect(operationOf(control({ value: read(true) }), { ...ready, staleSince: 1 }).isBlocked).toBe(true)
})

test('a value that is neither true nor false is not known to be on', () => {
  expect(operationOf(control({ value: read('on') }), ready).isOn).toBeNull()
})

test('a failed command is told before a failed question; asking again mends both', () => {
  const readAgain = () => {}
  const failed = read(undefined, { problem: { kind: 'timed-out', reason: 'HTTP 504' }, readAgain })
  expect(operationOf(control({ value: failed }), ready)).toMatchObject({ problem: { kind: 'timed-out' }, readAgain })
  const refused = { kind: 'failed', reason: 'Permission denied', write: 'on' } as const
  expect(operationOf(control({ value: failed }, { problem: refused }), ready)).toMatchObject({
    problem: { reason: 'Permission denied' },
    readAgain,
  })
})

test('a control without a value of its own is ready', () => {
  expect(operationOf(control({}), ready)).toMatchObject({ phase: 'ready', isBlocked: false, isOn: null })
})
