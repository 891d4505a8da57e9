const marker = '#action-'

/**
 * Links that start an action, as files write them (`<link-act name="stop">Stop</link-act>`), as links that a click can be
 * told by. Names are kept as they are, so that a name which is no identifier is found, too.
 */
export const withActionLinks = (markup: string): string =>
  markup
    .replaceAll(/<link-act\b[^>]*?\bname=(?:"([^"]*)"|'([^']*)')[^>]*>/gi, (_, double?: string, single?: string) => {
      const name = double ?? single ?? ''
      return `<a href="${marker}${encodeURIComponent(name).replaceAll("'", '%27')}">`
    })
    .replaceAll(/<\/link-act\s*>/gi, '</a>')

/** The name of the action that a link of such a text starts; null for other links. */
export const actionOfLink = (href: string): string | null => {
  if (!href.startsWith(marker)) return null
  try {
    return decodeURIComponent(href.slice(marker.length))
  } catch {
    return null
  }
}
