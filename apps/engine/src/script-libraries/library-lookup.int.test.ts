import { AppError } from '@thingwire/contracts'
import { messageArguments, type ResolvedLibraries } from '@thingwire/rules'
import { expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createScriptRunner } from '../scripting/script-runner.ts'
import { createLibraryLookup } from './library-lookup.ts'

const unavailable = new AppError('DATABASE_UNAVAILABLE')

/** A store of one library whose text changes, and which may be away. */
const store = () => {
  const state = { body: 'function mark() { return "old"; }', isAway: false, reads: 0 }
  const byNames = async (_tenantId: string, names: readonly string[]) => {
    state.reads++
    if (state.isAway) throw unavailable
    const { body } = state
    const id = { entityType: 'SCRIPT_LIBRARY' as const, id: names[0] ?? '' }
    const tenantId = { entityType: 'TENANT' as const, id: 'a' }
    return [
      { id, tenantId, createdTime: 0, name: 'marks', language: 'JS' as const, description: null, body, version: 1 },
    ]
  }
  return { state, lookup: createLibraryLookup({ scriptLibraries: { byNames } }) }
}

test('libraries are read once until they change, for the tenant alone whose they are', async () => {
  const { state, lookup } = store()
  const first = lookup.resolve('a', 'JS', ['marks'])
  expect(lookup.resolve('a', 'JS', ['marks'])).toBe(first)
  const other = lookup.resolve('b', 'JS', ['marks'])
  expect([other === first, state.reads]).toEqual([false, 2])
  lookup.forgetTenant('a')
  expect(lookup.resolve('b', 'JS', ['marks'])).toBe(other)
  expect(lookup.resolve('a', 'JS', ['marks'])).not.toBe(first)
  lookup.forgetAll()
  expect(lookup.resolve('b', 'JS', ['marks'])).not.toBe(other)
})

test('a read that failed is made again', async () => {
  const { state, lookup } = store()
  state.isAway = true
  await expect(lookup.resolve('a', 'JS', ['marks'])).rejects.toBe(unavailable)
  state.isAway = false
  expect(await lookup.resolve('a', 'JS', ['marks'])).toMatchObject({ ok: true } satisfies Partial<ResolvedLibraries>)
})

test('while the database is away a script runs with the libraries that it had, and one that had none yet waits', async () => {
  const { state, lookup } = store()
  const runner = createScriptRunner({
    ...{ processes: 1, timeoutMs: 500, memoryMb: 16, logger: silentLogger, metrics: createMetrics() },
    libraries: lookup,
  })
  try {
    const { signal } = new AbortController()
    const source = { language: 'JS' as const, kind: 'string' as const, argNames: messageArguments }
    const load = (body: string) => runner.portOf('a').load({ ...source, body: `// @use marks\n${body}` })
    const run = await load('return mark();')
    const answer = async () => (await run([{ data: '{}', metadata: {}, type: 'T' }], signal))[0]
    state.isAway = true
    lookup.forgetAll()
    expect(await answer()).toEqual({ ok: true, value: ['old'] })
    await expect(load('return "another";')).rejects.toBe(unavailable)
    state.body = 'function mark() { return "new"; }'
    state.isAway = false
    expect(await answer()).toEqual({ ok: true, value: ['new'] })
  } finally {
    await runner.stop(Date.now() + 1_000)
  }
})
