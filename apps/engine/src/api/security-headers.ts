/**
 * What every answer of the REST API carries, unless its route says otherwise. A table and not @fastify/helmet, which puts
 * its middleware together anew for every request: with it V8 kept whole requests alive until the next full collection.
 */
export const securityHeaders = {
  // The API serves data; its documentation page alone has a style sheet.
  'content-security-policy': "default-src 'none';style-src 'self';frame-ancestors 'none';base-uri 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  // Sub-domains are not ours to bind; browsers ignore the header on plain HTTP.
  'strict-transport-security': 'max-age=15552000',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  // The filter of old browsers could be turned against a page.
  'x-xss-protection': '0',
} as const
