import { AppError, buildInfoSchema, systemParamsSchema } from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import { z } from 'zod'
import engine from '../../package.json' with { type: 'json' }
import { auditLedger } from '../ledger/audit.ts'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, anyone, type RouteGroup, systemOrTenant } from './route.ts'

const counts = {
  tenantId: z.string(),
  accepted: z.number(),
  stored: z.number(),
  finished: z.number(),
  deadLettered: z.number(),
  rejected: z.number(),
}
const ledgerSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  isBalanced: z.boolean(),
  tenants: z.array(z.object({ ...counts, queued: z.number(), difference: z.number() })),
  rows: z.array(z.object({ ...counts, minuteMs: z.number() })),
})

const longestLedgerMs = 31 * 24 * 3_600_000
const epochMs = z
  .string()
  .regex(/^\d{1,15}$/, 'must be epoch milliseconds')
  .transform(Number)

/** What the platform tells about itself and about what became of messages. */
export const systemRoutes = ({ database, redis, readSystemParams }: ApiDeps): RouteGroup => {
  const tag = 'System'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/system/info',
        access: anyone,
        summary: 'Name and version of the platform',
        response: buildInfoSchema,
        handle: () => ({ version: engine.version, artifact: 'thingwire', name: 'Thingwire', type: 'CE' }),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/system/params',
        access: anyone,
        summary: 'What a console must know of the platform and of the limits of the caller',
        response: systemParamsSchema,
        handle: ({ caller }) => readSystemParams(caller),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/ledger',
        access: systemOrTenant,
        summary: 'What was accepted and what became of it, by minute, and whether the two agree',
        query: z.object({ fromMs: epochMs, toMs: epochMs }),
        response: ledgerSchema,
        handle: ({ caller, query: { fromMs, toMs } }) => {
          if (toMs <= fromMs || toMs - fromMs > longestLedgerMs)
            throw new AppError('ARGUMENT_INVALID', 'The range must end after it begins and span at most 31 days')
          return auditLedger({ database, redis }, { scope: scopeOf(caller), fromMs, toMs, attempts: 3, pauseMs: 200 })
        },
      })
    },
  }
}
