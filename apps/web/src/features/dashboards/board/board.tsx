'use client'
import { type DashboardDocument, stateTitle } from '@thingwire/dashboards'
import type { TimeRange } from '@thingwire/widgets/manifests'
import { IconButton } from '@thingwire/ui'
import { textColor } from '@thingwire/widgets/views'
import { Minimize2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { type Crumb, Page } from '@/shell/page.tsx'
import { DashboardDataProvider } from '../data/data-provider.tsx'
import { imageAddress } from '../host/addresses.ts'
import { FunctionsProvider } from '../host/functions/functions-provider.tsx'
import { type OwnView, sharedView } from '../overlay/own-view.ts'
import { createViewerSettings } from '../overlay/viewer-settings.ts'
import {
  type Board as BoardValue,
  type BoardDocument,
  BoardProvider,
  useBoard,
  useStateScope,
} from './board-context.ts'
import { createBoardCursor } from './board-cursor.ts'
import { useScopedCss } from './card/scoped-css.ts'
import { SectionView } from './containers/section-view.tsx'
import { type BoardEditing, EditingProvider, useBoardEditing } from './editing.ts'
import { phoneWidth } from './layout/arrange.ts'
import { StateLayouts } from './state-layouts.tsx'
import { StateArea } from './state-scope.tsx'
import { StateView } from './state-view.tsx'
import { ScrubberBar } from '../scrubber/scrubber-bar.tsx'
import { TravelArea } from '../scrubber/travel-area.tsx'
import { type Travel, TravelProvider } from '../scrubber/travel-context.ts'
import { pastWindow, useTravel } from '../scrubber/use-travel.ts'
import { useTravelKey } from '../scrubber/use-travel-key.ts'
import { BoardToolbar, NarrowToolbar } from './toolbar/board-toolbar.tsx'
import { type BoardUrl, useBoardUrl } from './use-board-url.ts'
import { zoomedWindow, zoomRange } from './use-widget-window.ts'
import { useWindowWidth } from './use-window-width.ts'

type Props = {
  /** Empty for one that is not stored. */
  dashboardId: string
  title: string
  document: DashboardDocument
  crumbs: readonly Crumb[]
  /** What else can be done with it, beside the toolbar. */
  action?: ReactNode
  /** The same in its menu, where the header has no room for buttons. */
  menu?: ReactNode
  editing?: BoardEditing
  /** How the viewer sees it, where they can keep that. */
  kept?: OwnView
}

const noStates: readonly string[] = []

/** A dashboard that is looked at. */
export const Board = (p: Props) => {
  const url = useBoardUrl(p.document, p.kept)
  const { at, setAt, window } = url
  const travel = useTravel({ at: p.editing ? null : at, setAt, window })
  useTravelKey(travel, !p.editing)
  const board = useBoardValue(p, url, travel)
  return (
    <BoardProvider value={board} document={p.document}>
      <TravelProvider value={travel}>
        <TravelArea>
          <FunctionsProvider>
            <DashboardDataProvider picks={board.picks}>
              <StateArea stack={url.stack} onStack={url.setStack} around={noStates}>
                <EditingProvider value={p.editing ?? null}>
                  <BoardFrame url={url} crumbs={p.crumbs} action={p.action} menu={p.menu} />
                </EditingProvider>
              </StateArea>
            </DashboardDataProvider>
          </FunctionsProvider>
        </TravelArea>
      </TravelProvider>
    </BoardProvider>
  )
}

/** The same object as long as all but the widgets is the same. */
const useBoardDocument = (whole: DashboardDocument): BoardDocument => {
  const { description, timeWindow, settings, states, rootStateId, aliases, filters } = whole
  return useMemo(
    () => ({ description, timeWindow, settings, states, rootStateId, aliases, filters }),
    [description, timeWindow, settings, states, rootStateId, aliases, filters],
  )
}

const useBoardValue = (
  { dashboardId, title, document: whole, editing, kept }: Props,
  url: BoardUrl,
  { clock, leave }: Travel,
): BoardValue => {
  const realWidth = useWindowWidth()
  const windowWidth = editing?.width ?? realWidth
  const ignoresWidths = editing?.ignoresWidths ?? false
  const [cursor] = useState(createBoardCursor)
  const viewerSettings = useViewerSettings(kept)
  const own = useMemo(() => (kept ? { kept } : null), [kept])
  const [range, setRange] = useState<TimeRange | null>(null)
  const { window: wholeWindow, filterValues, picks, setWindow } = url
  const document = useBoardDocument(whole)
  return useMemo(
    () => ({
      dashboardId,
      title,
      document,
      window: zoomedWindow(clock ? pastWindow(wholeWindow, clock) : wholeWindow, range),
      wholeWindow,
      setWindow: (model) => {
        setRange(null)
        if (clock) leave()
        setWindow(model)
      },
      zoom: (next) => setRange(zoomRange(next)),
      isZoomed: range !== null,
      filterValues,
      picks,
      isPhone: windowWidth < phoneWidth,
      windowWidth,
      ignoresWidths,
      cursor,
      own,
      viewerSettings,
      StateView,
      SectionView,
    }),
    [
      dashboardId,
      title,
      document,
      wholeWindow,
      range,
      setWindow,
      filterValues,
      picks,
      windowWidth,
      ignoresWidths,
      cursor,
      own,
      viewerSettings,
      clock,
      leave,
    ],
  )
}

/** Begins with what was kept, and again when something else is. */
const useViewerSettings = (kept: OwnView | undefined) => {
  const widgets = (kept ?? sharedView).widgets
  const [settings] = useState(() => createViewerSettings(widgets))
  useEffect(() => settings.reset(widgets), [settings, widgets])
  return settings
}

/** A crumb for each state on the way, which leads back to it. */
const useStateCrumbs = ({ addressOf }: BoardUrl): Crumb[] => {
  const { document, title } = useBoard()
  const { stack } = useStateScope()
  const named = useTitleCrumb()
  if (document.settings.stateController === 'default') return [{ label: named(title) }]
  return stack.map((entry, index) => {
    const name = stateTitle(document.states.get(entry.id)?.name ?? '', entry.params) || entry.id
    const isLast = index === stack.length - 1
    // The root's own name says less than the dashboard's.
    const label = index === 0 && entry.id === document.rootStateId ? title : name
    return isLast ? { label: named(label) } : { label: named(label), href: addressOf(stack.slice(0, index + 1)) }
  })
}

/** The dashboard's own name and logo, in the colours of its file as far as they can be read. */
const useTitleCrumb = () => {
  const { title, document } = useBoard()
  const { resolvedTheme } = useTheme()
  const { titleColor, showDashboardLogo, dashboardLogoUrl } = document.settings
  const logo = showDashboardLogo ? imageAddress(dashboardLogoUrl) : null
  return (text: string): ReactNode => {
    const isPlain = text !== title || (titleColor === null && logo === null)
    if (isPlain) return text
    const color =
      titleColor === null ? {} : { color: textColor(titleColor, resolvedTheme === 'dark' ? 'dark' : 'light') }
    return (
      <span className="inline-flex max-w-full min-w-0 items-center gap-2 align-middle">
        {/* biome-ignore lint/performance/noImgElement: an image of the file, of any size */}
        {logo === null ? null : <img src={logo} alt="" className="h-6 max-w-32 shrink-0 object-contain" />}
        <span className="truncate" style={color}>
          {text}
        </span>
      </span>
    )
  }
}

/** Nothing but the dashboard; the way back shows when it is pointed at or reached by keyboard. */
const Kiosk = ({ leave, children }: { leave: () => void; children: ReactNode }) => {
  const t = useTranslations('board')
  const { title } = useBoard()
  return (
    <main id="main" className="relative flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{title}</h1>
      {children}
      <IconButton
        variant="secondary"
        label={t('leaveKiosk')}
        onClick={leave}
        className="absolute top-2 right-2 z-30 opacity-0 transition-opacity duration-100 hover:opacity-100 focus-visible:opacity-100"
      >
        <Minimize2 />
      </IconButton>
    </main>
  )
}

type FrameProps = { url: BoardUrl; crumbs: readonly Crumb[]; action: ReactNode; menu: ReactNode }

const BoardFrame = ({ url, crumbs, action, menu }: FrameProps) => {
  const router = useRouter()
  const { title, document, dashboardId } = useBoard()
  const states = useStateCrumbs(url)
  const editing = useBoardEditing()
  useScopedCss(document.settings.dashboardCss, `board-${dashboardId}`)
  const layouts = (
    <div data-css-scope={`board-${dashboardId}`} className="flex min-h-0 min-w-0 flex-1">
      <StateLayouts />
    </div>
  )
  if (url.isKiosk)
    return (
      <Kiosk leave={() => url.setKiosk(false)}>
        {layouts}
        <ScrubberBar />
      </Kiosk>
    )
  return (
    <Page
      fixed
      // In a frame of another page the console is not there to go back to.
      crumbs={url.isEmbedded ? states : [...crumbs, ...states]}
      documentTitle={title}
      actions={
        <>
          {editing ? (
            editing.actions
          ) : (
            <BoardToolbar url={url} menu={menu} openDashboard={(id) => router.push(`/dashboards/${id}`)} />
          )}
          {action}
        </>
      }
    >
      {editing ? editing.bar : <NarrowToolbar url={url} />}
      {editing?.side ? (
        <div className="relative flex min-h-0 flex-1 max-sm:flex-col">
          <editing.Frame>{layouts}</editing.Frame>
          {editing.side}
        </div>
      ) : (
        layouts
      )}
      <ScrubberBar />
    </Page>
  )
}
