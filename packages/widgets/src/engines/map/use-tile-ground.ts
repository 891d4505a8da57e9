'use client'
import { useState } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { TileSource } from '../../host/host.ts'
import type { Ground } from './ground.ts'
import type { MapSettings } from './settings.ts'

/** The source that the file wants, by the name its provider gives it, else the first of the installation. */
export const wantedSource = (layers: MapSettings['layers'], sources: readonly TileSource[]): TileSource | undefined => {
  for (const { layerType, label } of layers) {
    const found = sources.find(({ id, name }) => id === layerType || (label !== null && name === label))
    if (found) return found
  }
  return sources[0]
}

type TileGround = {
  ground: Ground
  sources: readonly TileSource[]
  /** Id of the source that is shown; empty: outlines. */
  chosen: string
  choose: (id: string) => void
  attribution: string
}

/** What the globe is drawn with: tiles where the installation offers some, else outlines of land. */
export const useTileGround = (settings: MapSettings, theme: 'light' | 'dark'): TileGround => {
  const { tiles } = useWidgetHost()
  const sources = tiles.useSources() ?? []
  const [choice, setChoice] = useState<string | null>(null)
  const source = choice === null ? wantedSource(settings.layers, sources) : sources.find(({ id }) => id === choice)
  return {
    ground: source
      ? { kind: 'tiles', template: source.template, maxZoom: source.maxZoom, isDimmed: theme === 'dark' }
      : { kind: 'outlines' },
    sources,
    chosen: source?.id ?? '',
    choose: setChoice,
    attribution: source?.attribution ?? '',
  }
}
