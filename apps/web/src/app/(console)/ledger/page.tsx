import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LedgerPage } from '@/features/ledger/ledger-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('ledger'))('title') })

export default function Page() {
  return <LedgerPage />
}
