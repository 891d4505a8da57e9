import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DashboardEditorPage } from '@/features/dashboards/editor/editor-page.tsx'
import { FunctionsProvider } from '@/features/dashboards/host/functions/functions-provider.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('dashboards'))('title'),
})

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <FunctionsProvider key={id}>
      <DashboardEditorPage id={id} />
    </FunctionsProvider>
  )
}
