/** Where the sign-in page leads afterwards: only paths of this console, never another site. */
export const safeNextPath = (next: string | null | undefined): string => {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/'
  const url = new URL(next, 'http://console.invalid')
  if (url.host !== 'console.invalid' || url.pathname === '/sign-in') return '/'
  return url.pathname + url.search + url.hash
}

/** The sign-in page that comes back to `path`; it tells who was at work there why they are asked. */
export const signInPath = (path: string, hasEnded = false): string => {
  const next = safeNextPath(path)
  const query = new URLSearchParams({ ...(next !== '/' && { next }), ...(hasEnded && { session: 'ended' }) })
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`
}
