/** What the platform's REST API may be asked by code of a dashboard: freely, after the viewer agreed, or not at all. */
export type HttpRule = { path: string; mode: 'read' | 'confirm' } | null

const entities = 'device|asset|customer|entityView'
const readable = [
  new RegExp(`^/api/(?:${entities})(?:/|s$|s/|Infos?(?:/|$))`),
  new RegExp(`^/api/(?:tenant|customer/[\\w-]+)/(?:${entities})(?:s|Infos?)?(?:/|$)`),
  /^\/api\/(?:deviceProfile|assetProfile)(?:Infos?)?(?:\/|s|$)/,
  /^\/api\/(?:dashboard\/info|tenant\/dashboards|customer\/[\w-]+\/dashboards)(?:\/|$)/,
  /^\/api\/plugins\/telemetry\//,
  /^\/api\/(?:relations?|alarms?|alarm)(?:\/|$)/,
]
/** Questions that are asked by POST because they are long. */
const questions = /^\/api\/(?:(?:entitiesQuery|alarmsQuery)\/(?:find|count)|relations(?:\/info)?)$/
const writable = [new RegExp(`^/api/(?:${entities}|relation|alarm)(?:/|$)`), /^\/api\/plugins\/telemetry\//]
/** Whatever stands in their neighbourhood: what lets somebody sign in or a device in is nobody's through a dashboard. */
const secret = /credentials|token|password|activation|secret|claim/i

/**
 * @param path what the code asked for: a path of this origin, with a query if it has one
 */
export const httpRule = (method: string, path: string): HttpRule => {
  if (!path.startsWith('/') || path.startsWith('//') || /[\\\s]|%2f|%5c|%2e/i.test(path)) return null
  const url = new URL(path, 'http://platform.invalid')
  if (url.host !== 'platform.invalid') return null
  const { pathname } = url
  if (secret.test(pathname)) return null
  const asked = `${pathname}${url.search}`
  if (method === 'GET') return readable.some((one) => one.test(pathname)) ? { path: asked, mode: 'read' } : null
  if (method === 'POST' && questions.test(pathname)) return { path: asked, mode: 'read' }
  if (method !== 'POST' && method !== 'PUT' && method !== 'DELETE') return null
  return writable.some((one) => one.test(pathname)) ? { path: asked, mode: 'confirm' } : null
}
