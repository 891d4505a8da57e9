import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { Gallery } from '@/features/dashboards/gallery/gallery.tsx'
import { FunctionsProvider } from '@/features/dashboards/host/functions/functions-provider.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('gallery'))('title'),
})

export default function Page() {
  return (
    <Suspense>
      <FunctionsProvider>
        <Gallery />
      </FunctionsProvider>
    </Suspense>
  )
}
