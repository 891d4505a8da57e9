'use client'
import { useMemo, useState } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { TileSource } from '../../host/host.ts'
import type { Ground } from './ground.ts'
import type { MapSettings } from './settings.ts'

type Wanted = { ground: TileSource | undefined; overlays: readonly TileSource[] }

const isNamed = ({ id, name }: TileSource, asked: string | null) => asked !== null && (id === asked || name === asked)

/**
 * The source that the file wants, by the name its provider gives it, else the first of the installation; and what the file
 * wants over it, where the installation has it.
 */
export const wantedGround = (layers: MapSettings['layers'], sources: readonly TileSource[]): Wanted => {
  const [overlays, grounds] = [sources.filter(({ isOverlay }) => isOverlay), sources.filter((one) => !one.isOverlay)]
  for (const { layerType, label, referenceLayer } of layers) {
    const ground = grounds.find((one) => isNamed(one, layerType) || isNamed(one, label))
    if (ground) return { ground, overlays: overlays.filter((one) => isNamed(one, referenceLayer)) }
  }
  return { ground: grounds[0], overlays: [] }
}

export type TileGround = {
  ground: Ground
  grounds: readonly TileSource[]
  /** Id of the source that is shown; empty: outlines. */
  chosen: string
  choose: (id: string) => void
  /** What may lie over it; none over outlines. */
  overlays: readonly TileSource[]
  isOver: (id: string) => boolean
  setOver: (id: string, isShown: boolean) => void
  attribution: string
}

/** What the globe is drawn with: tiles where the installation offers some, else outlines of land. */
export const useTileGround = (settings: MapSettings, theme: 'light' | 'dark'): TileGround => {
  const { tiles } = useWidgetHost()
  const known = tiles.useSources()
  const sources = useMemo(() => known ?? [], [known])
  const wanted = useMemo(() => wantedGround(settings.layers, sources), [settings.layers, sources])
  const [choice, setChoice] = useState<string | null>(null)
  const [over, setOver] = useState<ReadonlyMap<string, boolean>>(new Map())
  const source = choice === null ? wanted.ground : sources.find(({ id }) => id === choice)
  const isOver = (id: string) => over.get(id) ?? wanted.overlays.some((one) => one.id === id)
  const overlays = source ? sources.filter(({ isOverlay }) => isOverlay) : []
  const shown = overlays.filter(({ id }) => isOver(id))
  const said = [source, ...shown].flatMap((one) => (one?.attribution ? [one.attribution] : []))
  return {
    ground: source
      ? {
          ...{ kind: 'tiles', template: source.template, maxZoom: source.maxZoom, isDimmed: theme === 'dark' },
          overlays: shown.map(({ template, maxZoom }) => ({ template, maxZoom })),
        }
      : { kind: 'outlines' },
    grounds: sources.filter(({ isOverlay }) => !isOverlay),
    chosen: source?.id ?? '',
    choose: setChoice,
    ...{ overlays, isOver },
    setOver: (id, isShown) => setOver((now) => new Map(now).set(id, isShown)),
    attribution: [...new Set(said)].join(' · '),
  }
}
