import { frameDocument, framePolicy } from '../../../features/dashboards/host/functions/frame-source.ts'
import { withinDashboards } from '../../../frame-origins.ts'

/** The document that code of dashboard files runs behind; see docs/decisions/2026-11-22-dashboard-code-in-a-sandbox.md. */
export const GET = (request: Request) =>
  new Response(frameDocument, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': withinDashboards(framePolicy, request.headers.get('x-frame-origins')),
      'cache-control': 'no-store',
    },
  })
