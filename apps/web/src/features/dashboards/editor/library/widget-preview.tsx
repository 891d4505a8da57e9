'use client'
import { useQuery } from '@tanstack/react-query'
import { readDashboard } from '@thingwire/dashboards'
import { widgetJson } from '@thingwire/dashboards/edit'
import { Skeleton } from '@thingwire/ui'
import { loadWidgetCases } from '@thingwire/widgets/cases'
import { useTheme } from 'next-themes'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { BoardProvider, useBoard } from '../../board/board-context.ts'
import { cardLook } from '../../board/card/card-look.ts'
import { Fence } from '../../board/fence.tsx'
import { useInView } from '../../board/use-in-view.ts'
import { WidgetContent } from '../../board/widget-content.tsx'
import { CaseView } from '../../gallery/case-view.tsx'
import { useElementSize } from '../../use-measure.ts'
import { useConfiguration } from '../store/use-editor.ts'
import type { Offer } from './drawn-from.ts'
import { createTurns } from './preview-turns.ts'

/** Of a cell of a usual board, px: previews are drawn as large as widgets are, and made smaller. */
const cell = { column: 46, row: 54 }
/** Larger ones would be too small to be read. */
const most = { columns: 10, rows: 7 }

const turns = createTurns((run, delayMs) => setTimeout(run, delayMs))

/** Whether it may be drawn: it is in view, and its turn has come. */
const useTurn = (isNear: boolean): boolean => {
  const [mayDraw, setMayDraw] = useState(false)
  useEffect(() => {
    if (!isNear) return
    const giveUp = turns.ask(() => setMayDraw(true))
    return () => {
      giveUp()
      setMayDraw(false)
    }
  }, [isNear])
  return mayDraw
}

/** A widget as it will look, small: from the chosen data, live, or from a case of its folder. Drawn only while in view. */
export const WidgetPreview = ({ offer }: { offer: Offer }) => {
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const mayDraw = useTurn(useInView(box))
  const size = useElementSize(box)
  const { columns, rows } = offer.manifest.size
  const natural = { width: Math.min(most.columns, columns) * cell.column, height: Math.min(most.rows, rows) * cell.row }
  const scale = Math.min(1, size.width / natural.width, size.height / natural.height)
  return (
    <div
      ref={setBox}
      aria-hidden
      inert
      className="pointer-events-none flex h-36 items-center justify-center overflow-hidden"
    >
      {mayDraw && scale > 0 ? (
        <Fence>
          <div style={{ width: natural.width * scale, height: natural.height * scale }}>
            <div
              className="flex flex-col overflow-hidden rounded-lg border bg-surface"
              style={{ ...natural, transform: `scale(${scale})`, transformOrigin: '0 0' }}
            >
              {offer.data ? <LivePreview offer={offer} /> : <CasePreview offer={offer} size={natural} />}
            </div>
          </div>
        </Fence>
      ) : (
        <Skeleton className="h-28 w-44" />
      )}
    </div>
  )
}

const seen = { now: true, ever: true }
const noFullScreen = { isOn: false, toggle: () => {} }
const scheme = (theme: string | undefined) => (theme === 'dark' ? 'dark' : 'light')

const LivePreview = ({ offer: { widget, data } }: { offer: Offer }): ReactNode => {
  const board = useBoard()
  const { entityAliases } = useConfiguration()
  const { resolvedTheme } = useTheme()
  const made = useMemo(() => {
    const aliases = data
      ? { ...(entityAliases as object), [data.aliasId]: { id: data.aliasId, alias: data.name, filter: data.filter } }
      : {}
    const { document } = readDashboard({
      widgets: { preview: widgetJson({ ...widget, id: 'preview' }) },
      entityAliases: aliases,
    })
    const read = document.widgets.get('preview')
    return read ? { document, read, look: cardLook(read.card, scheme(resolvedTheme)) } : null
  }, [widget, data, entityAliases, resolvedTheme])
  const value = useMemo(() => (made ? { ...board, document: made.document } : null), [board, made])
  if (!made || !value) return null
  return (
    <BoardProvider value={value} document={made.document}>
      <WidgetContent widget={made.read} look={made.look} seen={seen} fullScreen={noFullScreen} />
    </BoardProvider>
  )
}

const CasePreview = ({ offer: { manifest }, size }: { offer: Offer; size: { width: number; height: number } }) => {
  const { resolvedTheme } = useTheme()
  const query = useQuery({
    queryKey: ['widget-cases', manifest.type],
    queryFn: () => loadWidgetCases(manifest.type),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const one = query.data?.find(({ state }) => state.status === 'ready') ?? query.data?.[0]
  return one ? <CaseView manifest={manifest} one={one} size={size} theme={scheme(resolvedTheme)} /> : null
}
