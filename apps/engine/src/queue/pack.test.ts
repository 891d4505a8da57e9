import type { Message } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { type AttemptOutcome, Pack } from './pack.ts'
import type { QueueSettings } from './queue-settings.ts'

const message = (originator: string, tenantId = 't1'): Message => ({
  id: crypto.randomUUID(),
  ts: 1,
  type: 'POST_TELEMETRY_REQUEST',
  tenantId,
  originator: { entityType: 'DEVICE', id: originator },
  customerId: null,
  metadata: {},
  dataType: 'JSON',
  data: '{}',
  ruleChainId: null,
  ruleNodeId: null,
})

const skip: QueueSettings['processing'] = {
  type: 'SKIP_ALL_FAILURES',
  retries: 3,
  failurePercentage: 0,
  pauseMs: 100,
  maxPauseMs: 100,
}
const burst = { type: 'BURST', batchSize: 1_000 } as const

/**
 * Runs a pack with a clock of its own. `bad` says how a message fails at its nth try (from 0). Answers what ran when, as
 * `ms: indexes`, and who was given up.
 */
const play = (
  messages: readonly Message[],
  submit: QueueSettings['submit'],
  processing: QueueSettings['processing'],
  bad: (index: number, attempt: number) => AttemptOutcome = () => 'succeeded',
) => {
  const pack = new Pack(messages, submit)
  const tries = messages.map(() => 0)
  const last: AttemptOutcome[] = messages.map(() => 'succeeded')
  const ran: string[] = []
  let now = 0
  for (let step = 0; step < 200; step++) {
    const next = pack.next(now, processing)
    if (next.kind === 'ended')
      return { ran, givenUp: last.flatMap((outcome, n) => (outcome === 'succeeded' ? [] : [n])) }
    if (next.kind === 'wait') {
      now = next.untilMs
      continue
    }
    ran.push(`${now}: ${next.indexes.join(' ')}`)
    const outcomes = next.indexes.map((index) => {
      const outcome = bad(index, tries[index] ?? 0)
      tries[index] = (tries[index] ?? 0) + 1
      last[index] = outcome
      return outcome
    })
    pack.report(next.indexes, outcomes, processing, now)
  }
  throw new Error('The pack does not end')
}

const five = ['a', 'b', 'a', 'c', 'a'].map((originator) => message(originator))

test.each([
  ['BURST: all at once', burst, ['0: 0 1 2 3 4']],
  ['BATCH: some at a time', { type: 'BATCH', batchSize: 2 }, ['0: 0 1', '0: 2 3', '0: 4']],
  ['SEQUENTIAL: one by one', { type: 'SEQUENTIAL', batchSize: 1 }, ['0: 0', '0: 1', '0: 2', '0: 3', '0: 4']],
  [
    'SEQUENTIAL_BY_ORIGINATOR: the nth of every originator together',
    { type: 'SEQUENTIAL_BY_ORIGINATOR', batchSize: 1 },
    ['0: 0 1 3', '0: 2', '0: 4'],
  ],
  [
    'SEQUENTIAL_BY_TENANT: one by one, for there is one tenant',
    { type: 'SEQUENTIAL_BY_TENANT', batchSize: 1 },
    ['0: 0', '0: 1', '0: 2', '0: 3', '0: 4'],
  ],
] as const)('%s', (_name, submit, expected) => {
  expect(play(five, submit, skip)).toEqual({ ran: expected, givenUp: [] })
})

test('SEQUENTIAL_BY_TENANT: tenants do not wait for each other', () => {
  const messages = [message('a', 't1'), message('b', 't1'), message('c', 't2')]
  expect(play(messages, { type: 'SEQUENTIAL_BY_TENANT', batchSize: 1 }, skip).ran).toEqual(['0: 0 2', '0: 1'])
})

test.each(['SKIP_ALL_FAILURES', 'SKIP_ALL_FAILURES_AND_TIMED_OUT'] as const)(
  'trap 8: under %s what stands behind a failure in its lane still runs',
  (type) => {
    const first = (index: number): AttemptOutcome => (index === 0 ? 'failed' : 'succeeded')
    const played = play(five, { type: 'SEQUENTIAL', batchSize: 1 }, { ...skip, type }, first)
    expect(played.ran).toHaveLength(5)
    expect(played.givenUp).toEqual([0])
  },
)

