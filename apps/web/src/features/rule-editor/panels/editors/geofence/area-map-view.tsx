'use client'
import { IconButton, Skeleton } from '@thingwire/ui'
import { Maximize, Minus, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { AreaMap, Drawing, MapCalls } from './area-map.ts'

export type MapHandle = Pick<AreaMap, 'width'>

type Props = MapCalls & { label: string; drawing: Drawing; handle?: RefObject<MapHandle | null> }

const control = { size: 'icon-sm', variant: 'secondary' } as const

/** The map of an area; its code comes when it is wanted. Without graphics the numbers beside it do all the same. */
export const AreaMapView = ({ label, drawing, handle, ...calls }: Props) => {
  const t = useTranslations('chainPanels.map')
  const { resolvedTheme } = useTheme()
  const place = useRef<HTMLDivElement>(null)
  const map = useRef<AreaMap | null>(null)
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  const latest = useRef({ calls, drawing })
  useLayoutEffect(() => {
    latest.current = { calls, drawing }
  })
  useEffect(() => {
    let isGone = false
    const words = { 'Map.Title': label }
    import('./area-map.ts')
      .then(({ AreaMap }) => {
        if (isGone || !place.current) return
        map.current = new AreaMap(place.current, words, () => latest.current.calls)
        map.current.draw(latest.current.drawing)
        map.current.fit()
        setState('shown')
      })
      .catch(() => !isGone && setState('failed'))
    return () => {
      isGone = true
      map.current?.destroy()
      map.current = null
    }
  }, [label])
  useEffect(() => map.current?.draw(drawing), [drawing])
  const theme = useRef(resolvedTheme)
  useEffect(() => {
    if (theme.current !== resolvedTheme) map.current?.restyle()
    theme.current = resolvedTheme
  }, [resolvedTheme])
  useImperativeHandle(handle, () => ({
    width: () => map.current?.width() ?? 0,
  }))
  if (state === 'failed') return <p className="text-xs text-ink-3">{t('failed')}</p>
  return (
    <div className="relative h-64 overflow-hidden rounded-md border border-line-strong">
      <div ref={place} className="area-map h-full" />
      {state === 'loading' ? <Skeleton className="absolute inset-0 rounded-none" /> : null}
      <div className="absolute top-2 right-2 grid gap-1">
        <IconButton label={t('zoomIn')} {...control} onClick={() => map.current?.zoom(1)}>
          <Plus />
        </IconButton>
        <IconButton label={t('zoomOut')} {...control} onClick={() => map.current?.zoom(-1)}>
          <Minus />
        </IconButton>
        <IconButton label={t('fit')} {...control} onClick={() => map.current?.fit()}>
          <Maximize />
        </IconButton>
      </div>
    </div>
  )
}
