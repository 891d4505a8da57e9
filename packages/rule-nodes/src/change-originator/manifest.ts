import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { defaultRelationsQuery, relationsQuerySchema } from '../enriching/fields.ts'

export const changeOriginator = defineNode({
  type: 'change-originator',
  className: 'org.thingsboard.rule.engine.transform.TbChangeOriginatorNode',
  name: 'change originator',
  description: 'Makes the message one about another entity: the customer, the tenant, a related or a named one.',
  category: 'transformation',
  icon: 'arrow-right-left',
  configVersion: 0,
  config: z.object({
    originatorSource: z.enum(['CUSTOMER', 'TENANT', 'RELATED', 'ALARM_ORIGINATOR', 'ENTITY']).meta({
      title: 'New originator',
      description: 'Whom the message is to be about.',
      words: {
        CUSTOMER: 'Its customer',
        TENANT: 'The tenant',
        RELATED: 'A related entity',
        ALARM_ORIGINATOR: 'The originator of the alarm',
        ENTITY: 'An entity by its name',
      },
    }),
    relationsQuery: relationsQuerySchema.nullish().meta({
      title: 'Relations',
      description: 'For a related entity: which relations lead to it. The first one found is taken.',
      when: { originatorSource: ['RELATED'] },
    }),
    entityType: z
      .string()
      .nullish()
      .meta({
        title: 'Entity type',
        description: 'For a named entity: DEVICE, ASSET, ENTITY_VIEW, EDGE or USER.',
        editor: 'choice',
        suggest: ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'EDGE', 'USER'],
        when: { originatorSource: ['ENTITY'] },
      }),
    entityNamePattern: z
      .string()
      .nullish()
      .meta({
        title: 'Name',
        description: 'For a named entity; of users the e-mail.',
        isPattern: true,
        when: { originatorSource: ['ENTITY'] },
      }),
  }),
  defaults: {
    originatorSource: 'CUSTOMER',
    relationsQuery: defaultRelationsQuery,
    entityType: null,
    entityNamePattern: null,
  },
  connections: ['Success'],
  upgrades: {},
})
