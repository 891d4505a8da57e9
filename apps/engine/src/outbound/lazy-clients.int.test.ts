import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Composes an engine in a process of its own, and prints which packages were loaded on the way. */
const program = `
import { registerHooks } from 'node:module'
const loaded = new Set()
registerHooks({
  load(url, context, next) {
    const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]
    if (name) loaded.add(name)
    return next(url, context)
  },
})
const { compose } = await import('./apps/engine/src/compose.ts')
const { readConfig } = await import('./apps/engine/src/config.ts')
const { silentLogger } = await import('./apps/engine/src/observability/logger.ts')
const { kindLoaders } = await import('./apps/engine/src/outbound/kinds.ts')
compose(readConfig({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', REDIS_URL: 'redis://127.0.0.1:1' }), silentLogger)
const composed = [...loaded]
for (const load of Object.values(kindLoaders)) await load()
await Promise.all([import('./apps/engine/src/outbound/sms/smpp.ts')])
console.log(JSON.stringify({ composed, later: [...loaded].filter((name) => !composed.includes(name)) }))
process.exit(0)
`

/** What external nodes alone need. */
const heavy = [
  'undici',
  '@platformatic/kafka',
  'mqtt',
  'amqplib',
  'smpp',
  '@aws-sdk/client-lambda',
  '@aws-sdk/client-sns',
  '@aws-sdk/client-sqs',
]

test('an engine without external nodes loads none of their libraries, and the first call of each loads its own', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-node-snapshot', '--input-type=module', '-e', program],
    {
      cwd: new URL('../../../../', import.meta.url),
      maxBuffer: 10_000_000,
    },
  )
  const { composed, later } = JSON.parse(stdout) as { composed: string[]; later: string[] }
  expect(composed).toContain('bullmq')
  expect(
    composed.filter((name) => heavy.includes(name) || name.startsWith('@aws-sdk') || name.startsWith('@smithy')),
  ).toEqual([])
  expect(heavy.filter((name) => !later.includes(name))).toEqual([])
}, 60_000)
