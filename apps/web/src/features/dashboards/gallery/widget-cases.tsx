'use client'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '@thingwire/ui'
import { loadWidgetCases } from '@thingwire/widgets/cases'
import type { WidgetCase, WidgetManifest } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Fence } from '../board/fence.tsx'
import { useInView } from '../board/use-in-view.ts'
import { useElementSize } from '../use-measure.ts'
import { CaseView } from './case-view.tsx'
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
