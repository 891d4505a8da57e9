import { type NextRequest, NextResponse } from 'next/server'
import { frameAncestors } from './frame-origins.ts'

/**
 * A fresh nonce for every page: only scripts that Next itself wrote into it may run. Styles may be inline because charts,
 * the flow canvas and Radix position things through style attributes.
 */
const contentSecurityPolicy = (nonce: string, isDev: boolean, ancestors: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    // Documents of ours alone, under /sandbox, which have policies of their own for what they show or run.
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')

export const proxy = (request: NextRequest) => {
  const nonce = crypto.randomUUID().replaceAll('-', '')
  const ancestors = frameAncestors(request.nextUrl, request.headers.get('x-frame-origins'))
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development', ancestors)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = {
  matcher: [
    {
      source: '/((?!api|socket.io|_next/static|_next/image|favicon.ico|icon.svg|sandbox/).*)',
      missing: [
        { type: 'header', key: 'next-router-prefetch' },
        { type: 'header', key: 'purpose', value: 'prefetch' },
      ],
    },
  ],
}
