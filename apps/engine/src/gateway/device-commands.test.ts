import { expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import type { SentRpc } from '../rpc/pending-rpcs.ts'
import type { DeviceCommand } from '../transports/transport.ts'
import { createDeviceCommands } from './device-commands.ts'

const rpc = (number: number) => ({ number, method: `m${number}`, params: '1' }) as SentRpc

/** A desk with so many commands, and what it was told. */
const underTest = (waiting: number, settled: () => Promise<void> = async () => {}) => {
  const numbers = Array.from({ length: waiting }, (_, i) => i)
  const limits: number[] = []
  const delivered: (readonly [number, boolean])[] = []
  const putBack: number[] = []
  let claimed = () => {}
  const commands = createDeviceCommands({
    desk: {
      claim: async (_deviceId, limit) => {
        limits.push(limit)
        claimed()
        return numbers.splice(0, limit).map(rpc)
      },
      delivered: async ({ number }, acknowledged) => void delivered.push([number, await acknowledged]),
      putBack: async ({ number }) => void putBack.push(number),
    },
    settled,
    logger: silentLogger,
  })
  return { commands, limits, delivered, putBack, onClaim: (handler: () => void) => (claimed = handler) }
}

type Session = Parameters<ReturnType<typeof createDeviceCommands>['wake']>[1][number]
const session = (lifetime: 'connection' | 'poll', takes: boolean | null) => {
  const heard: number[] = []
  const onCommand = async ({ id }: DeviceCommand) => {
    heard.push(id)
    if (lifetime === 'poll') one.onCommand = null
    return takes === true
  }
  const one = { peer: { lifetime }, onCommand: takes === null ? null : onCommand } as Session
  return { one, heard }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('every session that listens gets each command; a poll only the first', async () => {
  const { commands, delivered } = underTest(3)
  const [connection, poll, deaf] = [session('connection', true), session('poll', true), session('connection', null)]
  commands.wake('device', [connection.one, poll.one, deaf.one])
  await settle()
  expect([connection.heard, poll.heard, deaf.heard]).toEqual([[0, 1, 2], [0], []])
  expect(delivered).toEqual([
    [0, true],
    [1, true],
    [2, true],
  ])
})

test('a command is taken when one of the sessions takes it', async () => {
  const { commands, delivered } = underTest(1)
  commands.wake('device', [session('connection', false).one, session('connection', true).one])
  await settle()
  const none = underTest(1)
  none.commands.wake('device', [session('connection', false).one])
  await settle()
  expect([delivered, none.delivered]).toEqual([[[0, true]], [[0, false]]])
})

test('polls alone ask for one command, sessions that do not listen for none', async () => {
  const { commands, limits } = underTest(3)
  commands.wake('device', [session('connection', null).one])
  commands.wake('device', [session('poll', true).one])
  await settle()
  expect(limits).toEqual([1])
})

test('what was fetched for a poll that has ended meanwhile waits again', async () => {
  const { commands, putBack, onClaim } = underTest(1)
  const poll = session('poll', true)
  onClaim(() => {
    poll.one.onCommand = null
  })
  commands.wake('device', [poll.one])
  await settle()
  expect([poll.heard, putBack]).toEqual([[], [0]])
})

test('nothing is fetched before the other nodes know where the device is', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { commands, limits } = underTest(1, () => promise)
  commands.wake('device', [session('connection', true).one])
  await settle()
  expect(limits).toEqual([])
  resolve()
  await settle()
  expect(limits).toEqual([1_000])
})
