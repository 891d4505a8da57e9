import { AppError, type Message } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { type NodeHandler, perMessage } from './node.ts'
import { type BatchInput, runBatch } from './run-batch.ts'
import { drawnChain, passAlong, testMessage } from './testing.ts'

const { signal } = new AbortController()

/** Remembers the data of what it got, call by call, and passes it on. */
const recorder = () => {
  const calls: Message[][] = []
  const handler: NodeHandler = {
    handle: (batch) => {
      calls.push([...batch])
      return batch.map((message) => ({ message, connection: 'Success' }))
    },
  }
  return { handler, calls, data: () => calls.map((call) => call.map(({ data }) => data)) }
}

const numbered = (count: number): Message[] => Array.from({ length: count }, (_, n) => testMessage({ data: String(n) }))

const evenOdd = perMessage((message) => [{ message, connection: Number(message.data) % 2 === 0 ? 'Even' : 'Odd' }])

const run = (input: Partial<BatchInput> & Pick<BatchInput, 'chain' | 'instances' | 'messages'>) =>
  runBatch({ signal, ...input })

describe('routing', () => {
  it('calls a node once with all messages that reach it, whatever way they took, in batch order', async () => {
    //            Even ┌───────────┐
    //   split ────────┤           ├──▶ save
    //            Odd  └──▶ slow ──┘
    const save = recorder()
    const chain = drawnChain('split --Even--> save\nsplit --Odd--> slow\nslow --Success--> save', {
      split: evenOdd,
      save: save.handler,
    })
    const result = await run({ ...chain, messages: numbered(5) })
    expect(save.data()).toEqual([['0', '1', '2', '3', '4']])
    expect(result).toEqual({ outcomes: Array(5).fill('finished'), deadLetters: [] })
  })

  it('gives every branch of a fan-out an id and metadata of its own', async () => {
    //          ┌─▶ left
    //   start ─┤
    //          └─▶ right
    const left = recorder()
    const right = recorder()
    const chain = drawnChain('start --Success--> left, right', { left: left.handler, right: right.handler })
    const message = testMessage()
    await run({ ...chain, messages: [message] })
    const [a, b] = [left.calls[0]?.[0], right.calls[0]?.[0]]
    expect(new Set([message.id, a?.id, b?.id]).size).toBe(3)
    expect(a?.metadata).toEqual(message.metadata)
    expect(a?.metadata).not.toBe(b?.metadata)
  })

  it('passes the same object along a single connection', async () => {
    const end = recorder()
    const message = testMessage()
    await run({ ...drawnChain('start --Success--> end', { end: end.handler }), messages: [message] })
    expect(end.calls[0]?.[0]).toBe(message)
  })

  it('matches labels in any case', async () => {
    const end = recorder()
    const chain = drawnChain('start --Post TELEMETRY--> end', { start: passAlong('post telemetry'), end: end.handler })
    await run({ ...chain, messages: numbered(1) })
    expect(end.calls).toHaveLength(1)
  })

  it('finishes a message on a connection nobody is wired to', async () => {
    const result = await run({ ...drawnChain('only', { only: passAlong('Elsewhere') }), messages: numbered(1) })
    expect(result.outcomes).toEqual(['finished'])
  })

  it('finishes a message the node does not let go', async () => {
    const end = recorder()
    const chain = drawnChain('start --Success--> end', { start: { handle: () => [] }, end: end.handler })
    const result = await run({ ...chain, messages: numbered(2) })
    expect(end.calls).toEqual([])
    expect(result.outcomes).toEqual(['finished', 'finished'])
  })

  it('keeps the parts of a split message in order, each with its own id', async () => {
    const end = recorder()
    const split = perMessage((message) =>
      ['a', 'b', 'c'].map((data) => ({ message: { ...message, data }, connection: 'Success' })),
    )
    const chain = drawnChain('split --Success--> end', { split, end: end.handler })
    await run({ ...chain, messages: numbered(1) })
    expect(end.data()).toEqual([['a', 'b', 'c']])
    expect(new Set(end.calls[0]?.map(({ id }) => id)).size).toBe(3)
  })

  it('enters at the named node of a message, and finishes it when that node is gone', async () => {
    const first = recorder()
    const second = recorder()
    const chain = drawnChain('first --Success--> second', { first: first.handler, second: second.handler })
    const at = (name: string) => testMessage({ data: name, ruleNodeId: `${chain.chain.id}/${name}` })
    const result = await run({ ...chain, messages: [at('second'), at('gone')] })
    expect(first.calls).toEqual([])
    expect(second.data()).toEqual([['second']])
    expect(result.outcomes).toEqual(['finished', 'finished'])
  })

  it('enters along a connection as if the node had just emitted it', async () => {
    const first = recorder()
    const second = recorder()
    const chain = drawnChain('first --Later--> second', { first: first.handler, second: second.handler })
    await run({ ...chain, messages: numbered(2), from: { nodeId: `${chain.chain.id}/first`, connection: 'Later' } })
    expect(first.calls).toEqual([])
    expect(second.data()).toEqual([['0', '1']])
  })

  it('keeps two messages with one id apart', async () => {
    const end = recorder()
    const backwards: NodeHandler = {
      handle: (batch) => [...batch].reverse().map((message) => ({ message, connection: 'Success' })),
    }
    const chain = drawnChain('start --Success--> end', { start: backwards, end: end.handler })
    const twin = testMessage({ data: 'a' })
    const result = await run({ ...chain, messages: [twin, { ...twin, data: 'b' }, testMessage({ data: 'c' })] })
    expect(end.data()).toEqual([['a', 'b', 'c']])
    expect(result.outcomes).toHaveLength(3)
  })
})

