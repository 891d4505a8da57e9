'use client'
import { cn } from '@thingwire/ui'
import { ControlView, statusRoom } from '../engines/control/control-view.tsx'
import { controlWords } from '../engines/control/words.ts'
import { markColor } from '../style/ground-colors.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { LedIndicatorSettings } from './manifest.ts'

const mostPx = 96

export const LedIndicator = (p: WidgetViewProps<LedIndicatorSettings>) => {
  const words = useWords('control', controlWords)
  const { settings } = p
  const high = p.size.height - 16 - statusRoom(p.size.height) - (settings.title ? 24 : 0)
  const side = Math.max(16, Math.min(mostPx, p.size.width - 32, high))
  return (
    <ControlView {...p} className="gap-2" hasStatusRoom>
      {({ isOn, isDisabled }) => {
        const lit = markColor(settings.ledColor, p.theme)
        const said = words(isOn === null ? 'unknown' : isOn ? 'on' : 'off')
        return (
          <>
            <div
              role="img"
              aria-label={[settings.title || p.title, said].filter(Boolean).join(': ')}
              className={cn(
                'shrink-0 rounded-full border',
                isOn === null && 'border-2 border-dashed border-line-strong',
                isDisabled && 'opacity-50',
              )}
              style={{
                width: side,
                height: side,
                ...(isOn === true
                  ? { background: lit, borderColor: lit, boxShadow: `0 0 ${side / 4}px ${lit}` }
                  : isOn === false
                    ? { background: 'var(--tw-sunken)', borderColor: 'var(--tw-line-strong)' }
                    : {}),
              }}
            />
            {settings.title && p.size.height > 72 ? (
              <p aria-hidden className="max-w-full truncate text-xs text-ink-2">
                {settings.title}
              </p>
            ) : null}
          </>
        )
      }}
    </ControlView>
  )
}
