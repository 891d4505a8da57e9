import type { Database } from '@thingwire/db'
import { ownRedis, type SeededTenant, seedTenant, testDatabase } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { compose, type Engine } from '../compose.ts'
import { readConfig } from '../config.ts'
import { startParts, stopParts } from '../lifecycle.ts'
import { silentLogger } from '../observability/logger.ts'

export type TestEngine = AsyncDisposable & {
  engine: Engine
  ports: Record<string, number>
  /** Ends the engine as SIGTERM does. */
  stop(deadlineMs: number): Promise<void>
}

/** The services engines of one test share: an empty database with one tenant, and a Redis of their own. */
export type TestServices = AsyncDisposable & {
  databaseUrl: string
  redisUrl: string
  redisPid: number
  db: Database
  redis: Redis
  tenant: SeededTenant
}

export const startTestServices = async (): Promise<TestServices> => {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  // Channels have fixed names and know no logical databases.
  const { url, server } = stack.use(await ownRedis())
  const redis = new Redis(url)
  redis.on('error', () => {})
  stack.defer(() => redis.disconnect())
  const tenant = await seedTenant(database.db)
  return {
    databaseUrl: database.url,
    redisUrl: url,
    redisPid: server.pid,
    db: database.db,
    redis,
    tenant,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** An engine inside the test's process, on free ports. */
export const startTestEngine = async (
  services: { databaseUrl: string; redisUrl: string },
  env: Record<string, string> = {},
): Promise<TestEngine> => {
  const config = readConfig({
    ENGINE_ROLES: 'gateway,rules',
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: '0',
    MQTT_HOST: '127.0.0.1',
    MQTT_PORT: '0',
    COAP_HOST: '127.0.0.1',
    COAP_PORT: '0',
    MANAGEMENT_PORT: '0',
    QUEUE_PARTITIONS: '2',
    ...env,
  })
  const engine = compose(config, silentLogger)
  const parts = [engine.management, ...engine.parts]
  await startParts(parts, silentLogger)
  let stopped: Promise<void> | null = null
  const stop = (deadlineMs: number) => {
    stopped ??= stopParts(parts, deadlineMs, silentLogger)
    return stopped
  }
  return {
    engine,
    ports: engine.ports(),
    stop,
    [Symbol.asyncDispose]: () => stop(Date.now() + 3_000),
  }
}
