import { AppError, type Message } from '@thingwire/contracts'
import { describe, expect, it, vi } from 'vitest'
import { type NodeHandler, perMessage } from './node.ts'
import { type BatchInput, runBatch } from './run-batch.ts'
import { drawnChain, testMessage } from './testing.ts'

const { signal } = new AbortController()

const recorder = () => {
  const seen: Message[] = []
  const handler = perMessage((message) => {
    seen.push(message)
    return [{ message, connection: 'Success' }]
  })
  return { handler, seen }
}

/** Never answers; tells of the signal it was given. */
const hanging = () => {
  const signals: AbortSignal[] = []
  const handler: NodeHandler = {
    handle: (_, given) => {
      signals.push(given)
      return new Promise(() => {})
    },
  }
  return { handler, signals }
}

const run = (input: Partial<BatchInput> & Pick<BatchInput, 'chain' | 'instances' | 'messages'>) =>
  runBatch({ signal, ...input })

const evenOdd = perMessage((message) => [{ message, connection: Number(message.data) % 2 === 0 ? 'Even' : 'Odd' }])
const numbered = (count: number): Message[] => Array.from({ length: count }, (_, n) => testMessage({ data: String(n) }))

describe('time limit', () => {
  it('gives up the call of a node that hangs, and its neighbours go on', async () => {
    //   split ──Even──▶ hang ──▶ end        other messages reach their end all the same
    //     └─────Odd───▶ fine
    const hang = hanging()
    const fine = recorder()
    const end = recorder()
    const chain = drawnChain('split --Even--> hang\nsplit --Odd--> fine\nhang --Success--> end', {
      split: evenOdd,
      hang: hang.handler,
      fine: fine.handler,
      end: end.handler,
    })
    const result = await run({ ...chain, messages: numbered(4), timeLimit: { timeoutMs: 20 } })
    expect(result.outcomes).toEqual(['timed-out', 'finished', 'timed-out', 'finished'])
    expect(result.deadLetters.map(({ root, error }) => [root, error])).toEqual([
      [0, '"hang" did not answer within 20 ms'],
      [2, '"hang" did not answer within 20 ms'],
    ])
    expect(fine.seen).toHaveLength(2)
    expect(end.seen).toEqual([])
    expect(hang.signals[0]?.aborted).toBe(true)
  })

  it('ignores what a node lets go after its call was given up', async () => {
    const answers: (() => void)[] = []
    const late: NodeHandler = {
      handle: (batch) =>
        new Promise((resolve) => {
          answers.push(() => resolve(batch.map((message) => ({ message, connection: 'Success', stored: true }))))
        }),
    }
    const end = recorder()
    const chain = drawnChain('late --Success--> end', { late, end: end.handler })
    const result = await run({ ...chain, messages: numbered(1), timeLimit: { timeoutMs: 10 } })
    for (const answer of answers) answer()
    await Promise.resolve()
    expect(result.outcomes).toEqual(['timed-out'])
    expect(end.seen).toEqual([])
  })

  it('gives nodes behind a call that was given up time of their own', async () => {
    const slow: NodeHandler = {
      handle: async (batch) => {
        await new Promise((resolve) => setTimeout(resolve, 30))
        return batch.map((message) => ({ message, connection: 'Success' }))
      },
    }
    const chain = drawnChain('split --Even--> hang\nsplit --Odd--> slow', {
      split: evenOdd,
      hang: hanging().handler,
      slow,
    })
    const result = await run({ ...chain, messages: numbered(2), timeLimit: { timeoutMs: 60 } })
    expect(result.outcomes).toEqual(['timed-out', 'finished'])
  })

  it('lets nobody run out of time while the store is what is waited for', async () => {
    let isPaused = true
    const answers: (() => void)[] = []
    const store: NodeHandler = {
      handle: (batch) =>
        new Promise((resolve) => {
          answers.push(() => resolve(batch.map((message) => ({ message, connection: 'Success', stored: true }))))
        }),
    }
    vi.useFakeTimers()
    try {
      const done = run({
        ...drawnChain('store', { store }),
        messages: numbered(1),
        timeLimit: { timeoutMs: 1_000, isPaused: () => isPaused },
      })
      await vi.advanceTimersByTimeAsync(60_000)
      isPaused = false
      for (const answer of answers) answer()
      expect((await done).outcomes).toEqual(['stored'])
    } finally {
      vi.useRealTimers()
    }
  })

  it('leaves a node that hangs at once when the batch is given up', async () => {
    const controller = new AbortController()
    const done = run({
      ...drawnChain('hang', { hang: hanging().handler }),
      messages: numbered(1),
      signal: controller.signal,
      timeLimit: { timeoutMs: 60_000 },
    })
    controller.abort(new Error('shutting down'))
    await expect(done).rejects.toThrow('shutting down')
  })

  it('does not count what was acknowledged before the node that hangs', async () => {
    const ack = perMessage((message) => [{ message, connection: 'Success', acknowledged: true }])
    const chain = drawnChain('ack --Success--> hang', { ack, hang: hanging().handler })
    const result = await run({ ...chain, messages: numbered(1), timeLimit: { timeoutMs: 10 } })
    expect(result).toEqual({ outcomes: ['finished'], deadLetters: [] })
  })
})

