'use client'
import { Button, cn } from '@thingwire/ui'
import { ZoomOut } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { FilesPort } from '../../host/host.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetNotice } from '../../notice.tsx'
import { GroundBox, ProblemMark, useGround } from '../../style/ground.tsx'
import { useWords } from '../../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../../widget.ts'
import { arrange } from './arrange.ts'
import { tinyHeight } from './axes-option.ts'
import { ChartMenu } from './chart-menu.tsx'
import { ChartTable } from './chart-table.tsx'
import { coursesOf } from './courses.ts'
import { CursorLayer } from './cursor-layer.tsx'
import { csvFile, pngFile } from './export.ts'
import type { ChartLook, Frame } from './frame.ts'
import { ChartLegend, spokenValues } from './legend.tsx'
import type { ChartKeySettings } from './key-settings.ts'
import type { ChartSettings } from './settings.ts'
import { statisticsOf } from './statistics.ts'
import { type ChartTheme, readTheme } from './theme.ts'
import { useBoxSize } from './use-box-size.ts'
import { useCanvas } from './use-canvas.ts'
import { useFormats } from './use-formats.ts'
import { useZoom, type Zoom } from './use-zoom.ts'
import { chartWords } from './words.ts'

type ChartProps = WidgetViewProps<ChartSettings> & {
  readKey: (settings: unknown) => ChartKeySettings
  look?: ChartLook
  /** Values last until the next one: silence is no gap. */
  isStateChart?: boolean
  /** In place of the legend of series. */
  legend?: React.ReactNode
}

const plain: ChartLook = {}
const noSources: readonly WidgetSeries[] = []

/** A chart over time: what all widgets of the family are drawn by. */
export const TimeChart = (p: ChartProps) => {
  const ground = useGround(p.settings.background, p.theme)
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const { scheme } = ground.surface
  return (
    <GroundBox ground={ground} padding={p.settings.padding} fallbackPadding="0px">
      <Chart {...p} theme={scheme} series={p.state.series} sources={p.state.sources ?? noSources} />
    </GroundBox>
  )
}

type Props = ChartProps & { series: readonly WidgetSeries[]; sources: readonly WidgetSeries[] }

const useTheme = (box: React.RefObject<HTMLElement | null>, scheme: 'light' | 'dark'): ChartTheme | null => {
  const [theme, setTheme] = useState<ChartTheme | null>(null)
  // The tokens follow an attribute above the widget, which is set before this effect runs.
  useEffect(() => {
    if (box.current) setTheme(readTheme(box.current, scheme))
  }, [box, scheme])
  return theme
}

const useFrame = (
  p: Props,
  theme: ChartTheme | null,
  { range, isMoving: isPassing }: Zoom,
  size: Frame['size'],
  hidden: ReadonlySet<string>,
  formats: Frame['formats'],
  before: string,
): Frame | null => {
  const { series, settings, readKey, interval, locale, timeZone, isStateChart = false, look = plain } = p
  const { units, decimals } = p.config
  const arranged = useMemo(
    () =>
      theme
        ? arrange({ series, settings, readKey, theme, defaults: { units, decimals }, comparisonWord: before })
        : null,
    [series, settings, readKey, theme, units, decimals, before],
  )
  const courses = useMemo(
    () =>
      coursesOf(arranged?.list ?? [], {
        interval,
        states: settings.states,
        isStateChart,
        window: p.window,
        now: Date.now(),
      }),
    [arranged, interval, settings.states, isStateChart, p.window],
  )
  const comparison = arranged?.list.some((item) => item.isComparison) ? (p.comparison ?? null) : null
  return useMemo(() => {
    if (!theme || !arranged) return null
    const besides = [...series.filter((one) => one.role === 'beside'), ...p.sources]
    return {
      ...arranged,
      courses,
      hidden,
      range,
      comparison,
      isPassing,
      interval,
      size,
      theme,
      locale,
      timeZone,
      settings,
      look,
      besides,
      formats,
    }
  }, [
    theme,
    arranged,
    courses,
    hidden,
    range,
    comparison,
    isPassing,
    interval,
    size,
    locale,
    timeZone,
    settings,
    look,
    series,
    p.sources,
    formats,
  ])
}

const save = (files: FilesPort, file: { name: string; content: Blob } | null) => {
  if (file) files.download(file.name, file.content)
}

/** Below this a legend would leave nothing for the chart. */
const leastForLegend = { width: 180, height: 120 }
/** px; below this a legend at the side would take what the chart needs. */
const leastBeside = 400

