'use client'
import { cn } from '@thingwire/ui'
import type { z } from 'zod'
import { formatValue, keyLabel, newest } from '../format.ts'
import { WidgetNotice } from '../notice.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { valueCardSettingsSchema } from './manifest.ts'

/** Type grows with the card, between a readable least and a calm most. */
const fontSize = (size: { width: number; height: number }, characters: number) =>
  Math.max(18, Math.min(40, size.height * 0.34, (size.width - 32) / Math.max(3, characters) / 0.62))

export const ValueCard = (p: WidgetViewProps<z.infer<typeof valueCardSettingsSchema>>) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const [series] = p.state.series
  if (!series) return <WidgetNotice state={{ status: 'empty', reason: p.texts.noData }} />
  const point = newest(series.points)
  const value = formatValue(point?.[1], series.dataKey, p.locale)
  const units = series.dataKey.units ?? ''
  const isCentered = p.settings.layout === 'centered'
  const isStale = p.state.staleSince !== null
  return (
    <div
      className={cn(
        'flex size-full flex-col justify-center gap-0.5 px-4 py-2',
        isCentered && 'items-center text-center',
      )}
    >
      {p.settings.showLabel ? (
        <p className="truncate text-xs text-ink-3">{keyLabel(series.dataKey, series.entityName)}</p>
      ) : null}
      <p
        className={cn('truncate font-semibold tracking-tight tabular-nums', isStale && 'text-ink-3')}
        style={{ fontSize: fontSize(p.size, value.length + units.length), lineHeight: 1.15 }}
      >
        {value}
        {units && point ? <span className="ml-1 text-[0.55em] font-medium text-ink-3">{units}</span> : null}
      </p>
      {p.settings.showDate && point ? (
        <p className="truncate text-xs text-ink-3 tabular-nums">{p.texts.age(point[0])}</p>
      ) : null}
    </div>
  )
}
