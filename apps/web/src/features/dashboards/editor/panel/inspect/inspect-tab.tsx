'use client'
import type { DashboardWidget } from '@thingwire/dashboards'
import { Badge, Button } from '@thingwire/ui'
import { findWidget, type WidgetManifest } from '@thingwire/widgets/manifests'
import { Download, RotateCw } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { writeJson } from '../../../../../components/schema-form/json-text.ts'
import { useBoard, useStateScope, useWholeDocument } from '../../../board/board-context.ts'
import { useDashboardData } from '../../../data/data-provider.tsx'
import { seriesTable } from '../../../data/transform-series.ts'
import { systemOfViewer } from '../../../data/units.ts'
import { viewerZone } from '../../../data/use-widget-data.ts'
import { planWidget, type WidgetPlan } from '../../../data/widget-plan.ts'
import { filesPort } from '../../../host/files-port.ts'
import { Section } from '../parts/section.tsx'
import { PlainTable } from './data-table.tsx'
import { queriesOf, sharedWith, sizeOf } from './queries.ts'
import { useInspected } from './use-inspected.ts'

type Props = { widget: DashboardWidget; manifest: WidgetManifest }

/** What a widget asked, when and for how long, and the values that came. */
export const InspectTab = (p: Props) => {
  const [run, setRun] = useState(0)
  return <Inspected key={run} {...p} again={() => setRun(run + 1)} />
}

/** Plans of all widgets of the state that is shown. */
const usePlans = (): ReadonlyMap<string, { title: string; plan: WidgetPlan }> => {
  const document = useWholeDocument()
  const { filterValues, window } = useBoard()
  const { stack, definition } = useStateScope()
  const { picks } = useDashboardData()
  return useMemo(() => {
    const { main, right } = definition.layouts
    return new Map(
      [...main.items, ...(right?.items ?? [])].flatMap(({ widgetId }) => {
        const widget = document.widgets.get(widgetId)
        const manifest = widget && findWidget(widget.typeFullFqn)
        if (!widget || !manifest) return []
        const plan = planWidget({
          ...{ widget, manifest, window: widget.timeWindow ?? window },
          context: { document, stack, filters: filterValues, picks },
          ...{ now: Date.now(), viewerZone: viewerZone(), thinTo: 1_000 },
          system: systemOfViewer(navigator.language, viewerZone()),
        })
        return [[widgetId, { title: widget.card.title || manifest.name, plan }]]
      }),
    )
  }, [document, definition, stack, filterValues, picks, window])
}

type Times = { askedAt: number; firstMs: number | null; news: number; lastAt: number | null }

/** When the first answer came, and how often another has since. */
const useTimes = (state: unknown, isReady: boolean): Times => {
  const [askedAt] = useState(() => Date.now())
  const [started] = useState(() => performance.now())
  const [times, setTimes] = useState<Times>({ askedAt, firstMs: null, news: 0, lastAt: null })
  const seen = useRef<unknown>(null)
  useEffect(() => {
    if (!isReady || seen.current === state) return
    seen.current = state
    setTimes((now) =>
      now.firstMs === null
        ? { ...now, firstMs: performance.now() - started, lastAt: Date.now() }
        : { ...now, news: now.news + 1, lastAt: Date.now() },
    )
  }, [state, isReady, started])
  return times
}

/** An answer that was there already has come in no more time than drawing takes. */
const atOnceMs = 50

