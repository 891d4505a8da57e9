'use client'
import { Button, cn } from '@thingwire/ui'
import { CircleAlert, LoaderCircle, RefreshCw } from 'lucide-react'
import type { ControlState } from '../control.ts'
import { WidgetNotice } from '../notice.tsx'
import type { WidgetTexts, WidgetViewProps } from '../widget.ts'
import type { RpcSwitchSettings } from './manifest.ts'

export const RpcSwitch = (p: WidgetViewProps<RpcSwitchSettings>) => {
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
  const { problem } = control
  const words = valueWords(control.isOn, texts, p.onLabel, p.offLabel)
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2">
      <p
        role="status"
        className={cn('flex min-w-0 items-center gap-1.5 text-xs', problem ? 'text-danger-text' : 'text-ink-3')}
      >
        {control.phase === 'ready' ? null : <LoaderCircle aria-hidden className="size-3.5 shrink-0 animate-spin" />}
        {problem && control.phase === 'ready' ? <CircleAlert aria-hidden className="size-3.5 shrink-0" /> : null}
        <span className="line-clamp-2 min-w-0">
          {control.phase === 'reading'
            ? texts.reading
            : control.phase === 'sending'
              ? texts.sending
              : problem
                ? problem.kind === 'timed-out'
                  ? texts.timedOut
                  : problem.reason
                : words}
        </span>
      </p>
      {problem && control.phase === 'ready' && control.readAgain ? (
        <Button size="sm" variant="ghost" onClick={control.readAgain}>
          <RefreshCw />
          {texts.readAgain}
        </Button>
      ) : null}
    </div>
  )
}

const Toggle = ({ control, label, isLost }: { control: ControlState; label: string; isLost: boolean }) => {
  const isBusy = control.phase !== 'ready'
  const isOn = control.isOn === true
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      aria-busy={isBusy}
      // Not `disabled`: that would take the focus from somebody who works with the keyboard.
      aria-disabled={isBusy || isLost}
      onClick={() => {
        if (!isBusy && !isLost) control.set(!isOn)
      }}
      className={cn(
        'relative h-8 w-14 shrink-0 rounded-full bg-line-strong transition-colors duration-100 aria-checked:bg-accent aria-disabled:cursor-default aria-disabled:opacity-60',
        control.isOn === null && 'opacity-60',
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
