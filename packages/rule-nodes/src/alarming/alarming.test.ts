import { AppError } from '@thingwire/contracts'
import { testMessage } from '@thingwire/rules/testing'
import { describe, expect, it } from 'vitest'
import { clearAlarmHandler } from '../clear-alarm/handler.ts'
import { clearAlarm } from '../clear-alarm/manifest.ts'
import { createAlarmHandler } from '../create-alarm/handler.ts'
import { createAlarm } from '../create-alarm/manifest.ts'
import { recordingPorts, runNode } from '../node-harness.ts'

const labels = ['Created', 'Updated', 'Cleared', 'False', 'Success', 'Failure']
const create = { manifest: createAlarm, factory: createAlarmHandler, labels }
const clear = { manifest: clearAlarm, factory: clearAlarmHandler, labels }

describe('nodes that change alarms', () => {
  it('fail the message as it would have gone on when the rule engine cannot be told, and the alarm stays', async () => {
    const { ports, changed } = recordingPorts()
    const full = {
      ...ports,
      messages: { ...ports.messages, enqueue: () => Promise.reject(new AppError('TOO_MANY_UPDATES')) },
    }
    const { left } = await runNode({ ...create, ports: full, messages: [testMessage()] })
    expect(left).toMatchObject([{ by: 'Failure', message: { type: 'ALARM', metadata: { isNewAlarm: 'true' } } }])
    expect(changed.raised).toHaveLength(1)
    const config = { alarmType: 'General Alarm' }
    const cleared = await runNode({ ...clear, config, ports: full, messages: [testMessage()] })
    expect(cleared.left).toMatchObject([
      { by: 'Failure', message: { type: 'ALARM', metadata: { isClearedAlarm: 'true' } } },
    ])
    expect(changed.cleared).toHaveLength(1)
  })

  it('let a batch wait while the database is away', async () => {
    const { ports } = recordingPorts()
    const away = {
      ...ports,
      alarms: { ...ports.alarms, active: () => Promise.reject(new AppError('DATABASE_UNAVAILABLE')) },
    }
    await expect(runNode({ ...create, ports: away, messages: [testMessage()] })).rejects.toThrow()
    await expect(runNode({ ...clear, ports: away, messages: [testMessage()] })).rejects.toThrow()
  })

  it('pass on unchanged what somebody else has cleared at the same moment', async () => {
    const { ports, calls } = recordingPorts({ alarms: [{}] })
    const faster = {
      ...ports.alarms,
      clear: async (list: Parameters<typeof ports.alarms.clear>[0]) => {
        await ports.alarms.clear(list)
        return ports.alarms.clear(list)
      },
    }
    const { left } = await runNode({ ...clear, ports: { ...ports, alarms: faster }, messages: [testMessage()] })
    expect(left).toMatchObject([{ by: 'Success', message: { type: 'POST_TELEMETRY_REQUEST' } }])
    expect(calls.enqueued).toEqual([])
  })

  it('ask for all alarms of a batch at once and raise them by one call', async () => {
    const { ports } = recordingPorts()
    const asked: number[] = []
    const counted = {
      ...ports.alarms,
      active: (queries: Parameters<typeof ports.alarms.active>[0]) => {
        asked.push(queries.length)
        return ports.alarms.active(queries)
      },
      raise: (alarms: Parameters<typeof ports.alarms.raise>[0]) => {
        asked.push(alarms.length)
        return ports.alarms.raise(alarms)
      },
    }
    const messages = Array.from({ length: 50 }, (_, n) =>
      testMessage({
        originator: { entityType: 'DEVICE', id: `55555555-5555-4555-8555-${String(n % 40).padStart(12, '0')}` },
      }),
    )
    const { left } = await runNode({ ...create, ports: { ...ports, alarms: counted }, messages })
    expect(left.filter(({ by }) => by === 'Created')).toHaveLength(40)
    expect(left.filter(({ by }) => by === 'Updated')).toHaveLength(10)
    expect(asked).toEqual([40, 50])
  })
})
