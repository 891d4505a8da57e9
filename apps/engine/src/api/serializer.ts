import type { FastifySerializerCompiler } from 'fastify'
import { serializerCompiler as throughSchema } from 'fastify-type-provider-zod'
import type { z } from 'zod'

const asIs = new WeakSet<object>()

/**
 * Marks a response schema that only documents. Walking fifty thousand points through a schema costs more than reading
 * them from the database; for values without hidden columns there is nothing to cut away.
 */
export const sentAsIs = <T extends z.ZodType>(schema: T): T => {
  asIs.add(schema)
  return schema
}

type Serializer = ReturnType<typeof throughSchema>

/** Answers pass through their schema, which drops what it does not name. */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> = (route): Serializer =>
  asIs.has(route.schema) ? (data) => JSON.stringify(data) : throughSchema(route)
