import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const jsonPath = defineNode({
  type: 'json-path',
  className: 'org.thingsboard.rule.engine.transform.TbJsonPathNode',
  name: 'json path',
  description: 'Makes what a JSON path finds in the data the new data.',
  category: 'transformation',
  icon: 'route',
  configVersion: 0,
  config: z.object({
    jsonPath: z
      .string()
      .nullish()
      .meta({ title: 'JSON path', description: 'Such as $.readings[?(@.value > 20)].value; $ leaves the data alone.' }),
  }),
  defaults: { jsonPath: '$' },
  connections: ['Success'],
  upgrades: {},
})
