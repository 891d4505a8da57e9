/**
 * Requests other than GET that only read: queries whose conditions are too long for an address. Visitors who came by a
 * public link may make these and no others.
 */
const readingPaths: ReadonlySet<string> = new Set([
  '/api/entitiesQuery/find',
  '/api/entitiesQuery/count',
  '/api/entitiesQuery/find/keys',
  '/api/entitiesQuery/find/keySummaries',
  '/api/v2/entitiesQuery/find/keys',
  '/api/alarmsQuery/find',
  '/api/alarmsQuery/count',
  '/api/telemetry/series',
  '/api/relations',
  '/api/relations/info',
  '/api/devices',
  '/api/assets',
  '/api/entityViews',
  '/api/auth/logout',
])

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** @param path The pattern of the route, not the address */
export const isForPublic = (method: string, path: string): boolean =>
  safeMethods.has(method) || (method === 'POST' && readingPaths.has(path))
