import { z } from 'zod'
import { formatValue, keyLabel } from '../format.ts'
import type { ChartSeries } from './option.ts'

const hitsSchema = z.array(z.looseObject({ seriesId: z.string(), value: z.tuple([z.number(), z.number().nullable()]) }))

const element = (className: string, text = ''): HTMLElement => {
  const created = document.createElement('div')
  created.className = className
  created.textContent = text
  return created
}

/**
 * What stands beside the cursor. Built from text nodes: names come from devices and people, and must never be read as
 * markup.
 */
export const tooltipContent = (
  hits: unknown,
  arranged: readonly ChartSeries[],
  locale: string,
): HTMLElement | string => {
  const parsed = hitsSchema.safeParse(hits)
  const first = parsed.data?.[0]
  if (!parsed.data || !first) return ''
  const box = element('rounded-lg bg-raised px-3 py-2 text-xs text-ink shadow-pop')
  const time = new Date(first.value[0]).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' })
  box.append(element('mb-1 text-ink-3 tabular-nums', time))
  const isOneEntity = new Set(arranged.map((item) => item.series.entityId)).size === 1
  for (const hit of parsed.data) {
    const item = arranged.find(({ series }) => series.id === hit.seriesId)
    if (!item || hit.value[1] === null) continue
    const { series } = item
    const row = element('flex items-center gap-2 leading-5')
    const mark = element('h-0.75 w-3 rounded-full')
    mark.style.background = item.color
    const label = keyLabel(series.dataKey, series.entityName)
    const value = formatValue(hit.value[1], series.dataKey, locale)
    row.append(
      mark,
      element('text-ink-2', isOneEntity ? label : `${series.entityName} · ${label}`),
      element('ml-auto pl-4 font-medium tabular-nums', `${value} ${series.dataKey.units ?? ''}`.trim()),
    )
    box.append(row)
  }
  return box
}