/** 0 fails, 1 takes too long, 2 is fine; always. */
const mixed = (index: number): AttemptOutcome => (['failed', 'timed-out', 'succeeded'] as const)[index] ?? 'succeeded'
test.each([
  ['SKIP_ALL_FAILURES', ['0: 0 1 2']],
  ['SKIP_ALL_FAILURES_AND_TIMED_OUT', ['0: 0 1 2']],
  ['RETRY_FAILED', ['0: 0 1 2', '100: 0', '200: 0']],
  ['RETRY_TIMED_OUT', ['0: 0 1 2', '100: 1', '200: 1']],
  ['RETRY_FAILED_AND_TIMED_OUT', ['0: 0 1 2', '100: 0 1', '200: 0 1']],
  ['RETRY_ALL', ['0: 0 1 2', '100: 0 1 2', '200: 0 1 2']],
] as const)('%s with two retries tries again what it names, and gives up the rest', (type, expected) => {
  const messages = ['a', 'b', 'c'].map((originator) => message(originator))
  expect(play(messages, burst, { ...skip, type, retries: 2 }, mixed)).toEqual({ ran: expected, givenUp: [0, 1] })
})

test('zero retries are retries without end', () => {
  const heals = (_index: number, attempt: number): AttemptOutcome => (attempt < 50 ? 'failed' : 'succeeded')
  const played = play([message('a')], burst, { ...skip, type: 'RETRY_FAILED', retries: 0 }, heals)
  expect(played.ran).toHaveLength(51)
  expect(played.givenUp).toEqual([])
})

test('the pause doubles up to the longest, and stays when that is not longer', () => {
  const always = (): AttemptOutcome => 'failed'
  const retry = { ...skip, type: 'RETRY_FAILED', retries: 5 } as const
  const at = (processing: QueueSettings['processing']) =>
    play([message('a')], burst, processing, always).ran.map((line) => Number(line.split(':')[0]))
  expect(at({ ...retry, maxPauseMs: 500 })).toEqual([0, 100, 300, 700, 1_200, 1_700])
  expect(at(retry)).toEqual([0, 100, 200, 300, 400, 500])
  // No pause at all would leave the process no time for anything else.
  expect(at({ ...retry, pauseMs: 0, maxPauseMs: 0 })).toEqual([0, 50, 100, 150, 200, 250])
})

test('a message that is tried again keeps back its own lane only', () => {
  const once = (index: number, attempt: number): AttemptOutcome => (index === 0 && attempt < 2 ? 'failed' : 'succeeded')
  const sequential = { type: 'SEQUENTIAL_BY_ORIGINATOR', batchSize: 1 } as const
  const messages = ['a', 'b', 'a', 'b'].map((originator) => message(originator))
  const played = play(messages, sequential, { ...skip, type: 'RETRY_FAILED_AND_TIMED_OUT' }, once)
  expect(played.ran).toEqual(['0: 0 1', '0: 3', '100: 0', '200: 0', '200: 2'])
})

test('RETRY_ALL holds back what stands behind a failure until all run again', () => {
  const once = (index: number, attempt: number): AttemptOutcome => (index === 1 && attempt < 1 ? 'failed' : 'succeeded')
  const messages = ['a', 'a', 'a', 'b'].map((originator) => message(originator))
  const sequential = { type: 'SEQUENTIAL_BY_ORIGINATOR', batchSize: 1 } as const
  expect(play(messages, sequential, { ...skip, type: 'RETRY_ALL' }, once).ran).toEqual([
    '0: 0 3',
    '0: 1',
    '100: 0 3',
    '100: 1',
    '100: 2',
  ])
})

test.each([
  ['0 is not looked at', 0, 4],
  ['a share that is exceeded ends the retries', 0.4, 1],
  ['a share that is just reached does not', 0.5, 4],
  ['trap 17: 50 means fifty times the pack, so it never matters', 50, 4],
])('failure percentage: %s', (_name, failurePercentage, runs) => {
  const half = (index: number): AttemptOutcome => (index % 2 === 0 ? 'failed' : 'succeeded')
  const messages = ['a', 'b', 'c', 'd'].map((originator) => message(originator))
  const played = play(messages, burst, { ...skip, type: 'RETRY_FAILED', failurePercentage }, half)
  expect(played.ran).toHaveLength(runs)
  expect(played.givenUp).toEqual([0, 2])
})
