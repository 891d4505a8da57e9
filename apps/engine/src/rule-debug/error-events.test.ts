import type { DebugEvent } from '@thingwire/db'
import { runBatch } from '@thingwire/rules'
import { drawnChain, testIds, testMessage } from '@thingwire/rules/testing'
import { expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { createErrorEvents } from './error-events.ts'

const errorEvents = () => {
  const written: DebugEvent[] = []
  const clock = { nowMs: 5_000 }
  const append = async (events: readonly DebugEvent[]) => void written.push(...events)
  const errors = createErrorEvents({ events: { append }, server: 'here', logger: silentLogger, now: () => clock.nowMs })
  return { written, clock, errors }
}

test('a node that throws has one event in three seconds; what single messages fail of is none', async () => {
  const { written, clock, errors } = errorEvents()
  const chain = drawnChain('first --Success--> broken\nbroken --Failure--> picky', {
    broken: {
      handle: () => {
        throw new Error('no pump')
      },
    },
    picky: { handle: (batch) => batch.map((message) => ({ message, connection: 'Failure', error: 'no' })) },
  })
  const run = () =>
    runBatch({ ...chain, messages: [testMessage()], signal: new AbortController().signal, observe: errors })
  await run()
  clock.nowMs += 2_999
  await run()
  expect(written).toEqual([
    {
      tenantId: testIds.tenant,
      entityId: `${testIds.chain}/broken`,
      type: 'ERROR',
      ts: 5_000,
      body: { server: 'here', method: 'onMsg', error: 'no pump' },
    },
  ])
  clock.nowMs += 1
  await run()
  expect(written).toHaveLength(2)
})

test('a node that does not answer in time is broken', async () => {
  const { written, errors } = errorEvents()
  const chain = drawnChain('first --Success--> deaf', { deaf: { handle: () => new Promise(() => {}) } })
  const timeLimit = { timeoutMs: 20 }
  await runBatch({
    ...chain,
    messages: [testMessage()],
    signal: new AbortController().signal,
    observe: errors,
    timeLimit,
  })
  expect(written.map(({ body }) => body.error)).toEqual(['"deaf" did not answer within 20 ms'])
})
