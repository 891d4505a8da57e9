import { openDatabase } from '@thingwire/db'
import { createNodeRegistry } from '@thingwire/rules'
import Fastify from 'fastify'
import { Redis } from 'ioredis'
import { createAuditTrail } from '../audit/audit-trail.ts'
import { createMailService } from '../mail/mail-service.ts'
import { silentLogger } from '../observability/logger.ts'
import type { ApiConfig } from './api-deps.ts'
import { createServices } from './create-api.ts'
import { registerApi } from './register-api.ts'

/** The OpenAPI document, without a database or Redis: nothing is called, so nothing connects. */
export const describeApi = async (): Promise<unknown> => {
  const database = openDatabase({ url: 'postgresql://localhost/none', poolSize: 2 })
  const redis = new Redis({ lazyConnect: true })
  const logger = silentLogger
  const config: ApiConfig = {
    ENGINE_ROLES: ['api'],
    USER_TOKEN_ACCESS: true,
    DEMO_ACCOUNTS: false,
    NODE_ENV: 'production',
    HTTP_PORT: 0,
    MQTT_PORT: 0,
    COAP_PORT: 0,
    DELETED_DASHBOARDS_KEEP_DAYS: 30,
  }
  const app = Fastify()
  try {
    registerApi(app, {
      ...createServices({
        config,
        mail: createMailService({ settings: database.settings, config, logger, now: Date.now }),
        database,
        redis,
        logger,
        now: Date.now,
        nodes: createNodeRegistry([]),
        liveBus: { isEntityWatched: () => false, publish: () => {} },
        queue: {
          submitInternal: async () => {},
          placeOf: () => '',
          submitOnce: async () => {},
          forgetOnce: async () => {},
        },
        replies: { serviceId: 'none', wait: () => ({ answer: Promise.resolve(null), cancel: () => {} }) },
        desk: { withdraw: async () => {} },
        scripts: {
          try: async () => ({ ok: false, error: '' }),
          problemOf: async () => null,
          portOf: () => ({ load: () => Promise.reject(new Error('Nothing runs here')) }),
        },
        libraries: { forgetTenant: () => {} },
        fieldUpdates: { updated: async () => {}, look: async () => {}, passed: async () => {} },
        fieldDirectory: { forget: () => {} },
        handlers: new Map(),
        audit: createAuditTrail({ audit: database.audit, logger }),
      }),
    })
    await app.ready()
    const { body } = await app.inject('/api-docs/json')
    return JSON.parse(body)
  } finally {
    await app.close()
    redis.disconnect()
    await database.close()
  }
}
