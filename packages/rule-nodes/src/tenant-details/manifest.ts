import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { detailSettings, flagToDetailsPlace } from '../enriching/contact-details.ts'

export const tenantDetails = defineNode({
  type: 'tenant-details',
  className: 'org.thingsboard.rule.engine.metadata.TbGetTenantDetailsNode',
  name: 'tenant details',
  description: 'Adds title, address and other details of the tenant to the message.',
  category: 'enrichment',
  icon: 'building',
  configVersion: 1,
  config: z.object(detailSettings),
  defaults: { fetchTo: 'DATA', detailsList: [] },
  connections: ['Success'],
  upgrades: { 0: flagToDetailsPlace },
})
