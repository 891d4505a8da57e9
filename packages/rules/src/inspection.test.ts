import { expect, it } from 'vitest'
import { perMessage } from './node.ts'
import { type BatchInput, type InspectedCall, runBatch } from './run-batch.ts'
import { drawnChain, testMessage } from './testing.ts'

const { signal } = new AbortController()
const otherChain = '66666666-6666-4666-8666-666666666666'

/** Runs and tells the calls that were inspected, short: who, what came by which way, what left by which to whom. */
const inspectedRun = async (input: Omit<BatchInput, 'signal' | 'observe'>, wants: (node: string) => boolean) => {
  const seen: InspectedCall[] = []
  const result = await runBatch({
    ...input,
    signal,
    observe: { inspects: ({ node }) => wants(node.name), inspected: (call) => void seen.push(call) },
  })
  const short = seen.map(({ node, arrivals, departures, isResumed }) => ({
    node: node.name,
    ...(isResumed && { isResumed }),
    came: arrivals.map(({ message, via }) => `${message.data} ${via}`.trim()),
    left: departures.map(
      ({ arrival, node: from, connection, error, onward, queueName }) =>
        `${arrival} ${from.name}: ${connection}${error === null ? '' : ` (${error})`}${queueName === undefined ? '' : ` [${queueName}]`} > ${onward.map(({ nodeId }) => nodeId.split('/')[1]).join(' ')}`,
    ),
  }))
  return { seen, short, result }
}
const all = () => true

it('shows what came by which connection and where it went, also for branches and unconnected labels', async () => {
  const chain = drawnChain('split --Even--> left, right\nsplit --Odd--> right', {
    split: perMessage((message) => [{ message, connection: Number(message.data) % 2 === 0 ? 'even' : 'Odd' }]),
  })
  const messages = ['0', '1'].map((data) => testMessage({ data }))
  const { seen, short } = await inspectedRun({ ...chain, messages }, all)
  expect(short).toEqual([
    { node: 'split', came: ['0', '1'], left: ['0 split: even > left right', '1 split: Odd > right'] },
    { node: 'left', came: ['0 even'], left: ['0 left: Success > '] },
    { node: 'right', came: ['0 even', '1 Odd'], left: ['0 right: Success > ', '1 right: Success > '] },
  ])
  // The ids lead from call to call, through the branches.
  const branches = seen[0]?.departures[0]?.onward.map(({ messageId }) => messageId)
  expect(branches).toEqual([seen[1]?.arrivals[0]?.message.id, seen[2]?.arrivals[0]?.message.id])
  expect(new Set([messages[0]?.id, ...(branches ?? [])]).size).toBe(3)
})

it('shows failures with their reason, and messages that ended', async () => {
  const chain = drawnChain('check --Success--> end', {
    check: perMessage((message) => {
      if (message.data === 'bad') throw new Error('cannot read this')
      return [{ message, connection: 'Success' }]
    }),
    end: perMessage(() => []),
  })
  const messages = ['bad', 'good'].map((data) => testMessage({ data }))
  const { short, result } = await inspectedRun({ ...chain, messages }, all)
  expect(short).toEqual([
    {
      node: 'check',
      came: ['bad', 'good'],
      left: ['0 check: Failure (cannot read this) > ', '1 check: Success > end'],
    },
    { node: 'end', came: ['good Success'], left: [] },
  ])
  expect(result.outcomes).toEqual(['dead-lettered', 'finished'])
})

it('follows a message into another chain and back to the node that called it', async () => {
  const called = drawnChain(
    'work --Success--> back',
    { back: perMessage((m) => [{ message: m, returnAs: 'Done' }]) },
    otherChain,
  )
  const chain = drawnChain('call --Done--> after', {
    call: perMessage((message) => [{ message, callChain: otherChain }]),
  })
  const input = { ...chain, messages: [testMessage({ data: '1' })], callee: () => called }
  const { short, seen } = await inspectedRun(input, all)
  expect(seen.map(({ departures }) => departures[0]?.chain.id)).toEqual([
    ...[chain.chain.id, otherChain, chain.chain.id, chain.chain.id],
  ])
  expect(short).toEqual([
    { node: 'call', came: ['1'], left: ['0 call: null > work'] },
    { node: 'work', came: ['1'], left: ['0 work: Success > back'] },
    { node: 'back', came: ['1 Success'], left: ['0 call: Done > after'] },
    { node: 'after', came: ['1 Done'], left: ['0 after: Success > '] },
  ])
})

it('follows a message through another queue', async () => {
  const chain = drawnChain('leave --Success--> end', {
    leave: perMessage((message) => [{ message, queueName: 'HighPriority' }]),
  })
  const queued: Parameters<NonNullable<BatchInput['requeue']>>[0][number][] = []
  const requeue = async (messages: Parameters<NonNullable<BatchInput['requeue']>>[0]) => void queued.push(...messages)
  const message = testMessage({ data: '1' })
  const before = await inspectedRun({ ...chain, messages: [message], requeue }, all)
  expect(before.short).toEqual([{ node: 'leave', came: ['1'], left: ['0 leave: Success [HighPriority] > leave'] }])
  const [sent] = queued
  if (!sent?.message.ruleNodeId) throw new Error('nothing was queued')
  expect(before.seen[0]?.departures[0]?.onward[0]?.messageId).toBe(sent.message.id)
  const from = { nodeId: sent.message.ruleNodeId, connection: 'Success' }
  const after = await inspectedRun({ ...chain, messages: [sent.message], from }, all)
  expect(after.short).toEqual([
    { node: 'leave', isResumed: true, came: ['1'], left: ['0 leave: Success > end'] },
    { node: 'end', came: ['1 Success'], left: ['0 end: Success > '] },
  ])
})

it('shows a node that did not answer in time', async () => {
  const chain = drawnChain('hang', { hang: { handle: () => new Promise(() => {}) } })
  const timeLimit = { timeoutMs: 20 }
  const { short } = await inspectedRun({ ...chain, messages: [testMessage({ data: '1' })], timeLimit }, all)
  expect(short).toMatchObject([{ node: 'hang', left: ['0 hang: null ("hang" did not answer within 20 ms) > '] }])
})

it('tells of each failure, also when nobody inspects the node', async () => {
  const chain = drawnChain('check --Failure--> mend\nmend --Success--> end', {
    check: perMessage((message) => {
      throw new Error(`cannot read ${message.data}`)
    }),
    end: perMessage((message) => [{ message, connection: 'Failure', error: 'at last' }]),
  })
  const failed: string[] = []
  const observe: BatchInput['observe'] = {
    failed: ({ node, message, error }) => void failed.push(`${node.name} ${message.data}: ${error}`),
  }
  await runBatch({ ...chain, messages: [testMessage({ data: 'a' }), testMessage({ data: 'b' })], signal, observe })
  expect(failed).toEqual(['check a: cannot read a', 'check b: cannot read b', 'end a: at last', 'end b: at last'])
})

it('gathers nothing of nodes that nobody looks at', async () => {
  const chain = drawnChain('first --Success--> second')
  const { short } = await inspectedRun({ ...chain, messages: [testMessage()] }, (name) => name === 'second')
  expect(short.map(({ node }) => node)).toEqual(['second'])
})
