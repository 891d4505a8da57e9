import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ChainList } from '@/features/rule-editor/list/chain-list.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('ruleChains'))('title'),
})

export default function Page() {
  return <ChainList />
}
