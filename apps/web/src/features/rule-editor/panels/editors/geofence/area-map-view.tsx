'use client'
import { Button, Skeleton } from '@thingwire/ui'
import { Maximize } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { AreaMap, Drawing, MapCalls } from './area-map.ts'

export type MapHandle = Pick<AreaMap, 'center' | 'width' | 'fit'>

type Props = MapCalls & { label: string; drawing: Drawing; handle?: RefObject<MapHandle | null> }

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
    const words = {
      'NavigationControl.ZoomIn': t('zoomIn'),
      'NavigationControl.ZoomOut': t('zoomOut'),
      'Map.Title': label,
    }
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
  }, [t, label])
  useEffect(() => map.current?.draw(drawing), [drawing])
  const theme = useRef(resolvedTheme)
  useEffect(() => {
    if (theme.current !== resolvedTheme) map.current?.restyle()
    theme.current = resolvedTheme
  }, [resolvedTheme])
  useImperativeHandle(handle, () => ({
    center: () => map.current?.center() ?? [0, 0],
    width: () => map.current?.width() ?? 0,
    fit: () => map.current?.fit(),
  }))
  if (state === 'failed') return <p className="text-xs text-ink-3">{t('failed')}</p>
  return (
    <div className="relative h-64 overflow-hidden rounded-md border border-line-strong">
      <div ref={place} className="area-map h-full" />
      {state === 'loading' ? <Skeleton className="absolute inset-0 rounded-none" /> : null}
      <Button
        size="icon-sm"
        aria-label={t('fit')}
        title={t('fit')}
        className="absolute bottom-2 right-2"
        onClick={() => map.current?.fit()}
      >
        <Maximize />
      </Button>
    </div>
  )
}
