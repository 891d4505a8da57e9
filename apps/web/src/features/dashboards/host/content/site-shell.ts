import { createHash } from 'node:crypto'

/**
 * Holds a page of another site, so that the console's own policy need not allow frames of other sites. The address is in
 * the fragment, which no server sees. Pages of this origin are refused: with scripts and their own origin they could reach
 * the console.
 */
const siteSource = `'use strict';
const show = () => {
  document.body.replaceChildren()
  let url
  try { url = new URL(decodeURIComponent(location.hash.slice(1))) } catch { return }
  if (!/^https?:$/.test(url.protocol) || url.origin === location.origin || url.username || url.password) return
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox')
  frame.referrerPolicy = 'no-referrer'
  frame.title = url.host
  frame.src = url.href
  document.body.append(frame)
}
addEventListener('hashchange', show)
show()
`

const siteStyle =
  'html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block;background:transparent;overflow:hidden}'

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

export const siteDocument = `<!doctype html><meta charset="utf-8"><title>Page of another site</title><style>${siteStyle}</style><body><script>${siteSource}</script></body>`

export const sitePolicy = [
  "default-src 'none'",
  `script-src ${hashOf(siteSource)}`,
  `style-src ${hashOf(siteStyle)}`,
  'frame-src http: https:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')
