import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { VisualisePage } from '@/features/dashboards/visualise/visualise-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('visualise'))('title'),
})

export default function Page() {
  return <VisualisePage />
}
