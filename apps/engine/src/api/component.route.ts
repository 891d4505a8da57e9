import { AppError, componentDescriptorSchema, componentTypes, ruleChainTypes } from '@thingwire/contracts'
import { z } from 'zod'
import { fitsChain, toDescriptor } from '../rule-chains/component-descriptors.ts'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, type RouteGroup, systemOrTenant } from './route.ts'

const componentType = z.enum(componentTypes, {
  error: (issue) => `Unsupported component type: ${String(issue.input)}`,
})
const typesQuery = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(',')))
  .pipe(z.array(componentType))
const ruleChainType = z.enum(ruleChainTypes).default('CORE')

/** Descriptions of the rule nodes, from their manifests (as ThingsBoard). */
export const componentRoutes = ({ nodes }: ApiDeps): RouteGroup => {
  const tag = 'Rule chains'
  const list = (types: readonly string[], chainType: (typeof ruleChainTypes)[number]) => {
    const wanted = new Set(types.map((type) => type.toLowerCase()))
    return nodes.manifests.filter((node) => wanted.has(node.category) && fitsChain(node, chainType)).map(toDescriptor)
  }
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/components',
        access: systemOrTenant,
        summary: 'Rule nodes of the given kinds',
        query: z.object({ componentTypes: typesQuery, ruleChainType }),
        response: z.array(componentDescriptorSchema),
        handle: ({ query }) => list(query.componentTypes, query.ruleChainType),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/components/:componentType',
        access: systemOrTenant,
        summary: 'Rule nodes of one kind',
        params: z.object({ componentType }),
        query: z.object({ ruleChainType }),
        response: z.array(componentDescriptorSchema),
        handle: ({ params, query }) => list([params.componentType], query.ruleChainType),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/component/:componentDescriptorClazz',
        access: systemOrTenant,
        summary: 'One rule node by its class name',
        params: z.object({ componentDescriptorClazz: z.string().max(255) }),
        response: componentDescriptorSchema,
        handle: ({ params }) => {
          const node = nodes.manifests.find(({ className }) => className === params.componentDescriptorClazz)
          if (!node) throw new AppError('ENTITY_NOT_FOUND')
          return toDescriptor(node)
        },
      })
    },
  }
}
