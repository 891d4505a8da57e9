import { waitFor } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { startEngineProcess } from '../testing/engine-process.ts'
import { queueWorld } from '../testing/queue-world.ts'

const messages = 2_000

test('kill -9 of the rules process while it sends what was kept loses none of it', { timeout: 90_000 }, async () => {
  await using world = await queueWorld()
  const { databaseUrl, redisUrl, redis, db, tenant } = world.services
  const chain = await world.draw('wait --Success--> save', {
    wait: {
      type: 'org.thingsboard.rule.engine.delay.TbMsgDelayNode',
      configuration: {
        maxPendingMsgs: messages,
        useMetadataPeriodInSecondsPatterns: true,
        periodInSecondsPattern: `\${wait}`,
      },
    },
    save: {
      type: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode',
      configuration: { defaultTTL: 0 },
    },
  })
  const kept = () => redis.hlen(redisKeys.later(chain.nodeId('wait')))
  const start = () => startEngineProcess({ roles: 'rules', databaseUrl, redisUrl })
  const first = await start()
  const all = Array.from({ length: messages }, (_, n) =>
    world.message(JSON.stringify({ [`key${n}`]: n }), { metadata: { wait: n % 10 === 0 ? '12' : '6' } }),
  )
  await world.send('Main', all)
  await waitFor(async () => (await kept()) === messages, { deadlineMs: 20_000 })
  await waitFor(async () => (await kept()) < messages, { deadlineMs: 20_000 })
  await first.killHard()
  expect(await kept()).toBeGreaterThan(0)

  const second = await start()
  const keys = all.map((_, n) => `key${n}`)
  await waitFor(async () => (await db.telemetry.latest(tenant.scope, tenant.device.id, keys)).length === messages, {
    deadlineMs: 40_000,
  })
  await waitFor(async () => (await redis.zcard(redisKeys.laterDue)) === 0, { deadlineMs: 20_000 })
  await second.stop()
})
