import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { firstScript } from '@/api/early.ts'
import { MessagesProvider } from '@/i18n/messages-provider.tsx'
import { Providers } from './providers.tsx'

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations('app')
  return {
    title: { default: t('name'), template: `%s · ${t('name')}` },
    description: t('description'),
    robots: { index: false },
  }
}

export const viewport: Viewport = {
  // What stands at the lower edge stays above the keyboard of a phone.
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafafb' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1013' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce')
  const locale = await getLocale()
  return (
    // The theme script sets an attribute here before React arrives.
    <html lang={locale} suppressHydrationWarning>
      <head>
        {/* Browsers hide the nonce from scripts, and so from whoever compares. */}
        <script
          {...(nonce ? { nonce } : {})}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a text of our own that nothing is put into
          dangerouslySetInnerHTML={{ __html: firstScript }}
        />
      </head>
      <body>
        <MessagesProvider locale={locale} timeZone={await getTimeZone()}>
          <NuqsAdapter>
            <Providers {...(nonce ? { nonce } : {})}>{children}</Providers>
          </NuqsAdapter>
        </MessagesProvider>
      </body>
    </html>
  )
}
