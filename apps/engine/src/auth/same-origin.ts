/** The headers that tell where a browser's request was made. */
export type OriginHeaders = {
  host?: string | undefined
  origin?: string | undefined
  'sec-fetch-site'?: string | string[] | undefined
}

/**
 * Whether a request that carries a cookie was made by our own pages. Browsers send at least one of the two headers with
 * every write; a client that sends neither has no business with cookies. `Sec-Fetch-Site` is absent on plain HTTP to
 * anything but localhost, hence the comparison of `Origin` with `Host`, and a page cannot forge either.
 */
export const isSameOrigin = (headers: OriginHeaders): boolean => {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  if (headers.origin === undefined) return site === 'same-origin'
  if (!headers.host || !URL.canParse(headers.origin)) return false
  return new URL(headers.origin).host === headers.host.toLowerCase()
}
