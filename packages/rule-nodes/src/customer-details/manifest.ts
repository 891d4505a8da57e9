import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { detailSettings, flagToDetailsPlace } from '../enriching/contact-details.ts'

export const customerDetails = defineNode({
  type: 'customer-details',
  className: 'org.thingsboard.rule.engine.metadata.TbGetCustomerDetailsNode',
  name: 'customer details',
  description: 'Adds title, address and other details of the customer of the originator to the message.',
  category: 'enrichment',
  icon: 'id-card',
  configVersion: 1,
  config: z.object(detailSettings),
  defaults: { fetchTo: 'DATA', detailsList: [] },
  connections: ['Success'],
  upgrades: { 0: flagToDetailsPlace },
})