describe('failures', () => {
  const poisonOne = perMessage((message) => {
    if (message.data === '1') throw new Error('cannot read this')
    return [{ message, connection: 'Success' }]
  })

  it('dead-letters only the failing message when Failure is not wired', async () => {
    const chain = drawnChain('check --Success--> end', { check: poisonOne })
    const result = await run({ ...chain, messages: numbered(3) })
    expect(result.outcomes).toEqual(['finished', 'dead-lettered', 'finished'])
    expect(result.deadLetters).toMatchObject([
      { root: 1, message: { data: '1' }, ruleChainId: chain.chain.id, nodeName: 'check', error: 'cannot read this' },
    ])
  })

  it('sends it along Failure when that is wired', async () => {
    const rescue = recorder()
    const chain = drawnChain('check --Failure--> rescue', { check: poisonOne, rescue: rescue.handler })
    const result = await run({ ...chain, messages: numbered(3) })
    expect(rescue.data()).toEqual([['1']])
    expect(result.deadLetters).toEqual([])
  })

  it('fails every message of the call when the handler throws', async () => {
    const broken: NodeHandler = { handle: () => Promise.reject(new TypeError('boom')) }
    const result = await run({ ...drawnChain('broken', { broken }), messages: numbered(2) })
    expect(result.deadLetters.map(({ error }) => error)).toEqual(['boom', 'boom'])
  })

  it('fails every message of the call when the node returns a message it was not given', async () => {
    const forger: NodeHandler = { handle: () => [{ message: testMessage(), connection: 'Success' }] }
    const result = await run({ ...drawnChain('forger --Success--> end', { forger }), messages: numbered(2) })
    expect(result.outcomes).toEqual(['dead-lettered', 'dead-lettered'])
    expect(result.deadLetters[0]?.error).toContain('a message it was not given')
  })

  it('fails messages at a node that could not start with the reason of that', async () => {
    const rescue = recorder()
    const wired = drawnChain('dead --Failure--> rescue', { dead: 'Unknown node type x.Y', rescue: rescue.handler })
    await run({ ...wired, messages: numbered(1) })
    expect(rescue.calls).toHaveLength(1)
    const bare = await run({ ...drawnChain('dead', { dead: 'Unknown node type x.Y' }), messages: numbered(1) })
    expect(bare.deadLetters[0]?.error).toBe('Unknown node type x.Y')
  })

  it('treats a Failure emitted as a plain label like any failure', async () => {
    const result = await run({ ...drawnChain('switch', { switch: passAlong('Failure') }), messages: numbered(1) })
    expect(result.outcomes).toEqual(['dead-lettered'])
  })

  it('rejects with nothing settled when the environment is away, whichever node meets it', async () => {
    //   store ──▶ away      (a database outage must not dead-letter what it touches)
    const away: NodeHandler = { handle: () => Promise.reject(new AppError('DATABASE_UNAVAILABLE')) }
    const awayPerMessage = perMessage(() => {
      throw new AppError('QUEUE_UNAVAILABLE')
    })
    for (const handler of [away, awayPerMessage]) {
      const chain = drawnChain('store --Success--> away\naway --Failure--> rescue', { away: handler })
      await expect(run({ ...chain, messages: numbered(2) })).rejects.toMatchObject({ act: 'environment' })
    }
  })

  it('rejects with the reason of an abort, also when the node throws because of it', async () => {
    const controller = new AbortController()
    const giveUp: NodeHandler = {
      handle: (_, given) => {
        controller.abort(new Error('shutting down'))
        given.throwIfAborted()
        return []
      },
    }
    const chain = drawnChain('wait --Success--> end', { wait: giveUp })
    await expect(run({ ...chain, messages: numbered(1), signal: controller.signal })).rejects.toThrow('shutting down')
  })

  it('dead-letters a message that passes more nodes than the tenant allows', async () => {
    const chain = drawnChain('a --Success--> b\nb --Success--> c\nc --Failure--> d')
    const input = { ...chain, messages: numbered(1) }
    const tooMany = await run({ ...input, limits: { maxRuleNodeExecutionsPerMessage: 2 } })
    expect(tooMany.deadLetters[0]).toMatchObject({
      nodeName: 'c',
      error: 'Message is processed by more than 2 rule nodes!',
    })
    const enough = await run({ ...input, limits: { maxRuleNodeExecutionsPerMessage: 3 } })
    expect(enough.outcomes).toEqual(['finished'])
  })

  it('bounds the branches of one message in a drawing that doubles them at every step', async () => {
    //   n0 ─┬─▶ l0 ─┬─▶ n1 ─┬─▶ …   twenty times
    //       └─▶ r0 ─┘       └─▶
    const steps = Array.from(
      { length: 20 },
      (_, n) => `n${n} --Success--> l${n}, r${n}\nl${n} --Success--> n${n + 1}\nr${n} --Success--> n${n + 1}`,
    )
    const result = await run({
      ...drawnChain(steps.join('\n')),
      messages: numbered(1),
      limits: { maxBranchesPerMessage: 100 },
    })
    expect(result.outcomes).toEqual(['dead-lettered'])
    expect(result.deadLetters[0]?.error).toBe('Message has more than 100 branches!')
  })
})

