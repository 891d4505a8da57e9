'use client'
import { readFunction } from '@thingwire/dashboards'
import { FileCode2 } from 'lucide-react'
import type { z } from 'zod'
import { contentWords } from '../engines/content/content-words.ts'
import { HtmlContent } from '../engines/content/html-content.tsx'
import { hasScript } from '../engines/content/markdown.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { htmlContainerSettingsSchema } from './manifest.ts'

const argumentNames = ['ctx', 'container']

export const HtmlContainer = (p: WidgetViewProps<z.infer<typeof htmlContainerSettingsSchema>>) => {
  const words = useWords('content', contentWords)
  const { settings } = p
  const code = readFunction(settings.js)
  if (settings.type === 'ANGULAR') {
    return (
      <div className="flex size-full flex-col items-center justify-center gap-1 overflow-hidden p-3 text-center">
        <FileCode2 aria-hidden className="size-4 shrink-0 text-ink-3" />
        <p className="text-xs text-ink-2">{words('angular')}</p>
        <p className="text-xs text-ink-3">{words('angularHint')}</p>
      </div>
    )
  }
  return (
    <HtmlContent
      html={settings.html}
      runs={code !== null || hasScript(settings.html)}
      css={settings.css}
      code={code}
      argumentNames={argumentNames}
      missing={settings.resources.map(({ url }) => url)}
      entity={null}
      title={p.title}
      theme={p.theme}
    />
  )
}
