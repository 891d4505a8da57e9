import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { attributeDefaults, attributeSettings, flagToFetchTo } from '../enriching/attributes.ts'

export const originatorAttributes = defineNode({
  type: 'originator-attributes',
  className: 'org.thingsboard.rule.engine.metadata.TbGetAttributesNode',
  name: 'originator attributes',
  description: 'Adds attributes and latest telemetry of the originator to the message.',
  category: 'enrichment',
  icon: 'tags',
  configVersion: 1,
  config: z.object(attributeSettings),
  defaults: attributeDefaults,
  connections: ['Success'],
  upgrades: { 0: flagToFetchTo },
})
