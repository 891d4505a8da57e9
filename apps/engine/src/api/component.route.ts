import { createHash } from 'node:crypto'
import type { NodeManifest } from '@thingwire/rules'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, type RouteGroup, systemOrTenant } from './route.ts'

const componentTypes = ['ENRICHMENT', 'FILTER', 'TRANSFORMATION', 'ACTION', 'EXTERNAL', 'FLOW'] as const

const descriptorSchema = z.object({
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
      icon: z.string(),
    }),
  }),
  configurationVersion: z.number(),
  actions: z.null(),
  hasQueueName: z.boolean(),
})

const typesQuery = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(componentTypes, { error: (issue) => `Unsupported component type: ${String(issue.input)}` })))

/** The same id in every process and after every restart, since descriptors are not stored. */
const idOfClass = (className: string): string => {
  const hex = createHash('sha256').update(className).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const toDescriptor = (node: NodeManifest): z.output<typeof descriptorSchema> => {
  const isCustom = node.connections === 'custom'
  const labels = node.connections === 'custom' ? [] : [...node.connections]
  return {
    id: { id: idOfClass(node.className) },
    createdTime: 0,
    type: componentTypes.find((type) => type.toLowerCase() === node.category) ?? 'ACTION',
    scope: 'TENANT',
    clusteringMode: 'ENABLED',
    name: node.name,
    clazz: node.className,
    configurationDescriptor: {
      nodeDefinition: {
        details: node.needs ? `${node.description} Needs ${node.needs}.` : node.description,
        description: node.description,
        inEnabled: node.hasInput ?? true,
        outEnabled: isCustom || labels.length > 0,
        relationTypes: labels.length > 0 || isCustom ? [...labels, 'Failure'] : [],
        customRelations: isCustom,
        ruleChainNode: node.type === 'rule-chain',
        defaultConfiguration: node.defaults,
        icon: node.icon,
      },
    },
    configurationVersion: node.configVersion,
    actions: null,
    hasQueueName: node.hasQueueName ?? false,
  }
}

/** Descriptions of the rule nodes, from their manifests. */
export const componentRoutes = ({ nodes }: ApiDeps): RouteGroup => {
  const tag = 'Rule chains'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/components',
        access: systemOrTenant,
        summary: 'Rule nodes of the given kinds',
        query: z.object({ componentTypes: typesQuery, ruleChainType: z.string().optional() }),
        response: z.array(descriptorSchema),
        handle: ({ query }) => {
          const wanted = new Set<string>(query.componentTypes.map((type) => type.toLowerCase()))
          return nodes.manifests.filter(({ category }) => wanted.has(category)).map(toDescriptor)
        },
      })
    },
  }
}
