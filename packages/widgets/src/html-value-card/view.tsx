'use client'
import { useMemo } from 'react'
import type { z } from 'zod'
import { HtmlContent } from '../engines/content/html-content.tsx'
import { hasScript } from '../engines/content/markdown.ts'
import { escapeHtml, fillPattern } from '../engines/content/records.ts'
import { WidgetNotice } from '../notice.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { htmlValueCardSettingsSchema } from './manifest.ts'

const none = [] as const

export const HtmlValueCard = (p: WidgetViewProps<z.infer<typeof htmlValueCardSettingsSchema>>) => {
  const series = p.state.status === 'ready' ? p.state.series : none
  const { cardHtml } = p.settings
  // What a device says must not decide whether there is a script, nor be in one.
  const runs = hasScript(cardHtml)
  const html = useMemo(() => fillPattern(cardHtml, series, runs ? escapeHtml : undefined), [cardHtml, series, runs])
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  return (
    <HtmlContent
      html={html}
      runs={runs}
      css={p.settings.cardCss}
      entity={series[0]?.entity ?? null}
      title={p.title}
      theme={p.theme}
    />
  )
}
