'use client'
import { useQuery } from '@tanstack/react-query'
import { type DashboardConfiguration, dashboardConfigurationSchema } from '@thingwire/contracts'
import { Badge, EmptyState, Select, Skeleton } from '@thingwire/ui'
import { FileWarning, LayoutDashboard } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { z } from 'zod'
import { getDashboard } from '@/api/entities.ts'
import { useConnectionState } from '@/live/live-provider.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { findState, type Grid, phoneHeight, toGrid } from './layout.ts'
import { choose, formatWindow, fromFile } from './time-window.ts'
import { TimeWindowPicker } from './time-window-picker.tsx'
import { useAliases } from './use-aliases.ts'
import { directDevices } from './widget-needs.ts'
import { WidgetTile } from './widget-tile.tsx'

/** State, its entity, time window and aggregation live in the URL, so that a link shows what was seen. */
const useDashboardUrl = () =>
  useQueryStates(
    { state: parseAsString, entity: parseAsString, w: parseAsString, agg: parseAsString },
    { history: 'push' },
  )

export const DashboardPage = ({ id }: { id: string }) => {
  const t = useTranslations('dashboards')
  const query = useQuery({ queryKey: ['dashboard', id], queryFn: ({ signal }) => getDashboard(id, signal) })
  const list = { label: t('title'), href: '/dashboards' }
  const parsed = useMemo(
    () => (query.data ? dashboardConfigurationSchema.safeParse(query.data.configuration ?? {}) : null),
    [query.data],
  )
  const title = query.data?.title
  const crumbs = [
    list,
    { label: title ?? (query.error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" />) },
  ]
  if (parsed?.success) return <Board configuration={parsed.data} title={title ?? ''} crumbs={crumbs} />
  return (
    <Page crumbs={crumbs} documentTitle={title}>
      {parsed?.error ? (
        <EmptyState icon={<FileWarning />} tone="danger" title={t('broken')}>
          <p>{t('brokenText')}</p>
          <pre className="mt-2 text-left font-mono text-xs whitespace-pre-wrap">
            {z.prettifyError(parsed.error).slice(0, 600)}
          </pre>
        </EmptyState>
      ) : query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} back={list} />
      ) : (
        <BoardSkeleton />
      )}
    </Page>
  )
}

const Board = (p: {
  configuration: DashboardConfiguration
  title: string
  crumbs: { label: React.ReactNode; href?: string }[]
}) => {
  const t = useTranslations('dashboards')
  const { configuration } = p
  const [url, setUrl] = useDashboardUrl()
  const found = findState(configuration, url.state)
  const file = useMemo(() => fromFile(configuration.timewindow), [configuration.timewindow])
  const choice = useMemo(() => choose({ w: url.w, agg: url.agg }, file), [url.w, url.agg, file])
  const grid = useMemo(
    () => (found ? toGrid(found.state, configuration.widgets) : null),
    [found, configuration.widgets],
  )
  const states = Object.entries(configuration.states)
  return (
    <Page
      crumbs={p.crumbs}
      documentTitle={p.title}
      actions={
        <>
          <LiveBadge isLive={choice.window.kind === 'last'} />
          {states.length > 1 ? (
            <Select
              aria-label={t('state')}
              className="w-36 max-sm:hidden"
              value={found?.id ?? ''}
              onChange={(event) => void setUrl({ state: event.target.value, entity: null })}
            >
              {states.map(([id, state]) => (
                <option key={id} value={id}>
                  {state.name.includes('${') ? id : state.name}
                </option>
              ))}
            </Select>
          ) : null}
          <TimeWindowPicker
            window={choice.window}
            agg={choice.agg}
            onChange={({ window, agg }) =>
              void setUrl({ ...(window ? { w: formatWindow(window) } : {}), ...(agg ? { agg } : {}) })
            }
          />
        </>
      }
    >
      {grid && grid.items.length > 0 && found ? (
        <GridView
          grid={grid}
          configuration={configuration}
          layouts={found.state.layouts.main.widgets}
          choice={choice}
          entityId={url.entity}
          onOpenState={({ state, entityId }) => void setUrl({ state, entity: entityId })}
        />
      ) : (
        <EmptyState icon={<LayoutDashboard />} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      )}
    </Page>
  )
}

const GridView = (p: {
  grid: Grid
  configuration: DashboardConfiguration
  layouts: DashboardConfiguration['states'][string]['layouts']['main']['widgets']
  choice: ReturnType<typeof choose>
  entityId: string | null
  onOpenState: (target: { state: string; entityId: string }) => void
}) => {
  const router = useRouter()
  const { grid, configuration } = p
  const direct = useMemo(() => directDevices(Object.values(configuration.widgets)), [configuration])
  const aliases = useAliases(configuration.entityAliases, direct, p.entityId)
  const rowHeight = grid.fillsHeight ? 'minmax(44px,1fr)' : '52px'
  return (
    <div
      className="flex flex-col gap-3 p-3 md:grid md:min-h-full md:gap-(--gap) md:p-4"
      style={{
        ['--gap' as string]: `${grid.gap}px`,
        gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${grid.rows}, ${rowHeight})`,
      }}
    >
      {grid.items.map((item) => {
        const widget = configuration.widgets[item.id]
        return widget ? (
          <div
            key={item.id}
            className="max-md:h-(--phone-height) md:min-h-0"
            style={{
              ['--phone-height' as string]: `${phoneHeight(p.layouts[item.id], item.rows)}px`,
              gridColumn: `${item.column + 1} / span ${item.columns}`,
              gridRow: `${item.row + 1} / span ${item.rows}`,
            }}
          >
            <WidgetTile
              widget={widget}
              aliases={aliases}
              choice={p.choice}
              onOpenState={p.onOpenState}
              onOpenEntity={(id) => router.push(`/devices/${id}`)}
            />
          </div>
        ) : null
      })}
    </div>
  )
}

const LiveBadge = ({ isLive }: { isLive: boolean }) => {
  const t = useTranslations('dashboards')
  const { status } = useConnectionState()
  if (!isLive) return <Badge>{t('past')}</Badge>
  return status === 'live' ? (
    <Badge tone="ok" className="max-sm:hidden">
      <span aria-hidden className="size-1.5 animate-pulse rounded-full bg-ok" />
      {t('live')}
    </Badge>
  ) : (
    <Badge tone="warn">{t('stale')}</Badge>
  )
}

const BoardSkeleton = () => (
  <div aria-busy className="grid grid-cols-2 gap-3 p-4 lg:grid-cols-4">
    {['a', 'b', 'c', 'd'].map((card) => (
      <Skeleton key={card} className="h-32 rounded-lg" />
    ))}
    <Skeleton className="col-span-full h-80 rounded-lg" />
  </div>
)
