'use client'
import { type DashboardWidget, readContainer } from '@thingwire/dashboards'
import { cn } from '@thingwire/ui'
import { findWidget } from '@thingwire/widgets/manifests'
import { asksCard } from '@thingwire/widgets/views'
import { useTheme } from 'next-themes'
import { useMemo, useState } from 'react'
import { type CardLook, cardLook } from './card/card-look.ts'
import { ContainerTile } from './containers/container-tile.tsx'
import { useScopedCss } from './card/scoped-css.ts'
import { Fence } from './fence.tsx'
import { type FullScreen, useFullScreen } from './use-full-screen.ts'
import { useInView } from './use-in-view.ts'
import { type Seen, WidgetContent } from './widget-content.tsx'

/** One widget of a board in its card. */
export const WidgetTile = ({ widget }: { widget: DashboardWidget }) => {
  const container = useMemo(() => readContainer(widget.raw), [widget.raw])
  return container ? <ContainerTile widget={widget} container={container} /> : <PlainTile widget={widget} />
}

const PlainTile = ({ widget }: { widget: DashboardWidget }) => {
  const { resolvedTheme } = useTheme()
  const page = resolvedTheme === 'dark' ? 'dark' : 'light'
  const look = useMemo(() => cardLook(widget.card, page), [widget.card, page])
  return (
    <Card widget={widget} look={look}>
      {(seen, fullScreen) => (
        <Fence>
          <WidgetContent widget={widget} look={look} seen={seen} fullScreen={fullScreen} />
        </Fence>
      )}
    </Card>
  )
}

const Card = (p: {
  widget: DashboardWidget
  look: CardLook
  children: (seen: Seen, fullScreen: FullScreen) => React.ReactNode
}) => {
  const { look, widget } = p
  // What is not drawn must be seen as a card, whatever ground its file wants; so must what has its card in its settings.
  const manifest = findWidget(widget.typeFullFqn)
  const isBare = look.isBare && manifest !== undefined && !asksCard(widget.settings)
  const [box, setBox] = useState<HTMLElement | null>(null)
  const now = useInView(box)
  const [ever, setEver] = useState(false)
  if (now && !ever) setEver(true)
  const fullScreen = useFullScreen(box)
  useScopedCss(widget.card.widgetCss, widget.id)
  return (
    <section
      ref={setBox}
      tabIndex={-1}
      aria-label={widget.card.title || undefined}
      data-css-scope={widget.id.replaceAll(/[^\w-]/g, '')}
      data-theme={look.theme}
      className={cn(
        'group/widget relative flex size-full min-h-0 flex-col overflow-hidden rounded-lg text-ink focus:outline-none',
        // What changes in one card is laid out and painted in that card alone; in states inside of a card one may fill the page.
        manifest?.type !== 'dashboard-state' && 'contain-content',
        !isBare && 'border bg-surface',
        !isBare && look.hasShadow && 'shadow-card',
        fullScreen.isOn && 'fixed inset-0 z-40 rounded-none border-0 bg-surface',
      )}
      style={fullScreen.isOn ? { ...look.card, margin: 0, borderRadius: 0 } : look.card}
    >
      {p.children({ now, ever }, fullScreen)}
    </section>
  )
}
