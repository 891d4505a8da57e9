import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { firstScript } from '@/api/early.ts'
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
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafafb' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1013' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce')
  return (
    // The theme script sets an attribute here before React arrives.
    <html lang={await getLocale()} suppressHydrationWarning>
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
        <NextIntlClientProvider>
          <NuqsAdapter>
            <Providers {...(nonce ? { nonce } : {})}>{children}</Providers>
          </NuqsAdapter>
        </NextIntlClientProvider>
      </body>
    </html>
  )
}
