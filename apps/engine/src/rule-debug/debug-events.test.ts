import type { DebugEvent } from '@thingwire/db'
import { expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { createDebugEvents } from './debug-events.ts'

const fieldId = '6e6e4f6c-5f10-4c5e-9f0b-6a4e9a5b0c13'
const entityId = { entityType: 'DEVICE', id: '6e6e4f6c-5f10-4c5e-9f0b-6a4e9a5b0c11' } as const
const tenantId = '6e6e4f6c-5f10-4c5e-9f0b-6a4e9a5b0c12'

const written = async (limit: string, work: (debug: ReturnType<typeof createDebugEvents>) => void) => {
  const events: DebugEvent[] = []
  const append = async (batch: readonly DebugEvent[]) => void events.push(...batch)
  const debug = createDebugEvents({ events: { append }, server: 's', limit, logger: silentLogger })
  work(debug)
  await debug.stop(Date.now() + 1_000)
  return events
}
const evaluation = (n: number) => ({ tenantId, fieldId, entityId, arguments: `{"n":${n}}`, result: '{}', error: '' })

test('of the evaluations of an alarm rule no more are kept than the tenant may, and the rule is told so once', async () => {
  const events = await written('2:3600', (debug) => {
    for (let n = 0; n < 5; n += 1) debug.evaluated(evaluation(n))
  })
  expect(events).toMatchObject([
    {
      tenantId,
      entityId: fieldId,
      type: 'DEBUG_CALCULATED_FIELD',
      body: { entityId: entityId.id, arguments: '{"n":0}' },
    },
    { body: { arguments: '{"n":1}' } },
    { entityId: fieldId, type: 'DEBUG_CALCULATED_FIELD', body: { error: 'Reached debug mode rate limit!' } },
  ])
  expect(events).toHaveLength(3)
})

test('long arguments of a rule are cut', async () => {
  const [event] = await written('10:1', (debug) =>
    debug.evaluated({ ...evaluation(1), arguments: 'x'.repeat(100_000), error: 'y'.repeat(100_000) }),
  )
  expect(String(event?.body.arguments).length).toBeLessThan(5_000)
  expect(String(event?.body.error).length).toBeLessThan(5_000)
})
