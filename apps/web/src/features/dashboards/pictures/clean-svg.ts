/** What runs, loads or embeds; a picture needs none of it. */
const refused = new Set(
  'script handler listener foreignobject iframe frame object embed audio video source link meta base'.split(' '),
)
const inner = /^\s*(#|data:image\/(png|jpe?g|gif|webp|avif);)/i
const ownUrl = /url\(\s*(["']?)(#|data:image\/(?:png|jpe?g|gif|webp|avif);)/gi

const loads = (css: string): boolean => /@import|url\(|\\|expression\(|javascript:/i.test(css.replaceAll(ownUrl, ''))

const cleanElement = (element: Element) => {
  for (const { name, value } of [...element.attributes]) {
    const local = name.toLowerCase().replace(/^.*:/, '')
    const isHandler = local.startsWith('on')
    const isAway = (local === 'href' || local === 'src') && !inner.test(value)
    // An animation may set what the attribute itself may not have.
    const setsAway = local === 'attributename' && /^(.*:)?(href|src|on.*|style)$/i.test(value.trim())
    if (isHandler || isAway || setsAway || loads(value)) element.removeAttribute(name)
  }
}

/**
 * An SVG as a picture alone: without code, foreign content and addresses that would be loaded. The server serves it in a
 * sandbox besides; this keeps such things from being stored and handed on.
 * @returns null: the text is no SVG.
 */
export const cleanSvg = (text: string): string | null => {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
  const root = parsed.documentElement
  if (root.localName !== 'svg' || parsed.querySelector('parsererror')) return null
  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (refused.has(element.localName.toLowerCase())) element.remove()
    else if (element.localName.toLowerCase() === 'style' && loads(element.textContent ?? '')) element.remove()
    else cleanElement(element)
  }
  return new XMLSerializer().serializeToString(root)
}