describe('limits on how often', () => {
  const limited = perMessage(() => {
    throw new AppError('RATE_LIMITED')
  })

  it('count as success when nobody listens to Failure', async () => {
    const result = await run({ ...drawnChain('limited', { limited }), messages: numbered(1) })
    expect(result).toEqual({ outcomes: ['finished'], deadLetters: [] })
  })

  it('take Failure like any other when somebody does', async () => {
    const rescue = recorder()
    const chain = drawnChain('limited --Failure--> rescue', { limited, rescue: rescue.handler })
    await run({ ...chain, messages: numbered(2) })
    expect(rescue.seen).toHaveLength(2)
  })
})

describe('leaving through a queue', () => {
  const leave = perMessage((message) => [{ message, queueName: 'HighPriority' }])
  const requeued: { queueName: string | null; message: Message }[] = []
  const requeue: BatchInput['requeue'] = async (messages) => void requeued.push(...messages)

  it('carries on behind the node in another batch, with an id of its own and the count of nodes', async () => {
    requeued.length = 0
    const after = recorder()
    const chain = drawnChain('first --Success--> leave\nleave --Success--> after', { leave, after: after.handler })
    const [message] = numbered(1)
    const result = await run({ ...chain, messages: message ? [message] : [], requeue })
    expect(result.outcomes).toEqual(['finished'])
    expect(after.seen).toEqual([])
    expect(requeued).toMatchObject([
      {
        queueName: 'HighPriority',
        message: { data: '0', ruleNodeId: `${chain.chain.id}/leave`, connection: 'Success', executions: 2 },
      },
    ])
    const copy = requeued[0]?.message
    if (!copy) throw new Error('nothing left')
    expect(copy.id).not.toBe(message?.id)
    const input = { ...chain, messages: [copy], from: { nodeId: copy.ruleNodeId ?? '', connection: 'Success' } }
    const over = await run({ ...input, limits: { maxRuleNodeExecutionsPerMessage: 2 } })
    expect(over.deadLetters[0]?.error).toBe('Message is processed by more than 2 rule nodes!')
    await run({ ...input, limits: { maxRuleNodeExecutionsPerMessage: 3 } })
    expect(after.seen).toHaveLength(1)
    expect(after.seen[0]).not.toHaveProperty('executions')
  })

  it('fails a message whose copy cannot be queued, and settles nothing while the queue is away', async () => {
    const refusing = (error: Error) => async () => Promise.reject(error)
    const chain = drawnChain('leave', { leave })
    const lost = await run({ ...chain, messages: numbered(1), requeue: refusing(new Error('too large')) })
    expect(lost.deadLetters).toMatchObject([{ nodeName: 'leave', error: 'too large' }])
    const away = run({ ...chain, messages: numbered(1), requeue: refusing(new AppError('QUEUE_UNAVAILABLE')) })
    await expect(away).rejects.toMatchObject({ act: 'environment' })
  })

  it('finds the way back to the chain that called, in the batch that goes on', async () => {
    //   outer: call ──Done──▶ end        inner: leave ──▶ [Done]
    requeued.length = 0
    const end = recorder()
    const outer = drawnChain('call --Done--> end', {
      call: perMessage((message) => [{ message, callChain: 'inner' }]),
      end: end.handler,
    })
    const out = perMessage((message) => [{ message, returnAs: 'Done' }])
    const inner = drawnChain('leave --Success--> out', { leave, out }, 'inner')
    const chains = new Map([outer, inner].map((one) => [one.chain.id, one]))
    const callee = (id: string) => chains.get(id)
    await run({ ...outer, messages: numbered(1), requeue, callee })
    expect(requeued[0]?.message.callers).toEqual([
      { ruleChainId: outer.chain.id, ruleNodeId: `${outer.chain.id}/call` },
    ])
    const from = { nodeId: 'inner/leave', connection: 'Success' }
    const messages = requeued.map(({ message }) => message)
    await run({ ...inner, messages, callee, from })
    expect(end.seen.map(({ data }) => data)).toEqual(['0'])
    expect(end.seen[0]).not.toHaveProperty('callers')
    // The caller was deleted meanwhile: nobody is there to return to.
    chains.delete(outer.chain.id)
    expect((await run({ ...inner, messages, callee, from })).outcomes).toEqual(['finished'])
  })

  it('still finds circles of chains that lead through a queue', async () => {
    requeued.length = 0
    const call = (id: string) => perMessage((message) => [{ message, callChain: id }])
    const ping = drawnChain('leave --Success--> call', { leave, call: call('pong') }, 'ping')
    const pong = drawnChain('call', { call: call('ping') }, 'pong')
    const chains = new Map([ping, pong].map((one) => [one.chain.id, one]))
    const callee = (id: string) => chains.get(id)
    let messages = numbered(1)
    let letters: readonly { error: string }[] = []
    for (let round = 0; round < 5 && letters.length === 0; round++) {
      requeued.length = 0
      const from = round === 0 ? null : { nodeId: 'ping/leave', connection: 'Success' }
      const result = await run({ ...ping, messages, requeue, callee, ...(from && { from }) })
      letters = result.deadLetters
      messages = requeued.map(({ message }) => message)
    }
    expect(letters).toMatchObject([{ error: expect.stringContaining('Detected rule chain processing loop') }])
  })

  it('keeps the way back on a dead letter', async () => {
    const outer = drawnChain('call', { call: perMessage((message) => [{ message, callChain: 'inner' }]) })
    const inner = drawnChain('dead', { dead: 'not running' }, 'inner')
    const result = await run({ ...outer, messages: numbered(1), callee: () => inner })
    expect(result.deadLetters[0]?.message.callers).toHaveLength(1)
  })
})
