import createNextIntlPlugin from 'next-intl/plugin'
import type { NextConfig } from 'next'

/** Only `next dev` needs to know where the engine is; in an installation the engine's port is in front of this one. */
const engineUrl = process.env.ENGINE_URL ?? 'http://127.0.0.1:8080'

const config: NextConfig = {
  transpilePackages: [
    '@thingwire/api-client',
    '@thingwire/ui',
    '@thingwire/widgets',
    '@thingwire/contracts',
    '@thingwire/dashboards',
    '@thingwire/editing',
    '@thingwire/tbel',
    '@thingwire/rules',
    '@thingwire/rule-nodes',
  ],
  poweredByHeader: false,
  devIndicators: false,
  reactStrictMode: true,
  // The engine compresses nothing it proxies, so Next does it here.
  compress: true,
  // The path ends with a slash that must reach the socket server unchanged.
  skipTrailingSlashRedirect: true,
  rewrites: async () =>
    process.env.NODE_ENV === 'development'
      ? [
          { source: '/api/:path*', destination: `${engineUrl}/api/:path*` },
          { source: '/socket.io/:path*', destination: `${engineUrl}/socket.io/:path*` },
        ]
      : [],
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        { key: 'Permissions-Policy', value: 'camera=(self), microphone=(), geolocation=(self), payment=()' },
      ],
    },
  ],
}

export default createNextIntlPlugin('./src/i18n/request.ts')(config)
