'use client'
import { useWidgetHost } from '../../host/host-context.tsx'
import { type ColorSettings, type SourceLookup, sourcesOf, type ValueSource } from '../../style/color-settings.ts'
import type { WidgetSeries } from '../../widget.ts'
import { asksAttribute, sourcesIn } from './sources.ts'

/** Numbers that these settings take from keys; attributes of the entity are asked for only when some are needed. */
export const useSources = (
  all: readonly WidgetSeries[],
  main: WidgetSeries,
  colors: readonly ColorSettings[],
  more: readonly ValueSource[] = [],
): SourceLookup => {
  const { values } = useWidgetHost()
  const isAttribute = (source: ValueSource) => asksAttribute(source, all)
  const isAsked = more.some(isAttribute) || colors.some((one) => sourcesOf(one).some(isAttribute))
  return sourcesIn(all, values.useAttributes(isAsked ? main.entity.id : null))
}
