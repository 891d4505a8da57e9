import { siteDocument, sitePolicy } from '../../../features/dashboards/host/content/site-shell.ts'
import { withinDashboards } from '../../../frame-origins.ts'

/** See docs/decisions/2026-11-22-dashboard-code-in-a-sandbox.md. */
export const GET = (request: Request) =>
  new Response(siteDocument, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': withinDashboards(sitePolicy, request.headers.get('x-frame-origins')),
      'cache-control': 'no-store',
      'x-dns-prefetch-control': 'off',
    },
  })
