'use client'
import { readFunction } from '@thingwire/dashboards'
import { useMemo } from 'react'
import type { z } from 'zod'
import { contentWords } from '../engines/content/content-words.ts'
import { useContentText } from '../engines/content/use-content-text.ts'
import { WidgetNotice } from '../notice.tsx'
import { ProblemMark } from '../style/ground.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import { qrPath } from './code.ts'
import type { qrCodeSettingsSchema } from './manifest.ts'

type Settings = z.infer<typeof qrCodeSettingsSchema>

const argumentNames = ['data']

export const QrCode = ({ state, ...p }: WidgetViewProps<Settings>) =>
  state.status === 'ready' ? <Code settings={p.settings} series={state.series} /> : <WidgetNotice state={state} />

const Code = ({ settings, series }: { settings: Settings; series: readonly WidgetSeries[] }) => {
  const words = useWords('content', contentWords)
  const { text, problem, isAbsent } = useContentText({
    source: settings.useQrCodeTextFunction ? readFunction(settings.qrCodeTextFunction) : null,
    argumentNames,
    pattern: settings.useQrCodeTextFunction ? '' : settings.qrCodeTextPattern,
    series,
  })
  const code = useMemo(() => (text ? qrPath(text) : null), [text])
  if (text === null) return <WidgetNotice state={{ status: 'loading' }} />
  if (isAbsent) return <WidgetNotice state={{ status: 'empty', reason: words('noText') }} />
  if (problem !== null && text === '') return <WidgetNotice state={{ status: 'failed', reason: problem }} />
  if (text === '') return <WidgetNotice state={{ status: 'empty', reason: words('noText') }} />
  if (!code) return <WidgetNotice state={{ status: 'failed', reason: words('tooLongForCode') }} />
  return (
    <div className="relative grid size-full place-items-center p-3">
      {/* Dark on light in both themes: many cameras read nothing else. */}
      <svg
        role="img"
        aria-label={words('codeOf', { text: text.length > 120 ? `${text.slice(0, 120)}…` : text })}
        viewBox={`0 0 ${code.size} ${code.size}`}
        shapeRendering="crispEdges"
        className="size-full max-h-96 max-w-96 rounded-sm"
      >
        <rect width={code.size} height={code.size} fill="#fff" />
        <path d={code.path} fill="#000" />
      </svg>
      {problem ? <ProblemMark problem={problem} /> : null}
    </div>
  )
}
