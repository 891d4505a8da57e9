'use client'
import { cn } from '@thingwire/ui'
import { PinGrid } from '../engines/gpio/pin-grid.tsx'
import { gpioWords } from '../engines/gpio/words.ts'
import { WidgetNotice } from '../notice.tsx'
import { markColor } from '../style/ground-colors.ts'
import { parseColor } from '../style/rgb.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import { lampOf } from './lit.ts'
import type { GpioPanelSettings } from './manifest.ts'

export const GpioPanel = (p: WidgetViewProps<GpioPanelSettings>) => {
  const words = useWords('gpio', gpioWords)
  const { settings, state } = p
  if (state.status !== 'ready') return <WidgetNotice state={state} />
  if (settings.gpioList.length === 0) return <WidgetNotice state={{ status: 'empty', reason: words('noPins') }} />
  return (
    <PinGrid
      pins={settings.gpioList}
      label={p.title}
      color={settings.ledPanelBackgroundColor}
      theme={p.theme}
      pin={(pin) => {
        const lit = lampOf(pin.pin, state.series)
        const own = parseColor(pin.color) ? markColor(pin.color, p.theme) : 'var(--tw-ok)'
        return (
          <span className="flex h-7 min-w-0 items-center gap-2 text-sm">
            <span
              aria-hidden
              className={cn(
                'size-4 shrink-0 rounded-full border',
                lit === null && 'border-dashed border-line-strong',
                lit === false && 'border-line-strong bg-surface',
                state.staleSince !== null && 'opacity-50',
              )}
              style={lit ? { background: own, borderColor: own, boxShadow: `0 0 6px ${own}` } : undefined}
            />
            <span className="w-6 shrink-0 text-right font-mono text-xs text-ink-3">{pin.pin}</span>
            <span className="min-w-0 truncate" title={pin.label}>
              {pin.label}
            </span>
            <span className="sr-only">{words(lit === null ? 'unknown' : lit ? 'on' : 'off')}</span>
          </span>
        )
      }}
    />
  )
}
