import { AppError, type Message } from '@thingwire/contracts'
import type { Ports, Series } from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { describe, expect, it } from 'vitest'
import { recordingPorts, runNode } from '../node-harness.ts'
import { deviceProfileHandler } from './handler.ts'
import { deviceProfile } from './manifest.ts'

const labels = ['Success', 'Alarm Created', 'Alarm Updated', 'Alarm Severity Updated', 'Alarm Cleared', 'Failure']
const above = (value: number) => ({
  key: { type: 'TIME_SERIES', key: 't' },
  valueType: 'NUMERIC',
  predicate: { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: value } },
})
const alarmRules = (spec: unknown, extra: Record<string, unknown> = {}) => [
  { id: 'hot', alarmType: 'Hot', createRules: { MAJOR: { condition: { condition: [above(30)], spec }, ...extra } } },
]
const lasting = { type: 'DURATION', unit: 'SECONDS', predicate: { defaultValue: 60 } }
const thrice = { type: 'REPEATING', predicate: { defaultValue: 3 } }
const at = (value: number, ts: number, id?: string) =>
  testMessage({ data: JSON.stringify({ t: value }), metadata: { ts: String(ts) }, ...(id && { id }) })

const world = (rules: readonly unknown[]) => {
  const { ports, calls } = recordingPorts({ alarmRules: rules })
  let nowMs = 100_000
  const timed: Ports = {
    ...ports,
    clock: { now: () => nowMs },
    series: { ...ports.series, next: async () => 'go' },
  }
  const send = async (messages: readonly Message[], change: Partial<Ports> = {}) => {
    const { arrived } = await runNode({
      ...{ manifest: deviceProfile, factory: deviceProfileHandler, labels },
      ...{ messages, ports: { ...timed, ...change } },
    })
    return arrived.filter(({ by }) => by !== 'Success')
  }
  const tick = (originator: Message['originator']) =>
    testMessage({ type: 'DEVICE_PROFILE_PERIODIC_SELF_MSG', originator, ts: nowMs, metadata: {}, data: '{}' })
  return {
    ...{ ports: timed, calls, send },
    /** The minute is over: the node's own message, and those that it makes for devices. */
    pass: async (toMs: number) => {
      nowMs = toMs
      const before = calls.enqueued.length
      await send([tick({ entityType: 'TENANT', id: testIds.tenant })])
      return send(calls.enqueued.slice(before))
    },
  }
}

describe('device profile', () => {
  it('raises an alarm when the time of a duration is over while no values come', async () => {
    const { send, pass, calls } = world(alarmRules(lasting))
    expect(await send([at(31, 100_000)])).toEqual([])
    expect(await pass(159_000)).toEqual([])
    const raised = await pass(160_001)
    expect(raised).toMatchObject([
      { by: 'Alarm Created', message: { type: 'ALARM', originator: { entityType: 'DEVICE', id: testIds.device } } },
    ])
    expect(calls.series).not.toEqual([])
  })

  it('asks nothing of devices that do not wait, and forgets those that wait no more', async () => {
    const { send, pass, calls } = world(alarmRules(lasting))
    await send([at(31, 100_000)])
    await send([at(20, 101_000)])
    await pass(300_000)
    expect(calls.enqueued).toEqual([])
  })

  it('a schedule that is over ends the duration', async () => {
    const until = { type: 'SPECIFIC_TIME', timezone: 'UTC', startsOn: 0, endsOn: 130_000 }
    const { send, pass } = world(alarmRules(lasting, { schedule: until }))
    await send([at(31, 100_000)])
    expect(await pass(170_000)).toEqual([])
    expect(await pass(230_000)).toEqual([])
  })

  it('counts on where another instance of it has stopped', async () => {
    const { send } = world(alarmRules(thrice))
    expect(await send([at(31, 1), at(31, 2)])).toEqual([])
    expect(await send([at(31, 3)])).toMatchObject([{ by: 'Alarm Created' }])
  })

  it('counts nothing twice when a batch runs again, and comes to the same', async () => {
    const { send } = world(alarmRules(thrice))
    const batch = [at(31, 1), at(31, 2)]
    await send(batch)
    expect(await send(batch)).toEqual([])
    const third = [at(31, 3)]
    expect(await send(third)).toMatchObject([{ by: 'Alarm Created' }])
    expect(await send(third)).toMatchObject([{ by: 'Alarm Updated' }])
    expect(await send([at(20, 4)])).toEqual([])
    expect(await send([at(31, 5), at(31, 6)])).toEqual([])
  })

  it('waits with the batch while the counts cannot be kept', async () => {
    const { send, ports } = world(alarmRules(thrice))
    const away = { keepCounts: () => Promise.reject(new AppError('DATABASE_UNAVAILABLE')) }
    await expect(send([at(31, 1)], { alarmRules: { ...ports.alarmRules, ...away } })).rejects.toThrow()
    expect(await send([at(31, 1), at(31, 2)])).toEqual([])
  })

  it('lets each device be read once a batch, whatever its messages', async () => {
    const { send, ports } = world(alarmRules({ type: 'SIMPLE' }))
    const asked: number[] = []
    const devices: typeof ports.alarmRules.devices = (ids) => {
      asked.push(ids.length)
      return ports.alarmRules.devices(ids)
    }
    await send([at(31, 1), at(32, 2), at(33, 3)], { alarmRules: { ...ports.alarmRules, devices } })
    expect(asked).toEqual([1])
  })

  it('begins its series once for all versions of its chain', async () => {
    const { send, calls } = world([])
    await send([at(31, 1)])
    const [series]: (Series & { dueMs: number })[] = calls.series
    expect(series).toMatchObject({ name: 'harvest', generation: '1', dueMs: 160_000 })
  })
})
