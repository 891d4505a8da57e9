'use client'
import { Toaster, TooltipProvider } from '@thingwire/ui'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { ThemeProvider, useTheme } from 'next-themes'
import { type ReactNode, useState } from 'react'
import { ApiError } from '@/api/http.ts'

const isWorthRetrying = (error: Error) => !(error instanceof ApiError) || error.status >= 500

const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && isWorthRetrying(error),
        retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 8_000),
      },
      mutations: { retry: false },
    },
  })

const ThemedToaster = () => {
  const { resolvedTheme } = useTheme()
  const t = useTranslations('common')
  return <Toaster theme={resolvedTheme === 'dark' ? 'dark' : 'light'} closeLabel={t('close')} />
}

export const Providers = ({ children, nonce }: { children: ReactNode; nonce?: string }) => {
  const [queryClient] = useState(createQueryClient)
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider attribute="data-theme" enableSystem disableTransitionOnChange {...(nonce ? { nonce } : {})}>
        <TooltipProvider>{children}</TooltipProvider>
        <ThemedToaster />
      </ThemeProvider>
    </QueryClientProvider>
  )
}
