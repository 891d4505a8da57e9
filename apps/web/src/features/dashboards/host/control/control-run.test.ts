import { noParams, type ValueRead, type ValueWrite } from '@thingwire/dashboards'
import type { ControlPlan, FunctionResult } from '@thingwire/widgets/manifests'
import { describe, expect, it } from 'vitest'
import type { LiveChange, LiveListener, LiveRequest } from '@/live/live-client.ts'
import type { Command } from './command.ts'
import { ControlRun, needsTarget } from './control-run.ts'

const target = { entityType: 'DEVICE', id: 'd' } as const
const asIs = { kind: 'asIs' } as const
const reported: ValueRead = { kind: 'timeseries', key: 'on', convert: { kind: 'equals', value: true } }
const asked: ValueRead = { kind: 'rpc', method: 'getState', params: null, timeoutMs: 1, pollMs: null, convert: asIs }
const tells: ValueWrite = {
  kind: 'rpc',
  method: 'setState',
  timeoutMs: 1,
  isOneWay: false,
  pollMs: null,
  data: { kind: 'value' },
}

/** A control whose world answers when the test says so. */
const setUp = (plan: ControlPlan, evaluate?: (args: readonly unknown[]) => FunctionResult) => {
  const subscriptions: { request: LiveRequest; listener: LiveListener; isOver: boolean }[] = []
  const commands: { command: Command; done: (answer?: unknown) => void; fail: (error: Error) => void }[] = []
  const run = new ControlRun(target, plan, {
    subscribe: (request, listener) => {
      const subscription = { request, listener, isOver: false }
      subscriptions.push(subscription)
      return () => {
        subscription.isOver = true
      }
    },
    carryOut: (command) => new Promise((resolve, reject) => commands.push({ command, done: resolve, fail: reject })),
    explain: (error) => ({ kind: 'failed', reason: error instanceof Error ? error.message : '' }),
    evaluate: async (_code, _names, args) => evaluate?.(args) ?? { ok: false, message: 'no code' },
    state: { read: () => ({ id: 'floor', params: noParams }), listen: () => () => {} },
  })
  run.start()
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  const report = (value: unknown) =>
    subscriptions[0]?.listener({ kind: 'latest', values: { on: [1, value] } } as LiveChange)
  return { run, subscriptions, commands, settle, report, value: () => run.snapshot().values.value }
}