describe('outcomes', () => {
  const store = perMessage((message) => [{ message, connection: 'Success', stored: true }])

  it('counts a message as stored when any branch was stored and none was lost', async () => {
    const chain = drawnChain('start --Success--> store, other', { store })
    expect((await run({ ...chain, messages: numbered(1) })).outcomes).toEqual(['stored'])
    const lossy = drawnChain('start --Success--> store, other', { store, other: 'not running' })
    expect((await run({ ...lossy, messages: numbered(1) })).outcomes).toEqual(['dead-lettered'])
  })

  it('keeps what was acknowledged out of the dead letters', async () => {
    const ack = perMessage((message) => [{ message, connection: 'Success', acknowledged: true }])
    const chain = drawnChain('ack --Success--> dead', { ack, dead: 'not running' })
    expect(await run({ ...chain, messages: numbered(1) })).toEqual({ outcomes: ['finished'], deadLetters: [] })
  })

  it('tells the observer counts per node call and per connection', async () => {
    const seen: unknown[] = []
    const chain = drawnChain('split --Even--> end\nsplit --Odd--> bad', { split: evenOdd, bad: 'not running' })
    await run({
      ...chain,
      messages: numbered(5),
      observe: {
        nodeCalled: ({ nodeIndex, messages, failures }) => seen.push([nodeIndex, messages, failures]),
        connectionPassed: ({ nodeIndex, connection, messages }) => seen.push([nodeIndex, connection, messages]),
      },
    })
    expect(seen).toEqual([
      [0, 'Even', 3],
      [0, 'Odd', 2],
      [0, 5, 0],
      [1, 'Success', 3],
      [1, 3, 0],
      [2, 'Failure', 2],
      [2, 2, 2],
    ])
  })
})

