'use client'
import type { FunctionSource } from '@thingwire/dashboards'
import { useMemo } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetNotice } from '../../notice.tsx'
import { useWords } from '../../texts/use-texts.ts'
import type { WidgetEntity } from '../../widget.ts'
import { contentWords } from './content-words.ts'
import { ShadowHtml } from './shadow-html.tsx'

const none: readonly string[] = []

/**
 * Markup of a file: what has a script runs whole in the sandbox, everything else is made harmless and stands in the page,
 * which is lighter and reads better for screen readers.
 */
export const HtmlContent = (p: {
  html: string
  /** It has a script. */
  runs: boolean
  css: string
  code?: FunctionSource | null
  argumentNames?: readonly string[]
  /** Addresses that the file wanted to load. */
  missing?: readonly string[]
  entity: WidgetEntity | null
  title: string
  theme: 'light' | 'dark'
}) => {
  const words = useWords('content', contentWords)
  const { content, board } = useWidgetHost()
  const { CodeFrame } = content
  const { code = null, missing = none } = p
  const context = useMemo(() => ({ settings: {} }), [])
  const html = p.html.trim()
  if (html === '' && code === null) return <WidgetNotice state={{ status: 'empty', reason: words('empty') }} />
  const problem = missing.length > 0 ? words('notLoaded', { addresses: missing.join(', ') }) : null
  if (!p.runs) {
    return <ShadowHtml markup={html} css={p.css} entity={p.entity} fills problem={problem} />
  }
  if (!CodeFrame) return <WidgetNotice state={{ status: 'failed', reason: words('noSandbox') }} />
  return (
    <div className="flex size-full flex-col">
      <div className="min-h-0 flex-1">
        <CodeFrame
          html={html}
          css={`${board.css}\n${p.css}`}
          code={code}
          argumentNames={p.argumentNames ?? none}
          entity={p.entity}
          context={context}
          title={p.title}
          theme={p.theme}
        />
      </div>
      {problem ? (
        <p className="truncate px-2 py-1 text-xs text-warn-text" title={problem}>
          {problem}
        </p>
      ) : null}
    </div>
  )
}
