import { expect, test } from 'vitest'
import { startEngineProcess } from '../testing/engine-process.ts'
import { everything, spaceClient, startSpaceWorld } from '../testing/topic-space-world.ts'

test('kill -9: what was acknowledged reaches the session that is kept, in order', async () => {
  await using world = await startSpaceWorld()
  const { databaseUrl, redisUrl } = world.services
  const at = { roles: 'gateway', databaseUrl, redisUrl }
  const first = await startEngineProcess(at)
  const keeper = await world.device(everything)
  const kept = { clean: false, clientId: 'keeper' }
  const listener = await spaceClient(first, 4, keeper.token, kept)
  await listener.subscribe('crash/#', { qos: 1 })
  listener.socket.destroy()
  const { token } = await world.device(everything)
  const publisher = await spaceClient(first, 4, token)
  let acknowledged = 0
  const publishing = (async () => {
    for (let n = 1; n <= 900; n++) {
      await publisher.publish('crash/n', String(n))
      acknowledged = n
    }
  })().catch(() => {})
  await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThan(200)
  await first.killHard()
  await publishing
  expect(acknowledged).toBeLessThan(900)
  const second = await startEngineProcess(at)
  const back = await spaceClient(second, 4, keeper.token, kept)
  expect(back.connack).toMatchObject({ sessionPresent: true })
  for (let n = 1; n <= acknowledged; n++) {
    const { payload, messageId = 0 } = await back.message()
    expect(Number(payload)).toBe(n)
    back.send({ cmd: 'puback', messageId })
  }
  await second.stop()
}, 60_000)