describe('nested chains', () => {
  const call = (callChain: string) => perMessage((message) => [{ message, callChain }])
  const output = (returnAs: string) => perMessage((message) => [{ message, returnAs }])

  it('comes back by the output node to the connection of its name', async () => {
    //   call ──Good──▶ good        inner:  split ──Even──▶ [Good]
    //     └────Bad───▶ bad                   └────Odd───▶ [Bad]
    const [good, bad] = [recorder(), recorder()]
    const outer = drawnChain('call --Good--> good\ncall --Bad--> bad', {
      call: call('inner'),
      good: good.handler,
      bad: bad.handler,
    })
    const inner = drawnChain(
      'split --Even--> yes\nsplit --Odd--> no',
      { split: evenOdd, yes: output('Good'), no: output('Bad') },
      'inner',
    )
    const result = await run({ ...outer, messages: numbered(4), callee: () => inner })
    expect(good.data()).toEqual([['0', '2']])
    expect(bad.data()).toEqual([['1', '3']])
    expect(result.deadLetters).toEqual([])
  })

  it('merges the calls of two nodes into one pass and returns each message to its own caller', async () => {
    const worker = recorder()
    const [a, b] = [recorder(), recorder()]
    const outer = drawnChain('split --Even--> callA\nsplit --Odd--> callB\ncallA --Done--> a\ncallB --Done--> b', {
      split: evenOdd,
      callA: call('inner'),
      callB: call('inner'),
      a: a.handler,
      b: b.handler,
    })
    const inner = drawnChain('work --Success--> out', { work: worker.handler, out: output('Done') }, 'inner')
    await run({ ...outer, messages: numbered(4), callee: () => inner })
    expect(a.data()).toEqual([['0', '2']])
    expect(b.data()).toEqual([['1', '3']])
  })

  it('does not come back from a chain that simply ends, and finishes at an output nobody called', async () => {
    const after = recorder()
    const outer = drawnChain('call --Success--> after', { call: call('inner'), after: after.handler })
    const inner = drawnChain('work', {}, 'inner')
    const ended = await run({ ...outer, messages: numbered(1), callee: () => inner })
    expect(after.calls).toEqual([])
    expect(ended.outcomes).toEqual(['finished'])
    const lone = await run({ ...drawnChain('out', { out: output('Done') }), messages: numbered(1) })
    expect(lone.outcomes).toEqual(['finished'])
  })

  it('fails a call of the own chain, of a missing chain, and a circle of chains', async () => {
    const self = drawnChain('call', { call: call('self') }, 'self')
    const own = await run({ ...self, messages: numbered(1), callee: () => self })
    expect(own.deadLetters[0]?.error).toBe('A rule chain must not call itself')

    const missing = await run({ ...drawnChain('call', { call: call('nowhere') }), messages: numbered(1) })
    expect(missing.deadLetters[0]?.error).toBe('Rule chain nowhere was not found')

    //   ping: call ──▶ pong: call ──▶ ping …
    const chains = new Map([
      ['ping', drawnChain('call', { call: call('pong') }, 'ping')],
      ['pong', drawnChain('call', { call: call('ping') }, 'pong')],
    ])
    const ping = chains.get('ping')
    if (!ping) throw new Error('no chain')
    const circle = await run({ ...ping, messages: numbered(1), callee: async (id) => chains.get(id) })
    expect(circle.deadLetters[0]?.error).toContain('Detected rule chain processing loop')
  })

  it('gives each branch its own way back', async () => {
    const after = recorder()
    const outer = drawnChain('call --Done--> after', { call: call('inner'), after: after.handler })
    const inner = drawnChain('fork --Success--> out1, out2', { out1: output('Done'), out2: output('done') }, 'inner')
    await run({ ...outer, messages: numbered(2), callee: () => inner })
    expect(after.data().flat().sort()).toEqual(['0', '0', '1', '1'])
  })
})
