'use client'
import { Button, cn } from '@thingwire/ui'
import { RefreshCw } from 'lucide-react'
import { PinGrid } from '../engines/gpio/pin-grid.tsx'
import { gpioWords } from '../engines/gpio/words.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { GpioControlSettings } from './manifest.ts'
import { usePins } from './use-pins.ts'

type Props = WidgetViewProps<GpioControlSettings>

export const GpioControl = (p: Props) => {
  const words = useWords('gpio', gpioWords)
  const { target } = useWidgetHost().commands
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  if (!target) return <WidgetNotice state={{ status: 'empty', reason: words('noTarget') }} />
  if (p.settings.gpioList.length === 0) return <WidgetNotice state={{ status: 'empty', reason: words('noPins') }} />
  return <Pins key={target.id.id} {...p} />
}

const Pins = (p: Props) => {
  const words = useWords('gpio', gpioWords)
  const { states, problem, busy, ask, set } = usePins(p.settings)
  return (
    <div className="flex size-full flex-col">
      {problem === null ? null : (
        <div role="alert" className="flex shrink-0 items-center gap-2 border-b px-3 py-1.5 text-xs text-danger-text">
          <span className="min-w-0 flex-1 break-words">{words('failed', { reason: problem })}</span>
          <Button size="sm" onClick={() => void ask()}>
            <RefreshCw />
            {words('again')}
          </Button>
        </div>
      )}
      <div className="min-h-0 flex-1" aria-busy={busy !== null}>
        <PinGrid
          pins={p.settings.gpioList}
          label={p.title}
          color={p.settings.switchPanelBackgroundColor}
          theme={p.theme}
          pin={(pin) => {
            const isOn = states.get(pin.pin)
            return (
              <button
                type="button"
                role="switch"
                aria-checked={isOn === true}
                aria-label={`${pin.label || pin.pin}: ${words(isOn === undefined ? 'unknown' : isOn ? 'on' : 'off')}`}
                disabled={busy !== null}
                onClick={() => void set(pin.pin, isOn !== true)}
                className="flex h-8 w-full min-w-0 items-center gap-2 rounded-md px-1 text-left text-sm hover:bg-hover disabled:cursor-default disabled:opacity-60 max-sm:h-11"
              >
                <span
                  aria-hidden
                  className={cn(
                    'relative h-4 w-7 shrink-0 rounded-full border transition-colors duration-100',
                    isOn === true ? 'border-accent bg-accent' : 'border-line-strong bg-surface',
                    isOn === undefined && 'border-dashed',
                    busy === pin.pin && 'animate-pulse',
                  )}
                >
                  <span
                    className={cn(
                      'absolute top-0.5 size-2.5 rounded-full transition-[left] duration-100',
                      isOn === true ? 'left-3.5 bg-accent-ink' : 'left-0.5 bg-ink-3',
                    )}
                  />
                </span>
                <span className="w-6 shrink-0 text-right font-mono text-xs text-ink-3">{pin.pin}</span>
                <span className="min-w-0 truncate" title={pin.label}>
                  {pin.label}
                </span>
              </button>
            )
          }}
        />
      </div>
    </div>
  )
}
