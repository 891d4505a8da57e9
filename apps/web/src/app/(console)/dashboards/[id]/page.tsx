import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { BoardPage } from '@/features/dashboards/board/board-page.tsx'
import { FunctionsProvider } from '@/features/dashboards/host/functions/functions-provider.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('dashboards'))('title'),
})

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  // Another entity is another page: nothing typed or opened on one may stay on the next.
  return (
    <FunctionsProvider key={id}>
      <BoardPage id={id} />
    </FunctionsProvider>
  )
}
