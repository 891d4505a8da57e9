import { entityId } from '@thingwire/contracts'
import { defineHandler } from '@thingwire/rules'
import { inBatches } from '../enriching/in-batches.ts'
import { mappedFetcher } from '../enriching/mapped-values.ts'
import { tenantAttributes } from './manifest.ts'

export const tenantAttributesHandler = defineHandler(tenantAttributes, (config, { ports, tenantId }) => {
  const fetcher = mappedFetcher(config, ports)
  const tenant = entityId('TENANT', tenantId)
  return inBatches({
    plan: (message) => fetcher.wanted(message),
    read: (plans) => fetcher.find(plans.map((mapped) => ({ entityId: tenant, mapped }))),
    finish: (message, found) => [{ message: fetcher.enriched(message, found), connection: 'Success' }],
  })
})
