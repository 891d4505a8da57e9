import { frameDocument, framePolicy } from '../../../features/dashboards/host/functions/frame-source.ts'

/** The document that code of dashboard files runs behind; see docs/decisions/2026-11-22-dashboard-code-in-a-sandbox.md. */
export const GET = () =>
  new Response(frameDocument, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': framePolicy,
      'cache-control': 'no-store',
    },
  })
