'use client'
import { Button, cn } from '@thingwire/ui'
import { CircleAlert, LoaderCircle, RefreshCw } from 'lucide-react'
import { isOn as isSwitchedOn } from '../engines/control/plan.ts'
import type { ControlState } from '../control.ts'
import { WidgetNotice } from '../notice.tsx'
import { fontPx, fontStyle } from '../style/font.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { largeTextContrast, type Surface, textColor } from '../style/ground-colors.ts'
import { WidgetIcon } from '../style/icons.tsx'
import type { WidgetTexts, WidgetViewProps } from '../widget.ts'
import { switchLook, switchWord } from './look.ts'
import type { SingleSwitchSettings } from './manifest.ts'

type Props = WidgetViewProps<SingleSwitchSettings>

export const SingleSwitch = (p: Props) => {
  const ground = useGround(p.settings.background, p.theme)
  return (
    <GroundBox ground={ground} padding={p.settings.padding} fallbackPadding="8px 16px">
      <Switch {...p} surface={ground.surface} />
    </GroundBox>
  )
}

const layouts = {
  right: 'flex-row flex-wrap justify-between',
  left: 'flex-row-reverse flex-wrap justify-between',
  centered: 'flex-col justify-center text-center',
} as const

const Switch = (p: Props & { surface: Surface }) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const { control, settings, texts, surface } = p
  if (!control) return <WidgetNotice state={{ status: 'empty', reason: texts.noData }} />
  const label = settings.label || settings.title || p.title
  const isLost = p.state.staleSince !== null
  const isCentered = settings.layout === 'centered'
  return (
    <div className={cn('flex size-full items-center gap-x-4 gap-y-1 overflow-hidden', layouts[settings.layout])}>
      <div className={cn('flex min-w-0 items-center gap-2', isCentered ? 'max-w-full flex-col' : 'flex-1')}>
        {settings.showIcon ? (
          <WidgetIcon
            name={settings.icon}
            size={Math.max(16, Math.min(settings.iconSize, 48))}
            style={{ color: textColor(settings.iconColor, surface, largeTextContrast), flexShrink: 0 }}
          />
        ) : null}
        <div className="min-w-0 max-w-full">
          {settings.showLabel && settings.label ? (
            <p
              className="truncate leading-tight text-ink"
              style={{
                ...fontStyle(settings.labelFont, Math.min(fontPx(settings.labelFont), 32)),
                color: textColor(settings.labelColor, surface),
              }}
            >
              {settings.label}
            </p>
          ) : null}
          <Status control={control} texts={texts} settings={settings} surface={surface} />
        </div>
      </div>
      <Toggle control={control} label={label} isLost={isLost} settings={settings} surface={surface} />
    </div>
  )
}

type Parts = { control: ControlState; settings: SingleSwitchSettings; surface: Surface }

/** One line that says what is, what is under way, or what went wrong; announced when it changes. */
const Status = (p: Parts & { texts: WidgetTexts }) => {
  const { control, texts, settings } = p
  const shown = control.values.value
  const problem = control.problem ?? shown?.problem ?? null
  const isReady = control.sending === null && shown?.phase === 'ready'
  // After a command without an answer, too: only the device knows what became of it.
  const readAgain = shown?.readAgain
  const isOn = isSwitchedOn(shown?.value)
  const word = isOn === null ? null : switchWord(settings, isOn, texts)
  const isPlain = isReady && !problem && word !== null
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2">
      <p
        role="status"
        className={cn('flex min-w-0 items-center gap-1.5 text-xs', problem ? 'text-danger-text' : 'text-ink-3')}
        style={
          isPlain
            ? { ...fontStyle(word.font, Math.min(fontPx(word.font), 32)), color: textColor(word.color, p.surface) }
            : undefined
        }
      >
        {isReady ? null : <LoaderCircle aria-hidden className="size-3.5 shrink-0 animate-spin" />}
        {problem && isReady ? <CircleAlert aria-hidden className="size-3.5 shrink-0" /> : null}
        <span className="line-clamp-2 min-w-0">
          {control.sending !== null
            ? texts.sending
            : !isReady
              ? texts.reading
              : problem
                ? problem.kind === 'timed-out'
                  ? texts.timedOut
                  : problem.reason
                : isOn === null
                  ? texts.unknown
                  : word?.text}
        </span>
      </p>
      {problem && isReady && readAgain ? (
        <Button size="sm" variant="ghost" onClick={readAgain}>
          <RefreshCw />
          {texts.readAgain}
        </Button>
      ) : null}
    </div>
  )
}

const Toggle = ({ control, label, isLost, settings, surface }: Parts & { label: string; isLost: boolean }) => {
  const { value, disabled } = control.values
  const isBusy = control.sending !== null || value?.phase !== 'ready'
  const isOn = isSwitchedOn(value?.value) === true
  const isOff = isLost || isSwitchedOn(disabled?.value) === true
  const look = switchLook(settings, surface, { isOn, isDisabled: isOff })
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      aria-busy={isBusy}
      // Not `disabled`: that would take the focus from somebody who works with the keyboard.
      aria-disabled={isBusy || isOff}
      onClick={() => {
        if (!isBusy && !isOff) control.write(isOn ? 'off' : 'on', !isOn, { value: !isOn })
      }}
      className={cn(
        'relative h-8 w-14 shrink-0 rounded-full transition-colors duration-100 aria-disabled:cursor-default aria-disabled:opacity-60',
        isSwitchedOn(value?.value) === null && 'opacity-60',
      )}
      style={{ background: look.track }}
    >
      <span
        aria-hidden
        className={cn(
          'absolute top-1 left-1 size-6 rounded-full shadow transition-transform duration-100',
          isOn && 'translate-x-6',
        )}
        style={{ background: look.knob }}
      />
    </button>
  )
}
