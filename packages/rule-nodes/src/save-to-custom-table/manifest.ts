import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const saveToCustomTable = defineNode({
  type: 'save-to-custom-table',
  className: 'org.thingsboard.rule.engine.action.TbSaveToCustomCassandraTableNode',
  name: 'save to custom table',
  description: 'Writes fields of the message into a table of a Cassandra database.',
  category: 'action',
  icon: 'table-2',
  configVersion: 1,
  config: z.object({
    tableName: z.string().default('').meta({ title: 'Table', description: 'Its name without the prefix cs_tb_.' }),
    fieldsMapping: z
      .record(z.string(), z.string())
      .default({})
      .meta({
        title: 'Columns',
        description: 'Key of the message → column; $entityId is the id of the originator.',
        columns: ['Key', 'Column'],
        suggest: 'data-keys',
      }),
    defaultTtl: z
      .number()
      .int()
      .min(0)
      .default(0)
      .meta({ title: 'Time to live, s', description: 'How long rows stay; 0 keeps them.' }),
  }),
  defaults: { tableName: '', fieldsMapping: { '': '' }, defaultTtl: 0 },
  connections: ['Success'],
  upgrades: { 0: (config) => ({ defaultTtl: 0, ...config }) },
  needs: 'a Cassandra database',
})
