import * as contracts from '@thingwire/contracts'
import { z } from 'zod'
import { jsonTextSchema } from './json-body.ts'

/**
 * Names for the OpenAPI document: `deviceSchema` of the contracts is its component `Device`. A schema that another one
 * extends, or that is built in a route, stays inline.
 */
export const namedSchemas = () => {
  const registry = z.registry<{ id: string }>()
  for (const [name, schema] of Object.entries(contracts)) {
    if (!name.endsWith('Schema') || !isComponent(schema)) continue
    const bare = name.slice(0, -'Schema'.length)
    registry.add(schema, { id: bare.charAt(0).toUpperCase() + bare.slice(1) })
  }
  registry.add(jsonTextSchema, { id: anyJson })
  return registry
}

/** The component that stands for a body of any JSON. */
export const anyJson = 'Json'

/** Enumerations and plain texts read better where they are used. */
const isComponent = (value: unknown): value is z.ZodType =>
  value instanceof z.ZodObject || value instanceof z.ZodDiscriminatedUnion
