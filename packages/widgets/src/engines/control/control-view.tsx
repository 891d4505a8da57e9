'use client'
import { cn } from '@thingwire/ui'
import { CircleAlert, LoaderCircle, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { WidgetNotice } from '../../notice.tsx'
import { useWords } from '../../texts/use-texts.ts'
import type { WidgetTexts, WidgetViewProps } from '../../widget.ts'
import { type Operation, operationOf } from './operation.ts'
import { controlWords } from './words.ts'

/** Below a control that is round, for the line that tells what is under way, px; where a tile is low there is none to spare. */
export const statusRoom = (height: number): number => (isLow(height) ? 12 : lineHeight)

const lineHeight = 26
/** In lower tiles a line has no room beside the control, unless something is wrong. */
const isLow = (height: number) => height < 110
/** In yet lower ones the control would be too low to be hit. */
const leastForLine = 64

/** What every control does alike: notices where there is nothing to control, else the control and a line about it. */
export const ControlView = (
  p: Pick<WidgetViewProps<unknown>, 'state' | 'control' | 'texts' | 'size'> & {
    children: (operation: Operation) => ReactNode
    /** Whether its words stand beside the control already; else a line below tells what is under way or went wrong. */
    tellsItself?: boolean
    className?: string
    /** Around the control, px, instead of the usual. */
    pad?: number
    /** Keeps free below it what `statusRoom` says. */
    hasStatusRoom?: boolean
  },
) => {
  const words = useWords('control', controlWords)
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  if (!p.control) return <WidgetNotice state={{ status: 'empty', reason: words('noTarget') }} />
  const operation = operationOf(p.control, p.state)
  return (
    <div
      className={cn(
        'relative flex size-full flex-col items-center justify-center overflow-hidden',
        p.pad === undefined && 'p-3',
        p.className,
      )}
      style={{
        ...(p.pad === undefined ? {} : { padding: p.pad }),
        ...(p.hasStatusRoom ? { paddingBlock: `12px ${statusRoom(p.size.height)}px` } : {}),
        // Something wrong stays: it must not lie over the control.
        ...(!p.tellsItself && isWrong(operation) && p.size.height >= leastForLine ? { paddingBottom: lineHeight } : {}),
      }}
    >
      {p.children(operation)}
      {p.tellsItself ? null : (
        <ControlStatus operation={operation} texts={p.texts} isFloating isSmall={isLow(p.size.height)} />
      )}
    </div>
  )
}

const isWrong = ({ phase, problem }: Operation): boolean => phase === 'ready' && problem !== null

/** Long enough to be told from a flicker. */
const quickMs = 'animate-[appear_150ms_300ms_both]'

/** One line that says what is under way or went wrong; announced when it changes. `words`: what it says when all is well. */
export const ControlStatus = (p: {
  operation: Operation
  texts: WidgetTexts
  words?: string
  /** Over the lower edge of the control, where it has no line of its own. */
  isFloating?: boolean
  /** There a sign must do for what passes. */
  isSmall?: boolean
}) => {
  const { phase, problem, readAgain } = p.operation
  const text =
    phase === 'sending'
      ? p.texts.sending
      : phase === 'reading'
        ? p.texts.reading
        : problem
          ? problem.kind === 'timed-out'
            ? p.texts.timedOut
            : problem.reason
          : (p.words ?? '')
  const isBad = isWrong(p.operation)
  const isSign = p.isSmall === true && phase !== 'ready'
  return (
    <div
      className={cn(
        'flex max-w-full min-w-0 items-center gap-1 text-xs',
        p.isFloating && 'absolute inset-x-1 bottom-1',
        p.isFloating && (isSign ? 'justify-end' : 'justify-center'),
        p.isFloating && text && 'pointer-events-none',
      )}
    >
      <p
        role="status"
        title={isBad ? text : undefined}
        className={cn(
          'flex min-w-0 items-center gap-1.5',
          isBad ? 'text-danger-text' : 'text-ink-3',
          p.isFloating && text && 'rounded-full bg-surface shadow-card',
          p.isFloating && text && (isSign ? 'p-1' : 'px-2 py-0.5'),
          phase !== 'ready' && quickMs,
        )}
      >
        {phase === 'ready' ? null : <LoaderCircle aria-hidden className="size-3.5 shrink-0 animate-spin" />}
        {isBad ? <CircleAlert aria-hidden className="size-3.5 shrink-0" /> : null}
        <span className={isSign ? 'sr-only' : 'truncate'}>{text}</span>
      </p>
      {isBad && readAgain ? (
        <button
          type="button"
          aria-label={p.texts.readAgain}
          title={p.texts.readAgain}
          onClick={readAgain}
          className="pointer-events-auto relative flex size-6 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:before:absolute pointer-coarse:before:-inset-2 pointer-coarse:before:content-['']"
        >
          <RefreshCw aria-hidden className="size-3.5" />
        </button>
      ) : null}
    </div>
  )
}
