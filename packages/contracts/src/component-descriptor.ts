import { z } from 'zod'

export const componentTypes = ['ENRICHMENT', 'FILTER', 'TRANSFORMATION', 'ACTION', 'EXTERNAL', 'FLOW'] as const

/** What an editor must know of a kind of rule node (as ThingsBoard). */
export const componentDescriptorSchema = z.object({
  id: z.object({ id: z.guid() }),
  createdTime: z.number(),
  type: z.enum(componentTypes),
  scope: z.literal('TENANT'),
  clusteringMode: z.literal('ENABLED'),
  name: z.string(),
  clazz: z.string(),
  configurationDescriptor: z.object({
    nodeDefinition: z.object({
      details: z.string(),
      description: z.string(),
      inEnabled: z.boolean(),
      outEnabled: z.boolean(),
      relationTypes: z.array(z.string()),
      customRelations: z.boolean(),
      ruleChainNode: z.boolean(),
      defaultConfiguration: z.unknown(),
      uiResources: z.array(z.string()),
      configDirective: z.string().nullable(),
      icon: z.string(),
      iconUrl: z.string().nullable(),
      docUrl: z.string().nullable(),
    }),
  }),
  configurationVersion: z.number(),
  actions: z.null(),
  hasQueueName: z.boolean(),
})
export type ComponentDescriptor = z.infer<typeof componentDescriptorSchema>
