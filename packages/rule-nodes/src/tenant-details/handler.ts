import { entityId } from '@thingwire/contracts'
import { defineHandler } from '@thingwire/rules'
import { detailsOf, requireDetails } from '../enriching/contact-details.ts'
import { objectOf, withFound } from '../enriching/fetch-to.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { tenantDetails } from './manifest.ts'

export const tenantDetailsHandler = defineHandler(tenantDetails, ({ fetchTo, detailsList }, { ports, tenantId }) => {
  requireDetails(detailsList)
  return inBatches({
    plan: (message) => {
      if (fetchTo === 'DATA') objectOf(message)
    },
    read: async (plans) => {
      const [tenant] = await ports.entities.read([entityId('TENANT', tenantId)])
      const found = tenant ? detailsOf(tenant, detailsList, 'tenant_') : null
      return plans.map(() => found)
    },
    finish: (message, found) => [
      { message: found ? withFound(message, fetchTo, found) : message, connection: 'Success' },
    ],
  })
})
