'use client'
import type { TimeWindowModel } from '@thingwire/dashboards'
import { Button, cn, Dialog, Popover, Segmented } from '@thingwire/ui'
import { Clock, RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FixedSpan, LastSpans, QuickSpans } from './span-choices.tsx'
import { useWindowWords } from './use-window-words.ts'
import { usualGroup, type WindowLimits } from './window-limits.ts'
import { WindowOptions } from './window-options.tsx'

export type PickerProps = {
  model: TimeWindowModel
  /** As the file has it; what "reset" leads back to. */
  base: TimeWindowModel
  limits: WindowLimits
  onChange: (model: TimeWindowModel) => void
}

/** Chooses what a board looks at; on a phone the choices come up from below. */
export const WindowPicker = (p: PickerProps & { isPhone: boolean; isSmall?: boolean }) => {
  const t = useTranslations('boardWindow')
  const common = useTranslations('common')
  const words = useWindowWords()
  const [open, setOpen] = useState(false)
  const text = words.span(p.model)
  const trigger = (
    <Button
      size={p.isSmall ? 'sm' : 'md'}
      variant={p.isSmall ? 'ghost' : 'secondary'}
      aria-label={`${t('title')}: ${text}`}
      {...(p.isPhone ? { onClick: () => setOpen(true), 'aria-haspopup': 'dialog' as const } : {})}
    >
      <Clock />
      <span className={cn('max-w-52 truncate max-sm:max-w-32', p.isSmall && '@max-xs/titled:hidden')}>{text}</span>
    </Button>
  )
  const choices = <WindowChoices {...p} onDone={() => setOpen(false)} />
  if (p.isPhone) {
    return (
      <>
        {trigger}
        <Dialog open={open} onOpenChange={setOpen} title={t('title')} closeLabel={common('close')}>
          {choices}
        </Dialog>
      </>
    )
  }
  return (
    <Popover
      label={t('title')}
      open={open}
      onOpenChange={setOpen}
      className="max-h-(--radix-popover-content-available-height) w-96 overflow-y-auto"
      trigger={trigger}
    >
      {choices}
    </Popover>
  )
}

const WindowChoices = (p: PickerProps & { onDone: () => void }) => {
  const t = useTranslations('boardWindow')
  const { limits, model } = p
  const modes = (['realtime', 'history'] as const).filter((mode) => !limits[mode].isHidden)
  const [mode, setMode] = useState(modes.includes(model.mode) ? model.mode : (modes[0] ?? model.mode))
  const allowed = limits[mode]
  const choose = (span: TimeWindowModel['span']) => {
    p.onChange({ ...model, mode, span, interval: usualGroup(limits, { mode, span }) })
    p.onDone()
  }
  const current = model.mode === mode ? model.span : null
  return (
    <div className="grid gap-4">
      {modes.length > 1 ? (
        <Segmented
          label={t('mode')}
          className="flex"
          value={mode}
          onChange={setMode}
          options={modes.map((value) => ({ value, label: t(value) }))}
        />
      ) : null}
      {allowed.hidesLast ? null : <LastSpans current={current} allowed={allowed.lasts} onChoose={choose} />}
      {mode === 'history' && !allowed.hidesAll ? (
        <Button
          size="sm"
          variant={current?.kind === 'all' ? 'primary' : 'ghost'}
          aria-pressed={current?.kind === 'all'}
          className="-mt-3 justify-self-start"
          onClick={() => choose({ kind: 'all' })}
        >
          {t('all')}
        </Button>
      ) : null}
      {allowed.hidesQuick ? null : (
        <QuickSpans mode={mode} current={current} allowed={allowed.quicks} onChoose={choose} />
      )}
      {mode === 'history' && !allowed.hidesFixed ? <FixedSpan model={model} onChoose={choose} /> : null}
      <WindowOptions {...p} />
      <Button
        size="sm"
        variant="ghost"
        className={cn('justify-self-start', isSame(p.model, p.base) && 'hidden')}
        onClick={() => {
          p.onChange(p.base)
          p.onDone()
        }}
      >
        <RotateCcw />
        {t('reset')}
      </Button>
    </div>
  )
}

const isSame = (a: TimeWindowModel, b: TimeWindowModel): boolean => JSON.stringify(a) === JSON.stringify(b)
