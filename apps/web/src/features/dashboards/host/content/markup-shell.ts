/**
 * The outer of two documents that markup and scripts of a dashboard file run behind. It holds the inner one, hands it the
 * port to the page, and does nothing else. It is needed for its policy, which the inner document inherits: what a document
 * may navigate to is decided by the policy around it, so only from here can it be kept from carrying data away by going
 * somewhere else.
 */
const shellSource = `'use strict';
addEventListener('message', function begin(event) {
  if (event.source !== parent || !event.ports[0] || typeof event.data.document !== 'string') return
  removeEventListener('message', begin)
  // Of one scheme with the page around, or browsers put an opaque ground behind it.
  document.documentElement.style.colorScheme = event.data.theme === 'dark' ? 'dark' : 'light'
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts allow-forms')
  frame.title = document.title
  frame.addEventListener('load', () => frame.contentWindow.postMessage(event.data.start, '*', [event.ports[0]]), { once: true })
  frame.srcdoc = event.data.document
  document.body.append(frame)
})
`

export const shellDocument = `<!doctype html><meta charset="utf-8"><title>Content of the dashboard</title>
<style>html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block;background:transparent;overflow:hidden}</style>
<body><script>${shellSource}</script></body>`

/** Scripts of the file may run; nothing may be loaded from or sent anywhere, no frame may lead away. */
export const shellPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  'media-src data: blob:',
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-scripts allow-forms',
].join('; ')