const Inspected = ({ widget, manifest, again }: Props & { again: () => void }) => {
  const t = useTranslations('dashboardPanel')
  const format = useFormatter()
  const { state, window } = useInspected(widget, manifest)
  const isReady = state.status === 'ready'
  const times = useTimes(state, isReady)
  const plans = usePlans()
  const own = plans.get(widget.id)
  const queries = own ? queriesOf(own.plan) : []
  const others = [...plans].flatMap(([id, { title, plan }]) =>
    id === widget.id ? [] : [{ title, queries: queriesOf(plan) }],
  )
  const series = state.status === 'ready' ? state.series : []
  const table = useMemo(() => seriesTable(series), [series])
  const size = sizeOf(series)
  const seconds = Math.max(1, (Date.now() - times.askedAt) / 1_000)
  const time = (at: number) => format.dateTime(at, { timeStyle: 'medium' })
  const save = () =>
    filesPort.download(
      `${widget.card.title || manifest.name}.json`,
      new Blob(
        [writeJson(series.map(({ entity, dataKey, points }) => ({ entity: entity.name, key: dataKey.name, points })))],
        { type: 'application/json' },
      ),
    )
  const facts: readonly (readonly [string, string])[] = [
    [t('inspect.asked'), time(times.askedAt)],
    [
      t('inspect.first'),
      times.firstMs === null
        ? t('inspect.waiting')
        : times.firstMs < atOnceMs
          ? t('inspect.atOnce')
          : t('inspect.ms', { ms: Math.round(times.firstMs) }),
    ],
    [t('inspect.last'), times.lastAt === null ? '—' : time(times.lastAt)],
    [
      t('inspect.news'),
      t('inspect.perSecond', { count: format.number(times.news / seconds, { maximumFractionDigits: 2 }) }),
    ],
    [
      t('inspect.size'),
      t('inspect.sizeOf', {
        series: size.series,
        points: size.points,
        kilobytes: format.number(size.characters / 1_024, { maximumFractionDigits: 1 }),
      }),
    ],
    [
      t('inspect.window'),
      window.endTs === 0
        ? '—'
        : `${format.dateTime(window.startTs, { dateStyle: 'short', timeStyle: 'medium' })} – ${format.dateTime(window.endTs, { dateStyle: 'short', timeStyle: 'medium' })}`,
    ],
  ]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)]">
      <Section
        title={t('inspect.query')}
        aside={
          <Button size="sm" variant="ghost" onClick={again}>
            <RotateCw />
            {t('inspect.again')}
          </Button>
        }
      >
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
          {facts.map(([name, text]) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="min-w-0 tabular-nums">{text}</dd>
            </div>
          ))}
        </dl>
        {state.status === 'failed' || state.status === 'empty' ? (
          <p role="alert" className="text-sm text-warn-text">
            {state.reason}
          </p>
        ) : null}
        {queries.length === 0 ? <p className="text-xs text-ink-3">{t('inspect.none')}</p> : null}
        {queries.map((query) => {
          const shared = sharedWith(query, others)
          return (
            <details key={`${query.source} ${query.kind}`} className="rounded-md border">
              <summary className="flex cursor-pointer flex-wrap items-center gap-2 px-3 py-2 text-sm">
                <span className="font-medium">{t(`inspect.kind.${query.kind}`)}</span>
                <span className="min-w-0 truncate text-xs text-ink-3">
                  {[query.source, query.keys.join(', ')].filter(Boolean).join(' · ')}
                </span>
                {shared.length > 0 ? (
                  <span title={shared.join(', ')}>
                    <Badge>{t('inspect.shared', { count: shared.length })}</Badge>
                  </span>
                ) : null}
              </summary>
              {shared.length > 0 ? (
                <p className="px-3 pb-2 text-xs text-ink-3">{t('inspect.sharedWith', { names: shared.join(', ') })}</p>
              ) : null}
              <pre className="max-h-64 overflow-auto border-t bg-sunken/40 p-3 font-mono text-xs">
                {writeJson(query.question)}
              </pre>
            </details>
          )
        })}
      </Section>
      <Section
        title={t('inspect.data')}
        aside={
          <Button size="sm" variant="ghost" disabled={series.length === 0} onClick={save}>
            <Download />
            {t('inspect.save')}
          </Button>
        }
      >
        <PlainTable table={table} label={t('inspect.data')} />
      </Section>
    </div>
  )
}
