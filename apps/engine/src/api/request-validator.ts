import type { FastifySchemaCompiler } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'

type Compiler = FastifySchemaCompiler<Parameters<typeof validatorCompiler>[0]['schema']>

/**
 * Checks params, queries and bodies against the schemas of routes. Clients write query parameters empty that they leave
 * to the default (`interval=&status=`): where an empty text is not a value, the parameter counts as not sent.
 */
export const requestValidator: Compiler = (route) => {
  const validate = validatorCompiler(route)
  if (route.httpPart !== 'querystring') return validate
  return (query) => {
    const result = validate(query)
    if (!isRefused(result) || typeof query !== 'object' || query === null) return result
    const sent = Object.entries(query).filter(([, value]) => value !== '')
    return sent.length === Object.keys(query).length ? result : validate(Object.fromEntries(sent))
  }
}

const isRefused = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && 'error' in result && result.error !== undefined
