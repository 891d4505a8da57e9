'use client'
import { useCallback, useMemo } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetNotice } from '../../notice.tsx'
import type { WidgetEntity } from '../../widget.ts'
import type { SymbolFile } from './read-symbol.ts'
import { sandboxProgram } from './sandbox-program.ts'
import { writeXml } from './xml.ts'

const argumentNames = ['ctx', 'container']
const libraries = ['svg.js'] as const
/** Fonts of files are not here; one that reads well takes their place. */
const css = 'body{position:relative;overflow:hidden}text,tspan{font-family:Roboto,Inter,system-ui,sans-serif}'

/** A symbol whose drawing takes code of its file: it runs in the sandbox, with values told and actions asked by messages. */
export const CodeSymbol = (p: {
  symbol: SymbolFile
  values: Readonly<Record<string, unknown>>
  properties: Readonly<Record<string, unknown>>
  entity: WidgetEntity | null
  title: string
  theme: 'light' | 'dark'
  noSandbox: string
  /** Resolves when it has been started; rejects with words for the person. */
  act: (behavior: string, value: unknown) => Promise<void>
}) => {
  const { CodeFrame } = useWidgetHost().content
  const { symbol, values, properties, act } = p
  const code = useMemo(() => {
    const svg = writeXml(symbol.drawing)
    return `const symbol = ${JSON.stringify({ svg, metadata: symbol.metadata })}\n${sandboxProgram}`
  }, [symbol])
  const context = useMemo(() => ({ settings: { values, properties } }), [values, properties])
  const answer = useCallback(
    async (method: string, [behavior, value]: readonly unknown[]) => {
      if (method !== 'symbolAction' || typeof behavior !== 'string') throw new Error(method)
      await act(behavior, value)
      return null
    },
    [act],
  )
  if (!CodeFrame) return <WidgetNotice state={{ status: 'failed', reason: p.noSandbox }} />
  return (
    <CodeFrame
      html=""
      css={css}
      code={code}
      libraries={libraries}
      argumentNames={argumentNames}
      entity={p.entity}
      context={context}
      title={p.title}
      theme={p.theme}
      answer={answer}
    />
  )
}
