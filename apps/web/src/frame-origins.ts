const origin = /^https?:\/\/(?:\*\.)?[a-z0-9.-]+(?::(?:\d{1,5}|\*))?$/i

/**
 * Who may show a page in a frame, as `frame-ancestors` says it: nobody, but for dashboards without the console around them
 * the origins that the engine's settings name.
 * @param named origins with spaces between, as the engine tells them; `*` stands for all
 */
export const frameAncestors = (url: URL, named: string | null): string => {
  const isEmbedded = /^\/dashboards\/[^/]+$/.test(url.pathname) && url.searchParams.get('embed') === '1'
  if (!isEmbedded || !named) return "'none'"
  // What is no origin would be read as more of the policy.
  const origins = named.split(' ').filter((one) => one === '*' || origin.test(one))
  return origins.length > 0 ? origins.join(' ') : "'none'"
}
