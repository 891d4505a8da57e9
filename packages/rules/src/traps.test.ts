import type { Message } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { type NodeHandler, perMessage } from './node.ts'
import { runBatch } from './run-batch.ts'
import { drawnChain, passAlong, testMessage } from './testing.ts'

/** What surprises people who know rule chains from elsewhere, as far as routing, acknowledgement and nesting go. */

const { signal } = new AbortController()
const recorder = () => {
  const seen: Message[] = []
  const handler: NodeHandler = perMessage((message) => {
    seen.push(message)
    return [{ message, connection: 'Success' }]
  })
  return { handler, seen }
}
const emitting = (...labels: string[]) => perMessage((message) => labels.map((connection) => ({ message, connection })))

describe('trap 1: fan-out', () => {
  it('two matching connections make copies with ids and metadata of their own', async () => {
    const changes = perMessage((message) => {
      message.metadata.changed = 'by left'
      return [{ message, connection: 'Success' }]
    })
    const right = recorder()
    const chain = drawnChain('start --Success--> left, wait\nwait --Success--> right', {
      left: changes,
      right: right.handler,
    })
    const message = testMessage()
    await runBatch({ ...chain, messages: [message], signal })
    expect(right.seen[0]?.metadata).not.toHaveProperty('changed')
    expect(message.metadata).not.toHaveProperty('changed')
    expect(right.seen[0]?.id).not.toBe(message.id)
  })

  it('several labels of one message with one node behind each make copies, too', async () => {
    const [left, right] = [recorder(), recorder()]
    const chain = drawnChain('start --A--> left\nstart --B--> right', {
      start: emitting('A', 'B'),
      left: left.handler,
      right: right.handler,
    })
    await runBatch({ ...chain, messages: [testMessage()], signal })
    expect(left.seen[0]?.id).not.toBe(right.seen[0]?.id)
    expect(left.seen[0]?.metadata).not.toBe(right.seen[0]?.metadata)
  })

  it('one matching connection passes the same object, however the label is written', async () => {
    const end = recorder()
    const message = testMessage()
    const chain = drawnChain('start --sUCCESS--> end', { end: end.handler })
    await runBatch({ ...chain, messages: [message], signal })
    expect(end.seen[0]).toBe(message)
  })
})

describe('trap 2: labels nobody is wired to', () => {
  it.each([
    [['Success'], 'finished'],
    [['Anything'], 'finished'],
    [['Failure'], 'dead-lettered'],
    [['FAILURE'], 'dead-lettered'],
    [['Failure', 'Other'], 'finished'],
    [['Other', 'failure'], 'finished'],
    [['Failure', 'Failure'], 'dead-lettered'],
    [[], 'finished'],
  ])('%j: %s', async (labels, outcome) => {
    const chain = drawnChain('start', { start: emitting(...labels) })
    const result = await runBatch({ ...chain, messages: [testMessage()], signal })
    expect(result.outcomes).toEqual([outcome])
  })

  it('a failure with a reason fails the message whatever else it emits', async () => {
    const start = perMessage((message) => [
      { message, connection: 'Other' },
      { message, connection: 'Failure', error: 'half of it failed' },
    ])
    const result = await runBatch({ ...drawnChain('start', { start }), messages: [testMessage()], signal })
    expect(result.deadLetters).toMatchObject([{ error: 'half of it failed' }])
  })
})

describe('trap 7: nested chains', () => {
  const call = perMessage((message) => [{ message, callChain: 'inner' }])

  it('the end of a called chain without an output node does not return', async () => {
    const after = recorder()
    const outer = drawnChain('call --Success--> after', { call, after: after.handler })
    const result = await runBatch({
      ...outer,
      messages: [testMessage()],
      signal,
      callee: () => drawnChain('work', {}, 'inner'),
    })
    expect(after.seen).toEqual([])
    expect(result.outcomes).toEqual(['finished'])
  })

  it('a failure nobody handles inside a called chain does not come out of the caller', async () => {
    const rescue = recorder()
    const outer = drawnChain('call --Failure--> rescue', { call, rescue: rescue.handler })
    const inner = drawnChain('work', { work: passAlong('Failure') }, 'inner')
    const result = await runBatch({ ...outer, messages: [testMessage()], signal, callee: () => inner })
    expect(rescue.seen).toEqual([])
    expect(result.deadLetters).toMatchObject([{ nodeName: 'work', ruleChainId: 'inner' }])
  })

  it('an output node takes its name as the connection, in any case', async () => {
    const after = recorder()
    const outer = drawnChain('call --All Done--> after', { call, after: after.handler })
    const out = perMessage((message) => [{ message, returnAs: 'all done' }])
    const inner = drawnChain('out', { out }, 'inner')
    await runBatch({ ...outer, messages: [testMessage()], signal, callee: () => inner })
    expect(after.seen).toHaveLength(1)
  })
})

describe('trap 18: acknowledging instead of forwarding', () => {
  it('a node that lets a message end finishes it, and nothing goes along Success', async () => {
    const after = recorder()
    const chain = drawnChain('swallow --Success--> after', { swallow: { handle: () => [] }, after: after.handler })
    const result = await runBatch({ ...chain, messages: [testMessage()], signal })
    expect(result).toEqual({ outcomes: ['finished'], deadLetters: [] })
    expect(after.seen).toEqual([])
  })
})
