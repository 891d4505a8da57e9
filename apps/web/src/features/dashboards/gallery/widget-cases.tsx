'use client'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '@thingwire/ui'
import { loadWidgetCases } from '@thingwire/widgets/cases'
import type { WidgetCase, WidgetManifest } from '@thingwire/widgets/manifests'
import { idleHost, WidgetHostProvider, WidgetNotice, widgetViews } from '@thingwire/widgets/views'
import { useLocale, useTranslations } from 'next-intl'
import { Suspense, useMemo, useState } from 'react'
import { Fence } from '../board/fence.tsx'
import { useInView } from '../board/use-in-view.ts'
import { useContentPort } from '../host/content/use-content-port.tsx'
import { useFunctionsPort } from '../host/functions/functions-provider.tsx'
import { useElementSize } from '../use-measure.ts'
import { useWidgetTexts } from '../use-widget-texts.ts'
import type { GallerySize } from './use-gallery-url.ts'

const column = 44
const row = 52

/** The box of a case, px; a width of null is all there is. */
const boxOf = ({ size }: WidgetManifest, chosen: GallerySize): { width: number | null; height: number } => {
  switch (chosen) {
    case 'smallest':
      return { width: size.minColumns * column, height: size.minRows * row }
    case 'usual':
      return { width: size.columns * column, height: size.rows * row }
    case 'wide':
      return { width: null, height: size.rows * row }
    case 'phone':
      return { width: 366, height: size.rows * row }
  }
}

type Props = { manifest: WidgetManifest; theme: 'light' | 'dark'; size: GallerySize }

/** All cases of one widget; they load when they come near the window. */
export const WidgetCases = (p: Props) => {
  const t = useTranslations('gallery')
  const [section, setSection] = useState<HTMLElement | null>(null)
  const isNear = useInView(section)
  const query = useQuery({
    queryKey: ['widget-cases', p.manifest.type],
    queryFn: () => loadWidgetCases(p.manifest.type),
    enabled: isNear,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const box = boxOf(p.manifest, p.size)
  return (
    <section ref={setSection} aria-label={p.manifest.name} className="pt-4" data-widget={p.manifest.type}>
      <header className="mb-2">
        <h3 className="flex flex-wrap items-baseline gap-x-2 text-sm font-semibold">
          {p.manifest.name}
          <span className="font-mono text-2xs font-normal text-ink-3">{p.manifest.type}</span>
          {query.data ? (
            <span className="text-2xs font-normal text-ink-3 tabular-nums">
              {t('cases', { count: query.data.length })}
            </span>
          ) : null}
        </h3>
        <p className="max-w-prose text-xs text-ink-2">{p.manifest.description}</p>
      </header>
      {query.error ? <p className="text-xs text-danger-text">{query.error.message}</p> : null}
      <ul className="flex flex-wrap gap-4">
        {query.data?.map((one) => (
          <li key={one.name} className="grid min-w-0 gap-1" style={{ width: box.width ?? '100%', maxWidth: '100%' }}>
            <CaseTile {...p} one={one} height={box.height} />
            <span className="text-2xs break-words text-ink-3">{one.name}</span>
          </li>
        ))}
        {query.isPending ? (
          <li style={{ width: box.width ?? '100%', height: box.height }}>
            <Skeleton className="size-full" />
          </li>
        ) : null}
      </ul>
    </section>
  )
}

const CaseTile = ({ manifest, one, height, theme }: Props & { one: WidgetCase; height: number }) => {
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const isNear = useInView(box)
  const size = useElementSize(box)
  return (
    <div
      ref={setBox}
      data-case={one.name}
      className="overflow-hidden rounded-lg border bg-surface shadow-card"
      style={{ height }}
    >
      {isNear && size.width > 0 ? (
        <Fence>
          <CaseView manifest={manifest} one={one} size={size} theme={theme} />
        </Fence>
      ) : null}
    </div>
  )
}

/** A case that names no time window looks at what its points cover. */
const spanOf = ({ state }: WidgetCase) => {
  const times = state.status === 'ready' ? state.series.flatMap(({ points }) => points.map(([ts]) => ts)) : []
  return times.length > 0
    ? { startTs: Math.min(...times.slice(0, 10_000)), endTs: Math.max(...times.slice(0, 10_000)) }
    : { startTs: 0, endTs: 0 }
}

const CaseView = (p: {
  manifest: WidgetManifest
  one: WidgetCase
  size: { width: number; height: number }
  theme: 'light' | 'dark'
}) => {
  const { manifest, one } = p
  const t = useTranslations('gallery')
  const locale = useLocale()
  const texts = useWidgetTexts()
  const functions = useFunctionsPort()
  const content = useContentPort()
  const host = useMemo(
    () => idleHost({ locale, content, ...(functions ? { functions } : {}), ...one.host }),
    [locale, functions, content, one],
  )
  const settings = useMemo(() => manifest.settings.parse(one.settings), [manifest, one])
  const View = widgetViews[manifest.type]
  if (!View) return <WidgetNotice state={{ status: 'failed', reason: t('noView') }} />
  return (
    <WidgetHostProvider value={host}>
      <Suspense fallback={<WidgetNotice state={{ status: 'loading' }} />}>
        <View
          settings={settings}
          state={one.state}
          title={one.name}
          config={{
            units: null,
            decimals: null,
            fqn: manifest.fqns[0] ?? manifest.type,
            ...(one.columns ? { columns: one.columns } : {}),
          }}
          window={one.window ?? spanOf(one)}
          {...(one.comparison ? { comparison: one.comparison } : {})}
          interval={one.interval ?? 0}
          timeZone="UTC"
          size={p.size}
          theme={p.theme}
          texts={texts}
          locale={locale}
          {...(one.control ? { control: one.control } : {})}
        />
      </Suspense>
    </WidgetHostProvider>
  )
}
