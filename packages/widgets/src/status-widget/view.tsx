'use client'
import { cn } from '@thingwire/ui'
import { LoaderCircle } from 'lucide-react'
import { isOn as isSwitchedOn } from '../engines/control/plan.ts'
import { CardClick, CardIcon, type CardLook, CardText } from '../engines/value-card/parts.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { fitScale } from '../style/fit.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { StatusWidgetSettings } from './manifest.ts'

type Props = WidgetViewProps<StatusWidgetSettings>

export const StatusWidget = (p: Props) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  return <Card {...p} staleSince={p.state.staleSince} />
}

/** Below these there is room for the icon alone. */
const least = { words: 56, width: 76 }

const Card = (p: Props & { staleSince: number | null }) => {
  const { settings, control, texts } = p
  const { target } = useWidgetHost().commands
  const read = control?.values.value
  const on = isSwitchedOn(read?.value)
  const isDisabled = isSwitchedOn(control?.values.disabled?.value) === true
  const shown = on === true ? settings.onState : settings.offState
  const ground = useGround(isDisabled ? shown.backgroundDisabled : shown.background, p.theme)
  const inner = { width: p.size.width - 24, height: p.size.height - 24 }
  const look: CardLook = {
    surface: ground.surface,
    scale: fitScale(inner, { width: 120, height: 86 }, { least: 0.7, most: 1.5 }),
    isStale: p.staleSince !== null,
  }
  const primary = isDisabled ? shown.primaryColorDisabled : shown.primaryColor
  const secondary = isDisabled ? shown.secondaryColorDisabled : shown.secondaryColor
  const problem = read?.problem ? (read.problem.kind === 'timed-out' ? texts.timedOut : read.problem.reason) : null
  // What is not known is neither on nor off, whatever the picture falls back to.
  const status =
    read?.phase === 'reading'
      ? texts.reading
      : on === null
        ? texts.unknown
        : shown.status || (on ? texts.on : texts.off)
  const hasWords = settings.layout !== 'icon' && inner.height >= least.words - 24 && inner.width >= least.width - 24
  const isCentred = settings.layout !== 'default'
  return (
    <GroundBox ground={ground} padding={settings.padding} problem={problem}>
      <CardClick entity={target} label={shown.label} />
      <div
        role="status"
        aria-label={`${shown.label}: ${status}`}
        className={cn(
          'flex size-full gap-2',
          isCentred ? 'flex-col items-center justify-center text-center' : 'flex-col justify-between',
        )}
      >
        {read?.phase === 'reading' ? (
          <LoaderCircle aria-hidden className="size-5 shrink-0 animate-spin text-ink-3" />
        ) : (
          <CardIcon
            name={shown.icon}
            px={Math.min(shown.iconSize * look.scale, inner.height * (hasWords ? 0.45 : 1))}
            color={on === null ? '' : primary}
            look={look}
          />
        )}
        {hasWords ? (
          <div className="min-w-0 max-w-full">
            {shown.showLabel ? (
              <CardText text={shown.label} font={shown.labelFont} color={primary} look={look} />
            ) : null}
            {shown.showStatus ? <CardText text={status} font={shown.statusFont} color={secondary} look={look} /> : null}
          </div>
        ) : null}
      </div>
    </GroundBox>
  )
}
