'use client'
import { noParams, readDashboard, type StateEntry, type TimeWindowModel } from '@thingwire/dashboards'
import { useTheme } from 'next-themes'
import { useMemo, useState } from 'react'
import { DashboardDataProvider } from '../data/data-provider.tsx'
import { createViewerSettings } from '../overlay/viewer-settings.ts'
import { FunctionsProvider } from '../host/functions/functions-provider.tsx'
import { type Board, BoardProvider } from './board-context.ts'
import { createBoardCursor } from './board-cursor.ts'
import { cardLook } from './card/card-look.ts'
import { Fence } from './fence.tsx'
import { StateArea } from './state-scope.tsx'
import { phoneWidth } from './layout/arrange.ts'
import { WidgetContent } from './widget-content.tsx'
import { useWindowWidth } from './use-window-width.ts'

const noStates: readonly string[] = []
const nothing = () => {}
const noFullScreen = { isOn: false, toggle: nothing }
const seen = { now: true, ever: true }

type Props = {
  /** A widget as dashboard files write it. */
  widget: Readonly<Record<string, unknown>>
  window: TimeWindowModel
  onWindow: (model: TimeWindowModel) => void
}

/** One widget outside of any dashboard, with all that a board gives it, but without a card. */
export const SoloWidget = ({ widget: file, window, onWindow }: Props) => {
  const { document } = useMemo(() => readDashboard({ widgets: { solo: file } }), [file])
  const [stack, setStack] = useState<readonly StateEntry[]>([{ id: document.rootStateId, params: noParams }])
  const [cursor] = useState(createBoardCursor)
  const [viewerSettings] = useState(() => createViewerSettings({}))
  const windowWidth = useWindowWidth()
  const { resolvedTheme } = useTheme()
  const board = useMemo(
    (): Board => ({
      dashboardId: '',
      title: '',
      document,
      window,
      wholeWindow: window,
      setWindow: onWindow,
      zoom: nothing,
      isZoomed: false,
      filterValues: {},
      picks: {},
      isPhone: windowWidth < phoneWidth,
      windowWidth,
      ignoresWidths: false,
      cursor,
      own: null,
      viewerSettings,
      SectionView: () => null,
      StateView: () => null,
    }),
    [document, window, onWindow, windowWidth, cursor, viewerSettings],
  )
  const widget = document.widgets.get('solo')
  const look = useMemo(
    () => (widget ? cardLook(widget.card, resolvedTheme === 'dark' ? 'dark' : 'light') : null),
    [widget, resolvedTheme],
  )
  if (!widget || !look) return null
  return (
    <BoardProvider value={board} document={document}>
      <FunctionsProvider>
        <DashboardDataProvider>
          <StateArea stack={stack} onStack={setStack} around={noStates}>
            <Fence>
              <WidgetContent widget={widget} look={look} seen={seen} fullScreen={noFullScreen} />
            </Fence>
          </StateArea>
        </DashboardDataProvider>
      </FunctionsProvider>
    </BoardProvider>
  )
}
