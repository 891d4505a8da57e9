'use client'
import { cn } from '@thingwire/ui'
import { Puzzle } from 'lucide-react'
import { useMemo } from 'react'
import type { ControlState } from '../control.ts'
import { ControlStatus } from '../engines/control/control-view.tsx'
import { CodeSymbol } from '../engines/scada/code-symbol.tsx'
import { type DrawingState, type PartAction, SymbolDrawing } from '../engines/scada/drawing.tsx'
import { labelled, symbolAction, symbolPlan, symbolProperties } from '../engines/scada/plan.ts'
import type { SymbolFile } from '../engines/scada/read-symbol.ts'
import { formatValue } from '../format.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { GroundBox, ProblemMark, useGround } from '../style/ground.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import { findAtOnce } from './find-chosen.ts'
import type { FoundSymbol, ScadaSymbolSettings } from './manifest.ts'
import { symbolTitle } from './names.ts'
import { useSymbolActions } from './use-symbol-actions.ts'
import { scadaWords } from './words.ts'

export const ScadaSymbol = (p: WidgetViewProps<ScadaSymbolSettings>) => {
  const words = useWords('scada', scadaWords)
  const { settings } = p
  const ground = useGround(settings.background, p.theme)
  const found = useMemo(() => settings.found ?? findAtOnce(settings), [settings])
  if (p.state.status === 'failed' || !found) {
    return <WidgetNotice state={p.state.status === 'ready' || !found ? { status: 'loading' } : p.state} />
  }
  if (found.kind === 'none') return <WidgetNotice state={{ status: 'empty', reason: words('none') }} />
  return (
    <GroundBox ground={ground} padding={settings.padding} fallbackPadding="0px">
      {found.kind === 'missing' ? (
        <MissingSymbol found={found} title={p.title} isSmall={p.size.height < leastNoticePx} />
      ) : (
        <LiveSymbol {...p} symbol={found.symbol} theme={ground.surface.scheme} />
      )}
    </GroundBox>
  )
}

const leastNoticePx = 76

/** Says by name what is not drawn. */
const MissingSymbol = (p: { found: Extract<FoundSymbol, { kind: 'missing' }>; title: string; isSmall: boolean }) => {
  const { found, title } = p
  const words = useWords('scada', scadaWords)
  const name = symbolTitle(found.name) || title
  const text =
    found.problem === null ? words('missing', { name }) : words('unreadable', { name, problem: found.problem })
  return (
    <div
      role="img"
      aria-label={text}
      title={text}
      className="flex size-full flex-col items-center justify-center gap-1 overflow-hidden rounded-md border border-dashed border-line-strong p-1 text-center text-2xs text-ink-3"
    >
      {p.isSmall ? null : <Puzzle aria-hidden className="size-4 shrink-0" />}
      <span className={cn('line-clamp-3 break-words', p.isSmall && 'text-[9px]/[1.15]')}>
        {found.problem === null ? name : text}
      </span>
    </div>
  )
}

const smallPx = 110

