'use client'
import { type DashboardWidget, fillTokens } from '@thingwire/dashboards'
import { cn, IconButton, Tooltip } from '@thingwire/ui'
import type { WidgetHost, WidgetState } from '@thingwire/widgets/manifests'
import { WidgetIcon } from '@thingwire/widgets/views'
import { Maximize2, Minimize2, Unplug, UsersRound, ZoomOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { useTravel } from '../scrubber/travel-context.ts'
import { useWidgetTexts } from '../use-widget-texts.ts'
import { entityOf } from './action-data.ts'
import type { CardLook } from './card/card-look.ts'
import { HeaderActions } from './header-actions.tsx'
import type { FullScreen } from './use-full-screen.ts'
import type { WidgetWindow } from './use-widget-window.ts'
import { OwnWindow } from './window/own-window.tsx'

type Props = {
  widget: DashboardWidget
  look: CardLook
  host: WidgetHost
  state: WidgetState
  window: WidgetWindow
  fullScreen: FullScreen
}

/** Buttons are given all values; else only what the marks and the title say of them counts. */
const tellsSame = (a: Props, b: Props): boolean => {
  if (a.state === b.state) return true
  if (a.host.actions.of('headerButton').length > 0 || a.state.status !== b.state.status) return false
  if (a.state.status !== 'ready' || b.state.status !== 'ready') return true
  return (
    a.state.staleSince === b.state.staleSince &&
    a.state.overflow?.shown === b.state.overflow?.shown &&
    a.state.overflow?.total === b.state.overflow?.total &&
    entityOf(a.state) === entityOf(b.state)
  )
}

const isSameHeader = (a: Props, b: Props): boolean =>
  a.widget === b.widget &&
  a.look === b.look &&
  a.host === b.host &&
  a.window === b.window &&
  a.fullScreen === b.fullScreen &&
  tellsSame(a, b)

/** What stands above a widget: its title, what can be done with it, and what must be known of its values. Not drawn for every value. */
export const WidgetHeader = memo((p: Props) => {
  const { card } = p.widget
  const showsWindow = p.window.isOwn && p.widget.displayTimewindow
  const buttons = p.host.actions.of('headerButton')
  const hasRow = (card.showTitle && card.title !== '') || showsWindow || buttons.length > 0 || p.fullScreen.isOn
  const marks = <Marks {...p} />
  const toggle = card.enableFullscreen ? <FullScreenButton fullScreen={p.fullScreen} floats={!hasRow} /> : null
  if (!hasRow) {
    return (
      <div className="pointer-events-none absolute top-1 right-1 z-10 flex items-center gap-1 [&>*]:pointer-events-auto">
        {marks}
        {toggle}
      </div>
    )
  }
  const hasTitle = card.showTitle && card.title !== ''
  return (
    // In a narrow card the title has the room, and the time window is a clock.
    <header
      className={cn('flex min-h-9 shrink-0 items-center gap-1 pt-1 pr-1.5 pl-4', hasTitle && '@container/titled')}
    >
      {hasTitle ? (
        <Title
          widget={p.widget}
          look={p.look}
          title={card.title.includes('${') ? fillTokens(card.title, { entity: entityOf(p.state) }) : card.title}
        />
      ) : null}
      <div className="ml-auto flex shrink-0 items-center gap-0.5">
        {marks}
        {showsWindow ? <OwnWindow widget={p.widget} window={p.window} /> : null}
        {toggle}
        <HeaderActions buttons={buttons} host={p.host} state={p.state} theme={p.look.theme} />
      </div>
    </header>
  )
}, isSameHeader)
WidgetHeader.displayName = 'WidgetHeader'

const Title = memo(({ widget, look, title }: Pick<Props, 'widget' | 'look'> & { title: string }) => {
  const { card } = widget
  const text = (
    <h2 className="truncate text-sm/[1.43] font-semibold" style={look.title}>
      {title}
    </h2>
  )
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      {card.showTitleIcon && card.titleIcon ? (
        <WidgetIcon name={card.titleIcon} size={look.icon.size} style={{ color: look.icon.color, flexShrink: 0 }} />
      ) : null}
      {card.titleTooltip ? <Tooltip content={card.titleTooltip}>{text}</Tooltip> : text}
    </div>
  )
})
Title.displayName = 'Title'

/** What a reader must know before trusting the values: their age, a part that is missing, a zoom. */
const Marks = ({ widget, state, window }: Props) => {
  const time = useTranslations('timeTravel')
  const isPast = useTravel().clock !== null
  const t = useTranslations('board')
  const texts = useWidgetTexts()
  const isReady = state.status === 'ready'
  return (
    <>
      {isReady && state.staleSince !== null ? (
        <Mark label={t('staleSince', { age: texts.age(state.staleSince) })}>
          <Unplug aria-hidden className="size-3.5 text-warn-text" />
        </Mark>
      ) : null}
      {isPast && isReady && showsAttributes(widget) ? (
        <Mark label={time('ofNow')}>
          <span className="rounded-sm bg-warn-soft px-1 text-2xs font-medium text-warn-text">{time('now')}</span>
        </Mark>
      ) : null}
      {isReady && state.overflow ? (
        <Mark label={t('overflow', state.overflow)}>
          <UsersRound aria-hidden className="size-3.5 text-warn-text" />
        </Mark>
      ) : null}
      {window.isOwn && window.isZoomed ? (
        <IconButton size="icon-sm" label={t('zoomBack')} onClick={() => window.zoom(null)}>
          <ZoomOut />
        </IconButton>
      ) : null}
    </>
  )
}

/** Whether some of what it shows has no history. */
const showsAttributes = ({ datasources }: DashboardWidget): boolean =>
  datasources.some(({ dataKeys, latestDataKeys }) =>
    [...dataKeys, ...latestDataKeys].some(({ type }) => type === 'attribute'),
  )

const Mark = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <Tooltip content={label}>
    <span role="img" aria-label={label} className="flex h-6 min-w-6 items-center justify-center">
      {children}
    </span>
  </Tooltip>
)

const FullScreenButton = memo(({ fullScreen, floats }: Pick<Props, 'fullScreen'> & { floats: boolean }) => {
  const t = useTranslations('board')
  return (
    <IconButton
      size="icon-sm"
      label={t(fullScreen.isOn ? 'leaveFullScreen' : 'fullScreen')}
      aria-pressed={fullScreen.isOn}
      onClick={fullScreen.toggle}
      className={cn(
        !fullScreen.isOn &&
          'opacity-0 transition-opacity duration-100 group-focus-within/widget:opacity-100 group-hover/widget:opacity-100 max-md:hidden',
        floats && 'bg-raised/80',
      )}
    >
      {fullScreen.isOn ? <Minimize2 /> : <Maximize2 />}
    </IconButton>
  )
})
FullScreenButton.displayName = 'FullScreenButton'
