import { AppError, type Message } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { type Departure, type NodeHandler, perMessage } from './node.ts'
import { type Patience, runBatch } from './run-batch.ts'
import { drawnChain, testMessage } from './testing.ts'

const { signal } = new AbortController()

/** A node whose calls end when the test says so. */
const held = () => {
  const release = Promise.withResolvers<void>()
  const handler: NodeHandler = {
    handle: async (batch) => {
      await release.promise
      return batch.map((message): Departure => ({ message, connection: 'Success' }))
    },
  }
  return { handler, release: release.resolve, fail: release.reject }
}

const recorder = () => {
  const calls: string[][] = []
  const handler: NodeHandler = {
    handle: (batch) => {
      calls.push(batch.map(({ data }) => data))
      return batch.map((message): Departure => ({ message, connection: 'Success' }))
    },
  }
  return { handler, calls }
}

const of = (device: string, data: string): Message =>
  testMessage({ data, originator: { entityType: 'DEVICE', id: device } })
const byData = (labels: Record<string, string[]>) =>
  perMessage((message) => (labels[message.data] ?? []).map((connection) => ({ message, connection })))

/** Waits no longer than a moment for nodes named `slow`; says what had settled when only these were left. */
const impatient = () => {
  const told = Promise.withResolvers<Parameters<Patience['exhausted']>[0]>()
  const patience: Patience = { ms: 1, isFor: ({ name }) => name.startsWith('slow'), exhausted: told.resolve }
  return { patience, told: told.promise }
}

describe('a slow call', () => {
  it('holds up neither other branches of its messages nor other originators, which have settled by then', async () => {
    const slow = held()
    const [save, after] = [recorder(), recorder()]
    const chain = drawnChain('start --Script--> slow\nstart --Save--> save\nslow --Success--> after', {
      start: byData({ a: ['Script', 'Save'], b: ['Save'] }),
      slow: slow.handler,
      save: save.handler,
      after: after.handler,
    })
    const { patience, told } = impatient()
    const running = runBatch({ ...chain, signal, patience, messages: [of('one', 'a'), of('two', 'b')] })
    expect(await told).toEqual({ outcomes: [null, 'finished'], deadLetters: [] })
    expect([save.calls, after.calls]).toEqual([[['a', 'b']], []])
    slow.release()
    expect((await running).outcomes).toEqual(['finished', 'finished'])
    expect(after.calls).toEqual([['a']])
  })

  it('is overtaken by nothing of the same originator on the ways that lead on from it', async () => {
    const slow = held()
    const end = recorder()
    const chain = drawnChain(
      'start --Script--> slow\nstart --Past--> between\nslow --Success--> end\nbetween --Success--> end',
      {
        start: byData({ a1: ['Script'], a2: ['Past'], b: ['Past'] }),
        slow: slow.handler,
        end: end.handler,
      },
    )
    const { patience, told } = impatient()
    const messages = [of('one', 'a1'), of('one', 'a2'), of('two', 'b')]
    const running = runBatch({ ...chain, signal, patience, messages })
    expect((await told).outcomes).toEqual([null, null, 'finished'])
    expect(end.calls).toEqual([['b']])
    slow.release()
    await running
    expect(end.calls).toEqual([['b'], ['a1', 'a2']])
  })

  it('keeps the order in the chain that called its chain', async () => {
    const slow = held()
    const end = recorder()
    const inner = drawnChain('slow --Success--> back', {
      slow: slow.handler,
      back: perMessage((message) => [{ message, returnAs: 'Done' }]),
    })
    const outer = drawnChain('start --Call--> call\nstart --Past--> end\ncall --Done--> end\nstart --Save--> save', {
      start: byData({ a1: ['Call', 'Save'], a2: ['Past'] }),
      call: perMessage((message) => [{ message, callChain: 'inner' }]),
      end: end.handler,
    })
    const { patience, told } = impatient()
    const callee = () => ({ ...inner, chain: { ...inner.chain, id: 'inner' } })
    const running = runBatch({ ...outer, signal, patience, callee, messages: [of('one', 'a1'), of('one', 'a2')] })
    await told
    expect(end.calls).toEqual([])
    slow.release()
    await running
    expect(end.calls).toEqual([['a1', 'a2']])
  })

  it('that runs out of time costs no other its time', async () => {
    const [first, second] = [held(), held()]
    const chain = drawnChain('start --One--> slow1\nstart --Two--> slow2', {
      start: byData({ a: ['One'], b: ['Two'] }),
      slow1: first.handler,
      slow2: second.handler,
    })
    const { patience, told } = impatient()
    const messages = [of('one', 'a'), of('two', 'b')]
    const running = runBatch({ ...chain, signal, patience, messages, timeLimit: { timeoutMs: 60 } })
    await told
    setTimeout(second.release, 90)
    const { outcomes, deadLetters } = await running
    expect(outcomes).toEqual(['timed-out', 'finished'])
    expect(deadLetters).toMatchObject([{ root: 0, error: '"slow1" did not answer within 60 ms' }])
  })

  it.each([
    ['its own messages alone when it throws', new Error('broken'), ['dead-lettered', 'finished']],
    ['the batch when the environment is away', new AppError('QUEUE_UNAVAILABLE'), 'QUEUE_UNAVAILABLE'],
  ])('fails %s', async (_what, error, expected) => {
    const slow = held()
    const chain = drawnChain('start --Script--> slow\nstart --Save--> save', {
      start: byData({ a: ['Script'], b: ['Save'] }),
      slow: slow.handler,
    })
    const { patience, told } = impatient()
    const running = runBatch({ ...chain, signal, patience, messages: [of('one', 'a'), of('two', 'b')] })
    await told
    slow.fail(error)
    const ended = running.then(
      ({ outcomes }) => outcomes,
      (thrown: unknown) => thrown instanceof AppError && thrown.code,
    )
    expect(await ended).toEqual(expected)
  })
})
