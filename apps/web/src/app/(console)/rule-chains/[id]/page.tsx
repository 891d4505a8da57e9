import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EditorPage } from '@/features/rule-editor/editor-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('ruleChains'))('title'),
})

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  // Another entity is another page: nothing typed or opened on one may stay on the next.
  return <EditorPage key={id} id={id} />
}
