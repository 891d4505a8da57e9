import type { Message, MessageBatch } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { createLane, type LaneClock } from './lane.ts'

const message = (n: number): Message => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  ts: 1,
  type: 'POST_TELEMETRY_REQUEST',
  tenantId: '00000000-0000-4000-8000-0000000000aa',
  originator: { entityType: 'DEVICE', id: '00000000-0000-4000-8000-0000000000bb' },
  customerId: null,
  metadata: {},
  dataType: 'JSON',
  data: '{}',
  ruleChainId: null,
  ruleNodeId: null,
})

type Timer = { at: number; run: () => void }

const manualClock = () => {
  let now = 1_000_000
  const timers = new Set<Timer>()
  const clock: LaneClock = {
    now: () => now,
    setTimer: (run, delayMs) => {
      const timer = { at: now + delayMs, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  const advance = async (ms: number) => {
    const end = now + ms
    await settle()
    for (;;) {
      const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      now = Math.max(now, due.at)
      timers.delete(due)
      due.run()
      await settle()
    }
    now = end
  }
  return { clock, advance, settle }
}

const setUp = (options: { maxBatchMessages?: number; maxBufferedMessages?: number } = {}) => {
  const { clock, advance, settle } = manualClock()
  const writes: { batch: MessageBatch; succeed(waitingJobs?: number): Promise<void>; fail(): Promise<void> }[] = []
  const lane = createLane({
    clock,
    maxBatchMessages: options.maxBatchMessages ?? 100,
    maxBatchBytes: 1_000_000,
    maxBufferedMessages: options.maxBufferedMessages ?? 1_000,
    maxBufferedBytes: 1_000_000,
    write: (batch) =>
      new Promise((resolve, reject) => {
        writes.push({
          batch,
          succeed: (waitingJobs = 0) => {
            resolve({ waitingJobs })
            return settle()
          },
          fail: () => {
            reject(new Error('the queue is away'))
            return settle()
          },
        })
      }),
  })
  return { lane, writes, advance, settle }
}

const numbers = (batch: MessageBatch | undefined) => batch?.messages.map(({ id }) => Number(id.slice(-6)))

test('an idle lane writes at once; what arrives meanwhile is the next batch', async () => {
  const { lane, writes, advance } = setUp()
  const first = lane.push([message(1)], 10)
  expect(writes).toHaveLength(1)
  const later = [lane.push([message(2)], 10), lane.push([message(3), message(4)], 20)]
  expect(writes).toHaveLength(1)
  await writes[0]?.succeed()
  await first
  await advance(10)
  expect(writes).toHaveLength(2)
  expect(numbers(writes[1]?.batch)).toEqual([2, 3, 4])
  await writes[1]?.succeed()
  await Promise.all(later)
})

test('nothing is acknowledged before its write has succeeded', async () => {
  const { lane, writes, settle } = setUp()
  let isDone = false
  const pushed = lane.push([message(1)], 10).then(() => {
    isDone = true
  })
  await settle()
  expect(isDone).toBe(false)
  await writes[0]?.succeed()
  await pushed
  expect(isDone).toBe(true)
})

test('a failed write is repeated with the same batch id until it succeeds', async () => {
  const { lane, writes, advance } = setUp()
  const pushed = lane.push([message(1)], 10)
  await writes[0]?.fail()
  await advance(50)
  await writes[1]?.fail()
  await advance(100)
  expect(writes).toHaveLength(3)
  expect(new Set(writes.map(({ batch }) => batch.batchId)).size).toBe(1)
  await writes[2]?.succeed()
  await expect(pushed).resolves.toBeUndefined()
})

test('refuses new messages while writes keep failing, and takes them again afterwards', async () => {
  const { lane, writes, advance } = setUp()
  const first = lane.push([message(1)], 10)
  await writes[0]?.fail()
  await advance(50)
  await writes[1]?.fail()
  await advance(260)
  await expect(lane.push([message(2)], 10)).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' })
  await writes[2]?.succeed()
  await first
  const second = lane.push([message(3)], 10)
  await advance(50)
  await writes[3]?.succeed()
  await expect(second).resolves.toBeUndefined()
})

test('bounds what gathers behind a slow write', async () => {
  const { lane, writes, advance } = setUp({ maxBufferedMessages: 3 })
  const first = lane.push([message(1)], 10)
  const gathered = [lane.push([message(2), message(3)], 20), lane.push([message(4)], 10)]
  await expect(lane.push([message(5)], 10)).rejects.toMatchObject({ code: 'QUEUE_OVERLOADED' })
  await writes[0]?.succeed()
  await first
  await advance(20)
  await writes[1]?.succeed()
  await Promise.all(gathered)
})

test('splits what gathered at the size of a batch, in order', async () => {
  const { lane, writes, advance } = setUp({ maxBatchMessages: 3 })
  const pushed = [1, 2, 3, 4, 5, 6].map((n) => lane.push([message(n)], 10))
  await writes[0]?.succeed()
  await advance(20)
  await writes[1]?.succeed()
  await advance(20)
  await writes[2]?.succeed()
  await Promise.all(pushed)
  expect(writes.map(({ batch }) => numbers(batch))).toEqual([[1], [2, 3, 4], [5, 6]])
})

test('leaves larger gaps between writes while jobs pile up behind it', async () => {
  const { lane, writes, advance } = setUp()
  for (let i = 0; i < 12; i++) {
    void lane.push([message(i)], 10)
    await advance(100)
    await writes[i]?.succeed(10)
  }
  void lane.push([message(90)], 10)
  await writes[12]?.succeed(10)
  void lane.push([message(91)], 10)
  await advance(40)
  expect(writes).toHaveLength(13)
  await advance(20)
  expect(writes).toHaveLength(14)
  expect(lane.pendingMessages()).toBeGreaterThan(0)
})

test('a drain writes what is left at once and resolves when it is durable', async () => {
  const { lane, writes, settle } = setUp()
  void lane.push([message(1)], 10)
  const last = lane.push([message(2)], 10)
  const drained = lane.drain(Number.MAX_SAFE_INTEGER)
  await writes[0]?.succeed()
  await settle()
  await writes[1]?.succeed()
  await Promise.all([last, drained])
  expect(lane.isIdle()).toBe(true)
})

test('a drain gives up at its deadline: what is not durable is not acknowledged', async () => {
  const { lane, writes, advance } = setUp()
  const pushed = lane.push([message(1)], 10)
  pushed.catch(() => {})
  await writes[0]?.fail()
  const drained = lane.drain(1_000_000 + 500)
  for (let elapsed = 0; elapsed < 1_000; elapsed += 50) {
    await advance(50)
    await writes.at(-1)?.fail()
  }
  await expect(pushed).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' })
  await drained
})
