'use client'
import { cn } from '@thingwire/ui'
import { LoaderCircle, Power } from 'lucide-react'
import { ControlView, statusRoom } from '../engines/control/control-view.tsx'
import type { Operation } from '../engines/control/operation.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { WidgetIcon } from '../style/icons.tsx'
import type { WidgetViewProps } from '../widget.ts'
import { powerLook } from './look.ts'
import type { PowerButtonSettings } from './manifest.ts'

type Props = WidgetViewProps<PowerButtonSettings>

const leastPx = 36
const mostPx = 168

export const PowerButton = (p: Props) => {
  const ground = useGround(p.settings.background, p.theme)
  return (
    <GroundBox ground={ground} padding="0px">
      <ControlView {...p} hasStatusRoom>
        {(operation) => <Knob {...p} operation={operation} />}
      </ControlView>
    </GroundBox>
  )
}

const Knob = ({ operation, ...p }: Props & { operation: Operation }) => {
  const { isOn, isBlocked, isDisabled, phase, write } = operation
  const high = p.size.height - 12 - statusRoom(p.size.height)
  const side = Math.round(Math.max(leastPx, Math.min(mostPx, p.size.width - 24, high)))
  const look = powerLook(p.settings, isOn === true, isDisabled, p.theme)
  const icon = isOn === true ? p.settings.onButtonIcon : p.settings.offButtonIcon
  const markPx = Math.round(side * 0.4)
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn === true}
      aria-label={p.title || undefined}
      aria-busy={phase !== 'ready'}
      aria-disabled={isBlocked}
      onClick={() => {
        if (!isBlocked) write(isOn === true ? 'off' : 'on', isOn !== true, { value: isOn !== true })
      }}
      className={cn(
        'flex shrink-0 items-center justify-center rounded-full transition-[filter,background-color,border-color] duration-100',
        isBlocked ? 'cursor-default' : 'hover:brightness-95 active:brightness-90 dark:hover:brightness-110',
        isOn === null && 'opacity-60',
        look.isRaised && 'shadow-pop',
      )}
      style={{
        width: side,
        height: side,
        background: look.ground,
        color: look.mark,
        border: look.hasRing
          ? `${Math.max(2, Math.round(side / 32))}px solid ${look.main}`
          : '1px solid var(--tw-line)',
      }}
    >
      {phase === 'sending' ? (
        <LoaderCircle aria-hidden size={markPx} className="animate-spin" strokeWidth={1.5} />
      ) : icon.showIcon ? (
        <WidgetIcon name={icon.icon} size={markPx} />
      ) : (
        <Power aria-hidden size={markPx} strokeWidth={2} />
      )}
    </button>
  )
}
