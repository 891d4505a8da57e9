import { expect, test } from 'vitest'
import { createWsOutgoing, defaultQueueLimit, type WsPending } from './ws-outgoing.ts'

const setUp = (options: { queueLimit?: number; mayUpdate?: () => boolean } = {}) => {
  const sent: string[] = []
  const sink = { bufferedAmount: 0, send: (text: string) => sent.push(text) }
  const state = { overflows: 0, pending: 0 }
  const outgoing = createWsOutgoing({
    sink,
    queueLimit: options.queueLimit ?? 0,
    mayUpdate: options.mayUpdate ?? (() => true),
    onPending: () => state.pending++,
    onOverflow: () => state.overflows++,
  })
  return { sent, sink, state, outgoing }
}
const slow = 10_000_000
const subscription = (cmdId: number, messages: unknown[]): WsPending & { sheds: number } => ({
  cmdId,
  sheds: 0,
  take: () => messages.splice(0),
  shed() {
    this.sheds++
  },
})

test('answers go out at once, and in order when the client was slow', () => {
  const { sent, sink, outgoing } = setUp()
  outgoing.reply(1, 1)
  sink.bufferedAmount = slow
  outgoing.reply(2, 2)
  outgoing.reply(3, 3)
  expect(outgoing.flush()).toBe(false)
  sink.bufferedAmount = 0
  outgoing.reply(4, 4)
  expect(outgoing.flush()).toBe(true)
  expect(sent).toEqual(['1', '2', '3', '4'])
})

test('changes wait merged until the client can take them, after the answers', () => {
  const { sent, sink, outgoing } = setUp()
  sink.bufferedAmount = slow
  const messages: unknown[] = []
  const one = subscription(1, messages)
  for (let n = 0; n < 10_000; n++) {
    messages[0] = n
    outgoing.changed(one)
  }
  outgoing.reply(2, 'answer')
  expect(outgoing.flush()).toBe(false)
  sink.bufferedAmount = 0
  expect(outgoing.flush()).toBe(true)
  expect(sent).toEqual(['"answer"', '9999'])
})

test('what was unsubscribed is not sent', () => {
  const { sent, outgoing } = setUp()
  const one = subscription(1, ['gone'])
  outgoing.changed(one)
  outgoing.forget(one)
  expect(outgoing.flush()).toBe(true)
  expect(sent).toEqual([])
})

test.each([
  ['the default', 0, defaultQueueLimit],
  ['the limit of the profile', 5, 5],
])('more answers than %s are too many for a client that does not read', (_, queueLimit, most) => {
  const { sink, state, outgoing } = setUp({ queueLimit })
  sink.bufferedAmount = slow
  for (let n = 0; n < most; n++) outgoing.reply(n, n)
  expect(state.overflows).toBe(0)
  outgoing.reply(most, most)
  expect(state.overflows).toBe(1)
})

test('few answers that are very large are too many, too', () => {
  const { sink, state, outgoing } = setUp()
  sink.bufferedAmount = slow
  for (let n = 0; n < 10; n++) outgoing.reply(n, 'x'.repeat(1_000_000))
  expect(state.overflows).toBeGreaterThan(0)
})

test('too many updates are told once until one may go again; answers are dropped, changes wait', () => {
  let isAllowed = true
  const { sent, outgoing } = setUp({ mayUpdate: () => isAllowed })
  const one = subscription(7, ['newest'])
  isAllowed = false
  outgoing.changed(one)
  expect(outgoing.flush()).toBe(false)
  outgoing.reply(8, 'dropped')
  expect(outgoing.flush()).toBe(false)
  expect(sent).toEqual(['{"subscriptionId":7,"errorCode":34,"errorMsg":"Too many updates!"}'])
  expect(one.sheds).toBe(2)
  isAllowed = true
  expect(outgoing.flush()).toBe(true)
  expect(sent.slice(1)).toEqual(['"newest"'])
})
