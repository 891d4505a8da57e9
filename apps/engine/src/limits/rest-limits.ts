import { AppError } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'
import type { RateLimiter } from './rate-limiter.ts'
import type { TenantLimits } from './tenant-limits.ts'

/** Counts one request of a caller; throws 429/33 when its tenant or customer has made too many. */
export type CountRequest = (caller: Principal) => Promise<void>

/** Rate limits of the REST API by tenant profile (as ThingsBoard): the tenant's first, then the customer's. */
export const createRestLimits = (deps: { limits: Pick<TenantLimits, 'of'>; limiter: RateLimiter }): CountRequest => {
  const { limits, limiter } = deps
  return async ({ tenantId, customerId, authority }) => {
    if (!tenantId || authority === 'SYS_ADMIN') return
    const { tenantServerRestLimitsConfiguration, customerServerRestLimitsConfiguration } = await limits.of(tenantId)
    if (!limiter.take(tenantId, tenantServerRestLimitsConfiguration))
      throw new AppError('RATE_LIMITED', 'Too many requests for current tenant!')
    if (authority === 'CUSTOMER_USER' && customerId && !limiter.take(customerId, customerServerRestLimitsConfiguration))
      throw new AppError('RATE_LIMITED', 'Too many requests for current customer!')
  }
}