describe('a control', () => {
  it('shows what the device reports, as the plan converts it', () => {
    const { value, report, subscriptions } = setUp({ reads: { value: reported }, writes: {} })
    expect(value()).toMatchObject({ value: undefined, phase: 'reading' })
    report('true')
    expect(value()).toMatchObject({ value: true, phase: 'ready' })
    expect(subscriptions[0]?.request).toMatchObject({ kind: 'latest', entityId: target, keys: ['on'] })
  })

  it('is ready with nothing when the device never reported', () => {
    const { value, subscriptions } = setUp({ reads: { value: reported }, writes: {} })
    subscriptions[0]?.listener({ kind: 'latest', values: {} })
    expect(value()).toMatchObject({ value: undefined, phase: 'ready', problem: null })
  })

  it('shows where it goes at once, and sends one command for a double press', async () => {
    const { run, value, report, commands, settle } = setUp({ reads: { value: reported }, writes: { on: tells } })
    report(false)
    run.write('on', true, { value: true })
    run.write('on', true, { value: true })
    await settle()
    expect(commands).toHaveLength(1)
    expect(commands[0]?.command).toMatchObject({ method: 'setState', params: true })
    expect(run.snapshot().sending).toBe('on')
    expect(value()?.value).toBe(true)
    commands[0]?.done()
    await settle()
    expect(run.snapshot().sending).toBeNull()
    expect(value()?.value).toBe(true)
    report(false)
    expect(value()?.value).toBe(false)
  })

  it('goes back when it was refused, and says why until the next attempt', async () => {
    const { run, value, report, commands, settle } = setUp({ reads: { value: reported }, writes: { on: tells } })
    report(false)
    run.write('on', true, { value: true })
    await settle()
    commands[0]?.fail(new Error('Permission denied'))
    await settle()
    expect(value()?.value).toBe(false)
    expect(run.snapshot().problem).toEqual({ kind: 'failed', reason: 'Permission denied', write: 'on' })
    run.write('on', true, { value: true })
    expect(run.snapshot().problem).toBeNull()
  })

  it('counts as done when the answer is missing but the device reports what it was told', async () => {
    const { run, value, report, commands, settle } = setUp({ reads: { value: reported }, writes: { on: tells } })
    report(false)
    run.write('on', true, { value: true })
    await settle()
    report(true)
    commands[0]?.fail(new Error('timeout'))
    await settle()
    expect(run.snapshot().problem).toBeNull()
    expect(value()?.value).toBe(true)
  })

  it('asks once, and again when told to', async () => {
    const { run, value, commands, settle } = setUp({ reads: { value: asked }, writes: {} })
    commands[0]?.fail(new Error('no answer'))
    await settle()
    expect(value()).toMatchObject({ value: undefined, phase: 'ready', problem: { reason: 'no answer' } })
    run.snapshot().values.value?.readAgain?.()
    expect(value()).toMatchObject({ phase: 'reading', problem: null })
    commands[1]?.done('ON')
    await settle()
    expect(value()).toMatchObject({ value: 'ON', phase: 'ready' })
    expect(commands).toHaveLength(2)
  })

  it('keeps what was set over the answer to a question of before', async () => {
    const { run, value, commands, settle } = setUp({ reads: { value: asked }, writes: { on: tells } })
    run.write('on', true, { value: true })
    await settle()
    commands[1]?.done()
    await settle()
    commands[0]?.done(false)
    await settle()
    expect(value()).toMatchObject({ value: true, phase: 'ready' })
  })

  it('lets code of the file convert, and tells its errors', async () => {
    const read: ValueRead = { ...reported, convert: { kind: 'function', code: 'return data.x' } }
    const answers = [
      { ok: true, value: 7 },
      { ok: false, message: 'x is not defined' },
    ] as FunctionResult[]
    const { value, report, settle } = setUp(
      { reads: { value: read }, writes: {} },
      () => answers.shift() as FunctionResult,
    )
    report({ x: 7 })
    await settle()
    expect(value()).toMatchObject({ value: 7 })
    report({})
    await settle()
    expect(value()).toMatchObject({ value: undefined, problem: { reason: 'x is not defined' } })
  })

  it('reads whether there is an active alarm, and the state of the dashboard', () => {
    const { run, subscriptions } = setUp({
      reads: {
        value: { kind: 'alarmStatus', severities: ['CRITICAL'], types: [], convert: asIs },
        state: { kind: 'dashboardState', convert: { kind: 'equals', value: 'floor' } },
      },
      writes: {},
    })
    subscriptions[0]?.listener({
      kind: 'alarms',
      page: { data: [], totalPages: 1, totalElements: 2, hasNext: false },
      totalEntities: 1,
      changed: [],
    })
    expect(run.snapshot().values).toMatchObject({ value: { value: true }, state: { value: true, phase: 'ready' } })
  })

  it('needs no entity for what is of the board alone', () => {
    const ofBoard: ControlPlan = { reads: { value: { kind: 'dashboardState', convert: asIs } }, writes: {} }
    expect(needsTarget(ofBoard)).toBe(false)
    expect(needsTarget({ ...ofBoard, writes: { on: tells } })).toBe(true)
    expect(needsTarget({ reads: { value: reported }, writes: {} })).toBe(true)
    expect(needsTarget({ reads: {}, writes: {} })).toBe(true)
  })

  it('leaves its subscriptions when it stops, and late answers change nothing', async () => {
    const { run, value, subscriptions, commands, settle } = setUp({
      reads: { value: asked, other: reported },
      writes: {},
    })
    run.stop()
    commands[0]?.done('late')
    await settle()
    expect(subscriptions.every(({ isOver }) => isOver)).toBe(true)
    expect(value()?.value).toBeUndefined()
  })
})
