import { randomUUID } from 'node:crypto'
import type { LiveBusEvent, Message } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { createUser } from '@thingwire/db/seed'
import { nodeHandlers } from '@thingwire/rule-nodes/handlers'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { createHandlerRegistry, createNodeRegistry } from '@thingwire/rules'
import { ownRedis, type SeededTenant, seedTenant, testDatabase, testRedis } from '@thingwire/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { Redis } from 'ioredis'
import type { ApiConfig } from '../api/api-deps.ts'
import { createApi } from '../api/create-api.ts'
import { hashPassword } from '../auth/passwords.ts'
import type { SignInLimits } from '../auth/sign-in-limiter.ts'
import { createFieldDirectory } from '../calculated-fields/field-directory.ts'
import { createFieldUpdates } from '../calculated-fields/field-updates.ts'
import { createChannels } from '../channels.ts'
import { createLive } from '../live/create-live.ts'
import type { WsTiming } from '../live/ws/ws-door.ts'
import { createLiveBus, type LiveBus } from '../live-bus/live-bus.ts'
import type { KeptMail } from '../mail/mailbox.ts'
import { createMetrics } from '../observability/metrics.ts'
import { silentLogger } from '../observability/logger.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import { redisOpener } from '../redis.ts'
import { createReplies } from '../rpc/replies.ts'
import { createLibraryLookup, followLibraryChanges } from '../script-libraries/library-lookup.ts'
import { createScriptRunner } from '../scripting/script-runner.ts'
import { createRpcDesk, type RpcDesk } from '../rpc/rpc-desk.ts'

export const password = 'correct horse battery'

export type Answer = {
  status: number
  body: unknown
  text: string
  headers: Record<string, unknown>
  cookies: Cookie[]
}
type Cookie = { name: string; value: string; httpOnly?: boolean; secure?: boolean; sameSite?: string; path?: string }

export type Client = {
  token: string
  get(url: string): Promise<Answer>
  post(url: string, body?: unknown): Promise<Answer>
  put(url: string, body?: unknown): Promise<Answer>
  delete(url: string): Promise<Answer>
}

export type ApiUnderTest = AsyncDisposable & {
  app: FastifyInstance
  db: Database
  redis: Redis
  redisUrl: string
  /** Mails that were sent, newest first. */
  mails(): readonly KeptMail[]
  liveBus: LiveBus
  desk: RpcDesk
  published: LiveBusEvent[]
  /** What was sent into the rule engine. */
  messages: { queueName: string; message: Message }[]
  tenant: SeededTenant
  /** Another tenant, whose things nobody of the first may see. */
  stranger: SeededTenant
  admin: Client
  customer: Client
  strangerAdmin: Client
  systemAdmin: Client
  request(options: {
    method: string
    url: string
    headers?: Record<string, string>
    body?: unknown
    /** Sent as it is instead of `body`. */
    payload?: string
  }): Promise<Answer>
  signIn(email: string): Promise<{ token: string; refreshToken: string }>
  as(token: string): Client
  /** Only with `hasOwnRedis`. */
  stopRedis(): Promise<void>
  /** Listens on a free port and tells its address. */
  listen(): Promise<string>
}

