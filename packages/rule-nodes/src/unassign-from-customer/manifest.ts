import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { withoutCacheExpiration } from '../relating/upgrades.ts'

export const unassignFromCustomer = defineNode({
  type: 'unassign-from-customer',
  className: 'org.thingsboard.rule.engine.action.TbUnassignFromCustomerNode',
  name: 'unassign from customer',
  description: 'Takes the originator back from its customer.',
  category: 'action',
  icon: 'user-minus',
  configVersion: 1,
  config: z.object({
    customerNamePattern: z
      .string()
      .nullish()
      .transform((name) => name ?? '')
      .meta({
        title: 'Customer',
        description: 'Of dashboards, which may have several: its title.',
        isPattern: true,
        suggest: 'customers',
      }),
  }),
  defaults: { customerNamePattern: '' },
  connections: ['Success'],
  upgrades: { 0: withoutCacheExpiration('customerCacheExpiration') },
})
