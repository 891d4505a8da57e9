/** What an action may open: pages, mail and telephone; never code. */
const openProtocols = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** Browsers take these out of an address before they read its scheme. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const ignored = /[\u0000-\u0020]+/g

/**
 * An address that may be opened: of another site in full, one of ours from its slash on. Null for everything else, above
 * all for `javascript:` in whatever spelling.
 */
export const safeAddress = (href: string): string | null => {
  const text = href.replaceAll(ignored, (space) => (space === ' ' ? space : '')).trim()
  if (text === '' || text.length > 10_000) return null
  try {
    const base = 'https://own.invalid'
    const url = new URL(text, `${base}/`)
    if (url.origin === base) return `${url.pathname}${url.search}${url.hash}`
    return openProtocols.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

const pictures = /^data:image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml|x-icon)[;,]/i

/** Where a browser finds an image that a file names: in the text itself, or among those the platform stores. */
export const imageAddress = (link: string | null): string | null => {
  if (link === null) return null
  if (pictures.test(link)) return link
  const path = link.replace(/^tb-image;/, '')
  // Images of other sites would tell those who looks, and when; the page's policy refuses them, too.
  return /^\/api\/(images|resource)\/[\w./~%@ -]+(\?[\w=&.-]*)?$/.test(path) && !path.includes('..') ? path : null
}