/** The API and the live door over real PostgreSQL and Redis, with two tenants. */
export const apiUnderTest = async (
  options: {
    signInLimits?: SignInLimits
    hasOwnRedis?: boolean
    wsTiming?: Partial<WsTiming>
    now?: () => number
    config?: Partial<ApiConfig>
    /** Another process on the same database and Redis. */
    beside?: ApiUnderTest
  } = {},
): Promise<ApiUnderTest> => {
  const { beside } = options
  const shared = { [Symbol.asyncDispose]: async () => {} }
  const database = beside ? { ...shared, db: beside.db } : await testDatabase()
  const redis = beside
    ? { ...shared, client: beside.redis, url: beside.redisUrl, stop: async () => {} }
    : options.hasOwnRedis
      ? await stoppableRedis()
      : { ...(await testRedis()), stop: async () => {} }
  const { db } = database
  const passwordHash = await hashPassword(password)
  const tenant = await seedTenant(db, { passwordHash })
  const stranger = await seedTenant(db, { passwordHash })
  const systemEmail = `root-${tenant.tenantId.slice(-8)}@example.org`
  await createUser(db, { authority: 'SYS_ADMIN', email: systemEmail, tenantId: null, passwordHash })

  const metrics = createMetrics()
  const openRedis = redisOpener(redis.url, silentLogger)
  const channels = createChannels({ openRedis, logger: silentLogger })
  const liveBus = createLiveBus({ openRedis, channels, logger: silentLogger, metrics })
  const published: LiveBusEvent[] = []
  const messages: ApiUnderTest['messages'] = []
  const queue: Pick<UplinkQueue, 'submitInternal' | 'placeOf' | 'submitOnce' | 'forgetOnce'> = {
    submitInternal: async (queueName, _originatorId, sent) => {
      for (const message of sent) messages.push({ queueName, message })
    },
    placeOf: (_tenantId, queueName, originatorId) => `${queueName} ${originatorId}`,
    submitOnce: async (_batchId, queueName, sent) => {
      for (const message of sent) messages.push({ queueName, message })
    },
    forgetOnce: async () => {},
  }
  const replies = createReplies({ serviceId: randomUUID(), channels, openRedis, logger: silentLogger })
  const desk = createRpcDesk({ database: db, queue, replies, openRedis, logger: silentLogger })
  const libraries = createLibraryLookup(db)
  followLibraryChanges(channels, libraries, silentLogger)
  const scripts = createScriptRunner({
    ...{ processes: 1, timeoutMs: 500, memoryMb: 32, logger: silentLogger, metrics },
    libraries,
  })
  const fieldDirectory = createFieldDirectory({ database: db, logger: silentLogger })
  const fieldUpdates = createFieldUpdates({ directory: fieldDirectory, database: db, queue, now: Date.now })
  const api = createApi({
    fieldDirectory,
    fieldUpdates,
    config: {
      ENGINE_ROLES: ['api'],
      USER_TOKEN_ACCESS: true,
      DEMO_ACCOUNTS: false,
      NODE_ENV: 'test',
      HTTP_PORT: 8080,
      MQTT_PORT: 1883,
      COAP_PORT: 5683,
      DELETED_DASHBOARDS_KEEP_DAYS: 30,
      ...options.config,
    },
    database: db,
    openRedis,
    channels,
    liveBus: {
      isEntityWatched: (tenantId, entityId) => liveBus.isEntityWatched(tenantId, entityId),
      publish: (tenantId, event) => {
        published.push(event)
        liveBus.publish(tenantId, event)
      },
    },
    nodes: createNodeRegistry(nodeManifests),
    handlers: createHandlerRegistry(nodeHandlers),
    queue,
    replies,
    desk,
    scripts,
    libraries,
    logger: silentLogger,
    ...(options.signInLimits && { signInLimits: options.signInLimits }),
    ...(options.now && { now: options.now }),
  })
  const live = createLive({
    database: db,
    access: api.access,
    signIn: api.signIn,
    services: api.services,
    ...(options.wsTiming && { wsTiming: options.wsTiming }),
    openRedis,
    channels,
    logger: silentLogger,
    metrics,
  })
  const parts = [channels, liveBus, replies, desk, scripts, api, live]
  for (const part of parts) await part.start()
  const app = Fastify()
  api.register(app)
  live.attach(app)
  await app.ready()

  const request: ApiUnderTest['request'] = async ({ method, url, headers, body, payload }) => {
    const sent = payload ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await app.inject({
      method: method as 'GET',
      url,
      headers: { ...(sent !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(sent !== undefined && { payload: sent }),
    })
    return {
      status: response.statusCode,
      text: response.body,
      body: parseJson(response.body),
      headers: response.headers,
      cookies: response.cookies as Cookie[],
    }
  }
  const as = (token: string): Client => {
    const headers = { 'x-authorization': `Bearer ${token}` }
    return {
      token,
      get: (url) => request({ method: 'GET', url, headers }),
      post: (url, body) => request({ method: 'POST', url, headers, body }),
      put: (url, body) => request({ method: 'PUT', url, headers, body }),
      delete: (url) => request({ method: 'DELETE', url, headers }),
    }
  }
  const signIn = async (username: string) => {
    const { body } = await request({ method: 'POST', url: '/api/auth/login', body: { username, password } })
    return body as { token: string; refreshToken: string }
  }

  return {
    app,
    db,
    redis: redis.client,
    redisUrl: redis.url,
    mails: () => api.services().mail.kept(),
    liveBus,
    desk,
    published,
    messages,
    tenant,
    stranger,
    admin: as((await signIn(tenant.admin.email)).token),
    customer: as((await signIn(tenant.customerUser.email)).token),
    strangerAdmin: as((await signIn(stranger.admin.email)).token),
    systemAdmin: as((await signIn(systemEmail)).token),
    request,
    signIn,
    as,
    stopRedis: redis.stop,
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    [Symbol.asyncDispose]: async () => {
      await app.close()
      for (const part of parts.reverse()) await part.stop(Date.now() + 1_000)
      await redis[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

const stoppableRedis = async () => {
  const own = await ownRedis()
  const client = new Redis(own.url, { retryStrategy: null })
  client.on('error', () => {})
  return {
    client,
    url: own.url,
    stop: own.server.stop,
    [Symbol.asyncDispose]: async () => {
      client.disconnect()
      await own[Symbol.asyncDispose]()
    },
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
