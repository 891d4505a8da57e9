import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createOutboundGuard } from './address-guard/outbound-guard.ts'
import { kindLoaders } from './kinds.ts'
import { createOutbound } from './outbound.ts'
import type { SystemClient, SystemDeps } from './system-client.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const signal = new AbortController().signal

/** A port over a system that does what the test says. */
const world = (send: SystemClient<'slack'>['send'] = async () => null) => {
  const made: SystemDeps[] = []
  const closed: number[] = []
  const load = vi.fn(async () => (_: unknown, deps: SystemDeps): SystemClient<'slack'> => {
    made.push(deps)
    return { send, where: () => 'system', close: async (deadlineMs) => void closed.push(deadlineMs) }
  })
  const outbound = createOutbound({
    guard: createOutboundGuard([]),
    timeoutMs: 1_000,
    mostPending: 1,
    mostAnswerKb: 1,
    forcesAck: false,
    settings: async () => undefined,
    now: () => 50_000,
    kinds: { ...kindLoaders, slack: load },
  })
  const open = (botToken = 'a', tenantId = 't1', mostInFlight = 0) => {
    const suspended = vi.fn()
    const client = outbound.portOf(tenantId).open('slack', { botToken }, { nodeName: 'n', mostInFlight, suspended })
    const ask = async () => {
      const [one] = await client.send([{ key: 'k', request: { channel: 'c', text: 't' } }], signal)
      return one?.ok ? 'ok' : one?.error
    }
    return { ...client, suspended, ask }
  }
  return { outbound, load, made, closed, open }
}

describe('a client', () => {
  test('is loaded and made with the first sending, once for nodes of one tenant with equal settings', async () => {
    const { load, made, open } = world()
    const clients = [open(), open(), open('b'), open('a', 't2')]
    expect(load).not.toHaveBeenCalled()
    expect(await Promise.all(clients.map((client) => client.ask()))).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(made).toHaveLength(3)
  })

  test('is closed when its last node stops, and not before; a node that comes again has a new one', async () => {
    const { made, closed, open, outbound } = world()
    const [first, second] = [open(), open()]
    await first.ask()
    await first.close()
    await first.close()
    expect(closed).toEqual([])
    expect(await second.ask()).toBe('ok')
    await second.close()
    expect(closed).toEqual([53_000])
    expect(outbound.count()).toBe(0)
    expect(await open().ask()).toBe('ok')
    expect(made).toHaveLength(2)
  })

  test('that was never needed is closed without having been', async () => {
    const { load, closed, open } = world()
    await open().close()
    expect([load.mock.calls.length, closed.length]).toEqual([0, 0])
  })

  test('tells all its nodes why nothing can be sent, also those that come later', async () => {
    const { made, open } = world()
    const [first, second] = [open(), open()]
    await first.ask()
    made[0]?.suspended('away')
    const third = open()
    made[0]?.suspended(null)
    expect([first, second, third].map(({ suspended }) => suspended.mock.calls.flat())).toEqual([
      ['away', null],
      ['away', null],
      ['away', null],
    ])
    expect(open().suspended).not.toHaveBeenCalled()
  })
})

describe('a sending', () => {
  test('that fails says where and why, and fails no other', async () => {
    let n = 0
    const { open } = world(async () => {
      if (n++ === 0) throw new AggregateError([new Error('refused'), new Error('refused'), new Error('late')])
      return null
    })
    const client = open()
    expect(await Promise.all([client.ask(), client.ask()])).toEqual(['system: refused; late', 'ok'])
  })

  test('that hangs is given up when its time is over', async () => {
    const { open } = world(() => new Promise(() => {}))
    const asked = open().ask()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await asked).toBe('system: no answer within 1000 ms')
  })

  test('of a node that stops has three seconds to end', async () => {
    const { open } = world(() => new Promise(() => {}))
    const client = open()
    const other = open()
    const asked = [client.ask(), other.ask()]
    await vi.advanceTimersByTimeAsync(1)
    const slow = world(() => new Promise((resolve) => setTimeout(() => resolve(null), 900)))
    const patient = slow.open()
    const done = patient.ask()
    await vi.advanceTimersByTimeAsync(1)
    await Promise.all([client.close(), patient.close()])
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await Promise.all(asked)).toEqual(['system: no answer within 1000 ms', 'system: no answer within 1000 ms'])
    expect(await done).toBe('ok')
    expect(await client.ask()).toContain('The rule node has been stopped')
  })

  test('waits for its turn, and fails at once when too many wait', async () => {
    const ends: (() => void)[] = []
    const { open } = world(() => new Promise((resolve) => ends.push(() => resolve(null))))
    const client = open('a', 't1', 1)
    const asked = [client.ask(), client.ask(), client.ask()]
    expect(await asked[2]).toBe('Max pending requests limit exceeded!')
    await vi.advanceTimersByTimeAsync(1)
    expect(ends).toHaveLength(1)
    ends[0]?.()
    await vi.advanceTimersByTimeAsync(1)
    ends[1]?.()
    expect(await Promise.all(asked.slice(0, 2))).toEqual(['ok', 'ok'])
  })
})
