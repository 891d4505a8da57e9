import type { FastifyInstance } from 'fastify'

/** Which web pages of other origins may read answers of the API: none, those listed, or all (`*`). */
export type CrossOrigins = readonly string[]

const preflightAgeSeconds = '1800'

/**
 * Answers for pages of other origins. Cookies never speak for them: without `Access-Control-Allow-Credentials` a browser
 * shows such a page only what it asked for with a token or key of its own. The browser's session door stays shut.
 */
export const allowCrossOrigins = (api: FastifyInstance, origins: CrossOrigins): void => {
  if (origins.length === 0) return
  const allowed = (origin: string): string | null => {
    if (origins.includes('*')) return '*'
    return origins.includes(origin) ? origin : null
  }
  api.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (!origin || request.url.startsWith('/api/session')) return
    const answer = allowed(origin)
    if (!answer) return
    reply.header('access-control-allow-origin', answer)
    // Helmet forbids other origins to load what is said to be the own origin's.
    reply.header('cross-origin-resource-policy', 'cross-origin')
    if (answer !== '*') reply.header('vary', 'Origin')
    if (request.method !== 'OPTIONS') return
    reply.header('access-control-allow-methods', 'GET, POST, PUT, DELETE')
    reply.header('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*')
    reply.header('access-control-max-age', preflightAgeSeconds)
    await reply.code(204).send()
  })
}
