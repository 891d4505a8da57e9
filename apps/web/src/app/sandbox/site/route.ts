import { siteDocument, sitePolicy } from '../../../features/dashboards/host/content/site-shell.ts'

/** See docs/decisions/2026-11-22-dashboard-code-in-a-sandbox.md. */
export const GET = () =>
  new Response(siteDocument, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': sitePolicy,
      'cache-control': 'no-store',
      'x-dns-prefetch-control': 'off',
    },
  })
