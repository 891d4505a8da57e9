'use client'
import { Button, cn } from '@thingwire/ui'
import { CircleAlert, LoaderCircle, RefreshCw } from 'lucide-react'
import { isOn as isSwitchedOn } from '../engines/control/plan.ts'
import type { ControlState } from '../control.ts'
import { WidgetNotice } from '../notice.tsx'
import type { WidgetTexts, WidgetViewProps } from '../widget.ts'
import type { SingleSwitchSettings } from './manifest.ts'

export const SingleSwitch = (p: WidgetViewProps<SingleSwitchSettings>) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const { control, settings, texts } = p
  if (!control) return <WidgetNotice state={{ status: 'empty', reason: texts.noData }} />
  const label = settings.label || settings.title || p.title
  const isLost = p.state.staleSince !== null
  return (
    <div className="flex size-full flex-wrap items-center justify-between gap-x-4 gap-y-1 overflow-hidden px-4 py-2">
      <div className="min-w-0 flex-1">
        {settings.showLabel && settings.label ? (
          <p className="truncate text-sm font-medium text-ink">{settings.label}</p>
        ) : null}
        <Status control={control} texts={texts} onLabel={settings.onLabel} offLabel={settings.offLabel} />
      </div>
      <Toggle control={control} label={label} isLost={isLost} />
    </div>
  )
}

const valueWords = (isOn: boolean | null, texts: WidgetTexts, onLabel: string, offLabel: string) => {
  if (isOn === null) return texts.unknown
  return isOn ? onLabel || texts.on : offLabel || texts.off
}

/** One line that says what is, what is under way, or what went wrong; announced when it changes. */
const Status = (p: { control: ControlState; texts: WidgetTexts; onLabel: string; offLabel: string }) => {
  const { control, texts } = p
  const shown = control.values.value
  const problem = control.problem ?? shown?.problem ?? null
  const isReady = control.sending === null && shown?.phase === 'ready'
  // After a command without an answer, too: only the device knows what became of it.
  const readAgain = shown?.readAgain
  const words = valueWords(isSwitchedOn(shown?.value), texts, p.onLabel, p.offLabel)
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2">
      <p
        role="status"
        className={cn('flex min-w-0 items-center gap-1.5 text-xs', problem ? 'text-danger-text' : 'text-ink-3')}
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
                : words}
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

const Toggle = ({ control, label, isLost }: { control: ControlState; label: string; isLost: boolean }) => {
  const { value, disabled } = control.values
  const isBusy = control.sending !== null || value?.phase !== 'ready'
  const isOn = isSwitchedOn(value?.value) === true
  const isOff = isLost || isSwitchedOn(disabled?.value) === true
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
        'relative h-8 w-14 shrink-0 rounded-full bg-line-strong transition-colors duration-100 aria-checked:bg-accent aria-disabled:cursor-default aria-disabled:opacity-60',
        isSwitchedOn(value?.value) === null && 'opacity-60',
      )}
    >
      <span
        aria-hidden
        className={cn(
          'absolute top-1 left-1 size-6 rounded-full bg-white shadow transition-transform duration-100',
          isOn && 'translate-x-6',
        )}
      />
    </button>
  )
}
