const origin = /^https?:\/\/(?:\*\.)?[a-z0-9.-]+(?::(?:\d{1,5}|\*))?$/i

/**
 * Who may show a page in a frame, as `frame-ancestors` says it: nobody, but for dashboards without the console around them
 * the origins that the engine's settings name.
 * @param named origins with spaces between, as the engine tells them; `*` stands for all
 */
export const frameAncestors = (url: URL, named: string | null): string => {
  const isBare = url.searchParams.get('embed') === '1' || url.searchParams.has('publicId')
  const isEmbedded = /^\/dashboards\/[^/]+$/.test(url.pathname) && isBare
  const origins = isEmbedded ? originsIn(named) : []
  return origins.length > 0 ? origins.join(' ') : "'none'"
}

// What is no origin would be read as more of the policy.
const originsIn = (named: string | null) => (named ?? '').split(' ').filter((one) => one === '*' || origin.test(one))

/**
 * The policy of a document that dashboards show in a frame. Browsers look at all pages around it, so those that may frame a
 * dashboard are among them.
 */
export const withinDashboards = (policy: string, named: string | null): string =>
  policy.replace("frame-ancestors 'self'", ["frame-ancestors 'self'", ...originsIn(named)].join(' '))
