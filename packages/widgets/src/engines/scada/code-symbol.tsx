'use client'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetNotice } from '../../notice.tsx'
import { WidgetIcon } from '../../style/icons.tsx'
import type { WidgetEntity } from '../../widget.ts'
import type { SymbolFile } from './read-symbol.ts'
import { sandboxProgram } from './sandbox-program.ts'
import { iconsIn } from './icons-in.ts'
import { unitConversions } from './unit-conversions.ts'
import { stillFile, writeXml } from './xml.ts'

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
  const { content, unitSystem } = useWidgetHost()
  const { CodeFrame } = content
  const { symbol, values, properties, act } = p
  const svg = useMemo(() => writeXml(symbol.drawing), [symbol])
  const code = useMemo(() => {
    return `const symbol = ${JSON.stringify({ svg, metadata: symbol.metadata })}\n${sandboxProgram}`
  }, [svg, symbol])
  const still = useMemo(() => stillFile(symbol.drawing), [symbol])
  const names = useMemo(() => iconsIn(symbol.metadata, properties), [symbol, properties])
  const [icons, setIcons] = useState<Readonly<Record<string, string>> | null>(null)
  const units = useMemo(() => unitConversions(properties, unitSystem), [properties, unitSystem])
  const context = useMemo(
    () => ({ settings: { values, properties, units, icons } }),
    [values, properties, units, icons],
  )
  const answer = useCallback(
    async (method: string, [behavior, value]: readonly unknown[]) => {
      if (method !== 'symbolAction' || typeof behavior !== 'string') throw new Error(method)
      await act(behavior, value)
      return null
    },
    [act],
  )
  if (!CodeFrame) return <WidgetNotice state={{ status: 'failed', reason: p.noSandbox }} />
  // The document begins with its icons, so that it is not drawn twice.
  if (icons === null) return <IconDrawings names={names} onDrawn={setIcons} />
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
      waiting={<Still svg={still} />}
    />
  )
}

/** The drawing without what its code makes of it: a board of many symbols takes a while to start them all. */
const Still = ({ svg }: { svg: string }) => (
  <img
    alt=""
    aria-busy
    src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
    className="size-full opacity-40 grayscale"
  />
)

/** Draws icons out of sight and hands on their markup: the sandbox has no icons of its own. */
const IconDrawings = (p: { names: readonly string[]; onDrawn: (icons: Readonly<Record<string, string>>) => void }) => {
  const place = useRef<HTMLDivElement>(null)
  const { names, onDrawn } = p
  useLayoutEffect(() => {
    const drawings = [...(place.current?.children ?? [])]
    onDrawn(Object.fromEntries(names.map((name, index) => [name, drawings[index]?.innerHTML ?? ''])))
  }, [names, onDrawn])
  return (
    <div ref={place} hidden>
      {names.map((name) => (
        <WidgetIcon key={name} name={name} size={24} />
      ))}
    </div>
  )
}