const LiveSymbol = (p: WidgetViewProps<ScadaSymbolSettings> & { symbol: SymbolFile }) => {
  const words = useWords('scada', scadaWords)
  const { commands, unitSystem } = useWidgetHost()
  const { symbol, control, texts } = p
  const stored = p.settings.scadaSymbolObjectSettings
  const plan = useMemo(() => symbolPlan(symbol.metadata, stored), [symbol, stored])
  const { target } = commands
  const properties = useMemo(
    () => labelled(symbol.metadata, symbolProperties(symbol.metadata, stored), target),
    [symbol, stored, target],
  )
  const values = useValues(control, symbol)
  const isLost = p.state.status !== 'ready' || p.state.staleSince !== null
  const { run, act } = useSymbolActions({ symbol, settings: stored, control, isLost, words })
  const isBusy = isLost || !control || control.sending !== null
  // Alarms come beside what the symbol is about, and may take longer.
  const isReading = Object.entries(control?.values ?? {}).some(
    ([id, { phase }]) => phase === 'reading' && plan.reads[id]?.kind !== 'alarmStatus',
  )

  const state = useMemo((): DrawingState => {
    const nameOf = (id: string) => symbol.metadata.behavior.find((one) => one.id === id)?.name || id
    const actionOf: DrawingState['actionOf'] = (click): PartAction | null => {
      if ('run' in click) {
        const behavior = symbol.metadata.behavior.find(({ id }) => id === click.run)
        const action = behavior ? symbolAction(behavior, stored) : null
        return action
          ? { name: action.name || nameOf(click.run), isBlocked: false, act: (part) => void run(click.run, part) }
          : null
      }
      const isOn = values[click.toggle] === true
      // While it is being asked what is on, a press would not know what it turns off.
      const isBlocked = isBusy || control?.values[click.toggle]?.phase !== 'ready'
      return {
        name: nameOf(click.toggle),
        isPressed: isOn,
        isBlocked,
        act: () => control?.write(isOn ? click.off : click.on, !isOn, { [click.toggle]: !isOn }),
      }
    }
    return {
      scope: { values, properties },
      defaults: Object.fromEntries(symbol.metadata.properties.map((one) => [one.id, one.default])),
      locale: p.locale,
      unitSystem,
      actionOf,
    }
  }, [symbol, stored, values, properties, control, isBusy, run, p.locale, unitSystem])

  const label = useMemo(() => {
    const said = symbol.metadata.behavior.flatMap(({ id, name, type }) => {
      const value = values[id]
      if (type !== 'value' || plan.reads[id]?.kind === 'none' || value === undefined || value === null) return []
      if (typeof value === 'boolean') return value ? [name || id] : []
      return [`${name || id} ${formatValue(value, { name: '' }, p.locale)}`]
    })
    const title = p.title || symbol.metadata.title
    return said.length > 0 ? `${title}: ${said.join(', ')}` : title
  }, [symbol, values, plan, p.title, p.locale])

  return (
    <div className="scada-box relative size-full">
      {symbol.hasCode ? (
        <CodeSymbol
          symbol={symbol}
          values={values}
          properties={properties}
          entity={commands.target}
          title={label}
          theme={p.theme}
          noSandbox={words('noSandbox')}
          act={act}
        />
      ) : (
        <SymbolDrawing symbol={symbol} state={state} label={label} isDimmed={isLost || isReading} />
      )}
      <SymbolStatus {...p} isSmall={Math.min(p.size.width, p.size.height) < smallPx} texts={texts} />
    </div>
  )
}

/** Values by behaviour; the same object as long as they are the same. */
const useValues = (control: ControlState | undefined, symbol: SymbolFile): Readonly<Record<string, unknown>> => {
  const made = Object.fromEntries(
    symbol.metadata.behavior.flatMap(({ id, type }) => (type === 'value' ? [[id, control?.values[id]?.value]] : [])),
  )
  const key = JSON.stringify(Object.entries(made).map(([id, value]) => [id, typeof value, value]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the object does
  return useMemo(() => made, [key, symbol])
}

/** What is under way or went wrong, over the lower edge; a mark alone where there is no room for words. */
const SymbolStatus = (p: WidgetViewProps<ScadaSymbolSettings> & { isSmall: boolean }) => {
  const { control, state, texts } = p
  if (state.status === 'empty') {
    return p.isSmall ? <ProblemMark problem={state.reason} /> : <Pill text={state.reason} />
  }
  const read = Object.values(control?.values ?? {}).find(({ problem }) => problem)
  const problem = control?.problem ?? read?.problem ?? null
  if (!control || (problem === null && control.sending === null)) return null
  if (p.isSmall) {
    if (problem === null) return null
    return <ProblemMark problem={problem.kind === 'timed-out' ? texts.timedOut : problem.reason} />
  }
  return (
    <ControlStatus
      operation={{
        value: undefined,
        isOn: null,
        isActivated: false,
        phase: control.sending === null ? 'ready' : 'sending',
        isDisabled: false,
        isBlocked: false,
        problem,
        readAgain: read?.readAgain ?? null,
        write: control.write,
      }}
      texts={texts}
      isFloating
    />
  )
}

const Pill = ({ text }: { text: string }) => (
  <p
    title={text}
    className="pointer-events-none absolute inset-x-1 bottom-1 mx-auto w-fit max-w-full truncate rounded-full bg-surface px-2 py-0.5 text-xs text-ink-3 shadow-card"
  >
    {text}
  </p>
)
