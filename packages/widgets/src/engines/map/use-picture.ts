'use client'
import { useEffect, useState } from 'react'
import { newest } from '../../format.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import { seriesOfSource } from '../../style/value-sources.ts'
import type { WidgetState } from '../../widget.ts'
import { type Picture, pictureOf } from './ground.ts'
import { imagePlane } from './plane.ts'
import type { MapSettings } from './settings.ts'

type LoadedPicture = { picture: Picture | null; status: 'none' | 'loading' | 'shown' | 'failed' }

type Read = Pick<Extract<WidgetState, { status: 'ready' }>, 'series' | 'sources'>

/** The link of the picture: of the settings, or what a key holds of an alias or of the last datasource; null: none. */
export const linkOf = ({ imageSource }: Pick<MapSettings, 'imageSource'>, { series, sources }: Read): string | null => {
  if (imageSource.sourceType === 'image') return imageSource.url || null
  const { entityKey, source } = imageSource
  const names = [entityKey?.label, entityKey?.name]
  const [ofAlias] = seriesOfSource(source, sources ?? [])
  const found =
    ofAlias ?? series.findLast(({ dataKey }) => names.includes(dataKey.label) || names.includes(dataKey.name))
  const value = found && newest(found.points)?.[1]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : imageSource.url || null
}

/** The picture that places of an image map lie on. The former stays until the next is there. */
export const usePicture = (settings: MapSettings, read: Read): LoadedPicture => {
  const { links } = useWidgetHost()
  const link = settings.space === 'image' ? linkOf(settings, read) : null
  const address = links.useImage(link)
  const [loaded, setLoaded] = useState<{ of: string; picture: Picture | null } | null>(null)
  useEffect(() => {
    if (address === null) return
    let isGone = false
    const image = new Image()
    const came = (picture: Picture | null) => !isGone && setLoaded({ of: address, picture })
    image.onload = () => came(pictureOf(image, imagePlane))
    image.onerror = () => came(null)
    image.src = address
    return () => {
      isGone = true
    }
  }, [address])
  if (link === null) return { picture: null, status: 'none' }
  if (address === null) return { picture: null, status: 'failed' }
  const picture = loaded?.picture ?? null
  if (loaded?.of !== address) return { picture, status: 'loading' }
  return { picture, status: picture ? 'shown' : 'failed' }
}