const Chart = (p: Props) => {
  const box = useRef<HTMLDivElement>(null)
  const { files } = useWidgetHost()
  const words = useWords('chart', chartWords)
  const theme = useTheme(box, p.theme)
  const measured = useBoxSize(box)
  const zoom = useZoom(p.window, p.settings.dataZoomUpdateTimewindow)
  const { formats, version } = useFormats()
  const [isTable, setIsTable] = useState(false)
  const hide = useHidden(p)
  const frame = useFrame(p, theme, zoom, measured ?? p.size, hide.hidden, formats, words('before'))
  const { chart, plot } = useCanvas(box, measured && frame, version)
  const statistics = useMemo(
    () =>
      new Map(
        frame?.list.map((item) => [
          item.series.id,
          statisticsOf(
            frame.courses.get(item.series.id) ?? new Float64Array(0),
            item.isComparison && frame.comparison ? frame.comparison : frame.range,
          ),
        ]),
      ),
    [frame],
  )
  const yOf = useCallback(
    (axis: number, value: number): number => {
      const made = chart.current?.convertToPixel({ yAxisIndex: axis }, value)
      return typeof made === 'number' ? made : 0
    },
    [chart],
  )
  const now = useRef({ frame, title: p.title })
  useEffect(() => {
    now.current = { frame, title: p.title }
  })
  // A new value is no reason to make the menu anew.
  const menu = useMemo(
    () => (
      <ChartMenu
        words={words}
        isTable={isTable}
        isZoomed={zoom.isZoomed}
        onTable={() => setIsTable(!isTable)}
        onCsv={() => {
          const { frame: drawn, title } = now.current
          if (drawn) save(files, csvFile(drawn, title, words))
        }}
        onPng={() => {
          const { frame: drawn, title } = now.current
          const picture = chart.current?.renderToCanvas({ pixelRatio: 2 })
          if (drawn && picture) void pngFile(drawn, title, picture).then((file) => save(files, file))
        }}
        onReset={zoom.reset}
      />
    ),
    [words, isTable, zoom.isZoomed, zoom.reset, files, chart],
  )
  const legendProps = { list: frame?.list ?? [], statistics, settings: p.settings, locale: p.locale }
  const asked = p.settings.legendConfig.position
  const position = p.size.width < leastBeside && (asked === 'left' || asked === 'right') ? 'bottom' : asked
  const isEmpty = p.series.every((series) => series.role !== 'main' || series.points.length === 0)
  const hasLegend =
    p.settings.showLegend && p.size.width >= leastForLegend.width && p.size.height >= leastForLegend.height
  const failure = formats.error()
  return (
    <div className={`group/chart relative flex size-full ${flow[position]}`}>
      {hasLegend && frame ? (
        <div className={cn(legendBox[position], position === 'top' && (zoom.isZoomed ? 'pr-36' : 'pr-8'))}>
          {p.legend ?? (
            <ChartLegend
              {...legendProps}
              hidden={hide.hidden}
              onToggle={hide.toggle}
              onSingle={hide.single}
              scheme={p.theme}
              words={words}
              isNarrow={p.size.width < leastBeside}
            />
          )}
        </div>
      ) : null}
      <div className="relative min-h-0 min-w-0 flex-1">
        <div
          ref={box}
          role="img"
          aria-label={`${p.title}: ${frame ? spokenValues(legendProps) : ''}`}
          className={`absolute inset-0 ${isTable ? 'invisible' : ''}`}
        />
        {isTable && frame ? <ChartTable frame={frame} title={p.title} words={words} /> : null}
        {!isTable && frame && plot && !isEmpty ? (
          <CursorLayer
            frame={frame}
            plot={plot}
            title={p.title}
            zoom={zoom}
            age={p.texts.age}
            words={words}
            yOf={yOf}
          />
        ) : null}
        {isEmpty ? (
          <p className="pointer-events-none absolute inset-0 flex items-center justify-center text-xs text-ink-3">
            {p.texts.noData}
          </p>
        ) : null}
        {failure === null ? null : <ProblemMark problem={words('functionFailed', { message: failure })} />}
      </div>
      {zoom.isZoomed && p.size.height > tinyHeight ? (
        <Button size="sm" className="absolute top-0.5 right-9 z-10" onClick={zoom.reset}>
          <ZoomOut />
          {words('resetZoom')}
        </Button>
      ) : null}
      {frame && !isEmpty && p.size.height > tinyHeight ? menu : null}
    </div>
  )
}

const flow = {
  top: 'flex-col gap-1',
  bottom: 'flex-col-reverse gap-1',
  left: 'flex-row',
  right: 'flex-row-reverse',
} as const
const legendBox = {
  top: 'max-h-[38%] shrink-0 overflow-hidden flex pt-1',
  bottom: 'max-h-[38%] shrink-0 overflow-hidden flex pb-1',
  left: 'max-w-[42%] shrink-0 overflow-hidden flex items-start py-1',
  // Below the menu.
  right: 'max-w-[42%] shrink-0 overflow-hidden flex items-start pt-7 pb-1',
} as const

/** Which series are switched off, by the file at first and then by the person. */
const useHidden = (p: Props) => {
  const { series, readKey } = p
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map())
  const hidden = useMemo(
    () =>
      new Set(
        series
          .filter((one) => chosen.get(one.id) ?? readKey(one.dataKey.settings).dataHiddenByDefault)
          .map((one) => one.id),
      ),
    [series, chosen, readKey],
  )
  const toggle = (id: string) => setChosen(new Map(chosen).set(id, !hidden.has(id)))
  const single = (id: string) => {
    const others = series.filter((one) => one.id !== id)
    const isAlone = !hidden.has(id) && others.every((one) => hidden.has(one.id))
    setChosen(new Map(series.map((one) => [one.id, !isAlone && one.id !== id])))
  }
  return { hidden, toggle, single }
}
