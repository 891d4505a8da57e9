import { describe, expect, it, vi } from 'vitest'
import { connectMarkup } from './markup-connection.ts'
import { type MarkupStart, markupLimits } from './markup-protocol.ts'

const start: MarkupStart = { code: 'x', argumentNames: [], modules: {}, context: {} }

const setUp = async (answer: (method: string, args: readonly unknown[]) => Promise<unknown> = async () => null) => {
  const settled = vi.fn()
  const stop = vi.fn()
  const beats = new Set<() => void>()
  let isAwake = true
  const received: unknown[] = []
  let port: MessagePort | null = null
  const connection = connectMarkup({
    load: async () => start,
    begin: (_start, given) => {
      port = given
      given.onmessage = ({ data }) => received.push(data)
    },
    answer,
    settled,
    stop,
    isAwake: () => isAwake,
    every: (_ms, run) => {
      beats.add(run)
      return () => beats.delete(run)
    },
    tooMany: 'too many',
  })
  await vi.waitFor(() => expect(port).not.toBeNull())
  const say = (message: unknown) => port?.postMessage(message)
  const close = () => {
    connection.close()
    port?.close()
  }
  const beat = (times: number) => {
    for (let n = 0; n < times; n++) for (const run of [...beats]) run()
  }
  const sleep = () => {
    isAwake = false
  }
  return { connection, settled, stop, received, say, close, beat, sleep }
}

describe('a document of a file', () => {
  it('gets answers to its calls, and refusals as messages', async () => {
    const { say, received, close } = await setUp(async (method, args) => {
      if (method === 'no') throw new Error('refused')
      return method === 'odd' ? () => 1 : [method, ...args]
    })
    say({ type: 'call', id: 1, method: 'toast', args: ['a'] })
    say({ type: 'call', id: 2, method: 'no', args: [] })
    say({ type: 'call', id: 3, method: 'odd', args: [] })
    await vi.waitFor(() => expect(received).toHaveLength(3))
    expect(received).toEqual([
      { type: 'answer', id: 1, ok: true, value: ['toast', 'a'] },
      { type: 'answer', id: 2, ok: false, message: 'refused' },
      { type: 'answer', id: 3, ok: false, message: expect.stringContaining('could not be cloned') },
    ])
    close()
  })

  it('tells how its code ended, and nothing else is believed', async () => {
    const { say, settled, received, close } = await setUp()
    for (const odd of [
      null,
      'finished',
      { type: 'context', context: {} },
      { type: 'call', id: 'x', method: 'a', args: [] },
    ])
      say(odd)
    say({ type: 'failed', message: 'x'.repeat(5_000) })
    say({ type: 'finished' })
    await vi.waitFor(() => expect(settled).toHaveBeenCalledTimes(2))
    expect(settled.mock.calls).toEqual([['x'.repeat(1_000)], [null]])
    expect(received).toEqual([])
    close()
  })

  it('may have so many calls open and no more', async () => {
    const { say, received, close } = await setUp(() => new Promise(() => {}))
    for (let id = 1; id <= markupLimits.openCalls + 1; id += 1) say({ type: 'call', id, method: 'a', args: [] })
    await vi.waitFor(() => expect(received).toHaveLength(1))
    expect(received).toEqual([{ type: 'answer', id: markupLimits.openCalls + 1, ok: false, message: 'too many' }])
    close()
  })

  it('is told what changes, until it is closed', async () => {
    const { connection, received, close } = await setUp()
    connection.update({ theme: 'dark' })
    await vi.waitFor(() => expect(received).toEqual([{ type: 'context', context: { theme: 'dark' } }]))
    expect(() => connection.update({ f: () => 1 })).toThrow()
    close()
    expect(() => connection.update({ f: () => 1 })).not.toThrow()
  })

  it('is ended when it stands still, sooner once it has answered', async () => {
    const starting = await setUp()
    starting.beat(markupLimits.beatsToStart)
    expect(starting.stop).not.toHaveBeenCalled()
    starting.beat(2)
    expect(starting.stop.mock.calls).toEqual([['silent']])
    starting.close()

    const running = await setUp()
    running.beat(1)
    await vi.waitFor(() => expect(running.received).toEqual([{ type: 'ping' }]))
    running.say({ type: 'pong' })
    running.say({ type: 'finished' })
    await vi.waitFor(() => expect(running.settled).toHaveBeenCalled())
    running.beat(markupLimits.beatsToAnswer)
    expect(running.stop).not.toHaveBeenCalled()
    running.beat(1)
    expect(running.stop.mock.calls).toEqual([['silent']])
    running.close()
  })

  it('is not ended for its silence while the page sleeps', async () => {
    const { beat, sleep, stop, close } = await setUp()
    sleep()
    beat(1_000)
    expect(stop).not.toHaveBeenCalled()
    close()
  })

  it('is ended when it sends too much at once, by its port or past it', async () => {
    const { say, stop, close } = await setUp()
    for (let n = 0; n <= markupLimits.messages; n += 1) say('x')
    await vi.waitFor(() => expect(stop.mock.calls).toEqual([['flood']]))
    close()

    const past = await setUp()
    for (let n = 0; n < markupLimits.messages; n += 1) past.connection.note()
    past.beat(1)
    past.connection.note()
    expect(past.stop).not.toHaveBeenCalled()
    for (let n = 0; n < markupLimits.messages; n += 1) past.connection.note()
    expect(past.stop.mock.calls).toEqual([['flood']])
    past.close()
  })
})
