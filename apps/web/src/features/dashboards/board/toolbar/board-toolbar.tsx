'use client'
import { Badge, IconButton } from '@thingwire/ui'
import { PanelRightClose, PanelRightOpen, SlidersHorizontal, ZoomOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo, useState } from 'react'
import { useConnectionState } from '@/live/live-provider.tsx'
import { useBoard, useStateScope, useWholeDocument } from '../board-context.ts'
import { OwnViewButton } from '../../overlay/own-view-button.tsx'
import { useMoment } from '../../scrubber/travel-context.ts'
import { useMomentWords } from '../../scrubber/use-moment-words.ts'
import type { BoardUrl } from '../use-board-url.ts'
import { readWindowLimits } from '../window/window-limits.ts'
import { WindowPicker } from '../window/window-picker.tsx'
import { BoardMenu } from './board-menu.tsx'
import { EntityPick } from './entity-pick.tsx'
import { FilterForm } from './filter-form.tsx'
import { DashboardSelect, StateSelect } from './selects.tsx'

/** Narrower than this, choices stand in a row of their own, or the title would have no room. */
const narrowWidth = 1_024

/** What a viewer sets about the whole board, as far as its file offers it. */
export const BoardToolbar = (p: { url: BoardUrl; menu: ReactNode; openDashboard: (id: string) => void }) => {
  const { document, windowWidth } = useBoard()
  const { settings } = document
  const [isOpen, setOpen] = useState(settings.toolbarAlwaysOpen)
  if (settings.hideToolbar) return <BoardMenu url={p.url} first={p.menu} />
  const isNarrow = windowWidth < narrowWidth
  return (
    <>
      <LiveBadge />
      {settings.toolbarAlwaysOpen ? null : <ToolbarToggle isOpen={isOpen} onToggle={setOpen} />}
      {isOpen ? (
        <>
          {settings.showDashboardsSelect && !isNarrow ? <DashboardSelect open={p.openDashboard} /> : null}
          {isNarrow ? null : <Choices url={p.url} />}
          {settings.showDashboardTimewindow ? <BoardWindow /> : null}
          <OwnViewButton url={p.url} />
        </>
      ) : null}
      <RightToggle />
      <BoardMenu url={p.url} first={p.menu} />
    </>
  )
}

const ToolbarToggle = ({ isOpen, onToggle }: { isOpen: boolean; onToggle: (isOpen: boolean) => void }) => {
  const t = useTranslations('board')
  return (
    <IconButton
      label={t(isOpen ? 'closeToolbar' : 'openToolbar')}
      aria-expanded={isOpen}
      onClick={() => onToggle(!isOpen)}
    >
      <SlidersHorizontal />
    </IconButton>
  )
}

const Choices = ({ url }: { url: BoardUrl }) => {
  const { settings } = useBoard().document
  return (
    <>
      {settings.stateController === 'default' ? <StateSelect /> : null}
      {settings.showEntitiesSelect ? <EntityPick url={url} /> : null}
      {settings.showFilters ? <FilterForm url={url} /> : null}
    </>
  )
}

/** The choices of the toolbar where the header has no room for them. */
export const NarrowToolbar = ({ url }: { url: BoardUrl }) => {
  const { document, windowWidth } = useBoard()
  if (document.settings.hideToolbar || windowWidth >= narrowWidth) return null
  return (
    <div className="tw-fading-x flex shrink-0 gap-2 overflow-x-auto border-b px-3 py-2 [scrollbar-width:none] empty:hidden [&>*]:shrink-0">
      <Choices url={url} />
    </div>
  )
}

const BoardWindow = () => {
  const t = useTranslations('boardWindow')
  const { document, isPhone, isZoomed, zoom, window, setWindow } = useBoard()
  const { raw } = useWholeDocument()
  const limits = useMemo(
    () => readWindowLimits(typeof raw === 'object' && raw !== null && 'timewindow' in raw ? raw.timewindow : null),
    [raw],
  )
  return (
    <>
      {isZoomed ? (
        <IconButton label={t('zoomBack')} onClick={() => zoom(null)}>
          <ZoomOut />
        </IconButton>
      ) : null}
      <WindowPicker isPhone={isPhone} model={window} base={document.timeWindow} limits={limits} onChange={setWindow} />
    </>
  )
}

const RightToggle = () => {
  const t = useTranslations('board')
  const { definition, isRightOpen, setRightOpen } = useStateScope()
  const { main, right } = definition.layouts
  if (!right || main.grid.layoutType === 'divider') return null
  return (
    <IconButton
      label={t(isRightOpen ? 'closeRight' : 'openRight')}
      aria-pressed={isRightOpen}
      onClick={() => setRightOpen(!isRightOpen)}
    >
      {isRightOpen ? <PanelRightClose /> : <PanelRightOpen />}
    </IconButton>
  )
}

const LiveBadge = () => {
  const t = useTranslations('dashboards')
  const { window } = useBoard()
  const { status } = useConnectionState()
  const time = useTranslations('timeTravel')
  const words = useMomentWords()
  const moment = useMoment()
  if (moment !== null)
    return (
      <Badge tone="warn" className="max-sm:hidden">
        {time('viewing', { moment: words(moment) })}
      </Badge>
    )
  if (window.mode === 'history') return <Badge className="max-sm:hidden">{t('past')}</Badge>
  return status === 'live' ? (
    <Badge tone="ok" className="max-lg:hidden">
      <span aria-hidden className="size-1.5 rounded-full bg-ok" />
      {t('live')}
    </Badge>
  ) : (
    <Badge tone="warn">{t('stale')}</Badge>
  )
}
