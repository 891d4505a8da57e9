import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ChainPage } from '@/features/rule-editor/chain-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('ruleChains'))('title'),
})

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  // Another entity is another page: nothing typed or opened on one may stay on the next.
  return <ChainPage key={id} id={id} />
}
