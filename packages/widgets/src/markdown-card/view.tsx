'use client'
import { readFunction } from '@thingwire/dashboards'
import { useMemo } from 'react'
import type { z } from 'zod'
import { markdownToHtml } from '../engines/content/markdown.ts'
import { ShadowHtml } from '../engines/content/shadow-html.tsx'
import { markdownStyle } from '../engines/content/shadow-styles.ts'
import { useContentText } from '../engines/content/use-content-text.ts'
import { WidgetNotice } from '../notice.tsx'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { markdownCardSettingsSchema } from './manifest.ts'

type Settings = z.infer<typeof markdownCardSettingsSchema>

const argumentNames = ['data', 'ctx']

export const MarkdownCard = ({ state, ...p }: WidgetViewProps<Settings>) => {
  if (state.status !== 'ready') return <WidgetNotice state={state} />
  return <Content settings={p.settings} series={state.series} noData={p.texts.noData} />
}

type ContentProps = { settings: Settings; series: readonly WidgetSeries[]; noData: string }

const Content = ({ settings, series, noData }: ContentProps) => {
  const { text, problem, isAbsent } = useContentText({
    source: settings.useMarkdownTextFunction ? readFunction(settings.markdownTextFunction) : null,
    argumentNames,
    pattern: settings.useMarkdownTextFunction ? '' : settings.markdownTextPattern,
    series,
  })
  const markup = useMemo(() => (text === null ? null : markdownToHtml(text)), [text])
  if (isAbsent) return <WidgetNotice state={{ status: 'empty', reason: noData }} />
  if (problem !== null && text === '') return <WidgetNotice state={{ status: 'failed', reason: problem }} />
  if (markup === null) return <WidgetNotice state={{ status: 'loading' }} />
  return (
    <ShadowHtml
      markup={markup}
      css={settings.markdownCss}
      style={settings.applyDefaultMarkdownStyle ? markdownStyle : ''}
      entity={series[0]?.entity ?? null}
      fills={!settings.applyDefaultMarkdownStyle}
      problem={problem}
    />
  )
}
