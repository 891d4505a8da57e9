'use client'
import type { LayoutAddress } from '@thingwire/dashboards/edit'
import { useTranslations } from 'next-intl'

/** What a grid of a state is called: its layout and the width that it is for. */
export const useGridName = (): ((at: LayoutAddress) => string) => {
  const t = useTranslations('dashboardStructure')
  return ({ layout, breakpoint }) => `${t(`layout.${layout}`)}, ${t(`size.${breakpoint ?? 'default'}`)}`
}
