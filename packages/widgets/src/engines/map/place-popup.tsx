'use client'
import { useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Position } from './coordinates.ts'
import { cardOffset, middleOf } from './drawing.ts'
import type { Edit } from './edit/use-edit.ts'
import type { TooltipSettings } from './layer-settings.ts'
import { PlaceCard } from './place-card.tsx'
import type { PlaceMap } from './place-map.ts'
import type { Place } from './places.ts'
import type { MapLayer } from './settings.ts'

/** What is told of a place: of a point of a way, something of its own. */
export const tooltipOf = (layer: MapLayer, place: Place): TooltipSettings =>
  place.id.startsWith('point ') && layer.kind === 'trip' ? layer.settings.pointTooltip : layer.settings.tooltip

/** The card of a place, where the place is on the map. */
export const PlacePopup = (p: {
  map: PlaceMap
  layers: readonly MapLayer[]
  places: readonly Place[]
  beside: readonly Record<string, unknown>[]
  place: Place
  /** Where the pointer is on something long or wide; null: at the place itself. */
  at: Position | null
  edit: Edit
  onAction: (tooltip: TooltipSettings) => (name: string, place: Place) => void
  onClose: (() => void) | null
}) => {
  const { map, place } = p
  const { id } = place
  const layer = p.layers[place.layer]
  const [target, setTarget] = useState<HTMLElement | null>(null)
  const tooltip = layer && tooltipOf(layer, place)
  const isChangeable = (['move', 'edit', 'remove'] as const).some((action) => p.edit.can(place, action))
  const hasCard = tooltip?.show === true || (isChangeable && p.onClose !== null)
  const isPoint = place.id.startsWith('point ')
  const [right, down] = layer && tooltip && !isPoint ? cardOffset(layer, tooltip) : [0, isPoint ? -8 : 0]
  const [lon, lat] = place.shape.type === 'Point' || p.at === null ? middleOf(place) : p.at
  useEffect(() => {
    if (hasCard) setTarget(map.showCard(id, [lon, lat], [right, down]))
  }, [map, id, lon, lat, right, down, hasCard])
  useEffect(() => () => map.hideCard(), [map])
  const own = useMemo(() => p.places.filter((one) => one.layer === place.layer), [p.places, place.layer])
  return target && tooltip && hasCard
    ? createPortal(
        <PlaceCard
          {...{ place, tooltip }}
          places={own}
          beside={p.beside}
          edit={isPoint ? null : p.edit}
          onAction={p.onAction(tooltip)}
          onClose={p.onClose}
          onShown={() => p.onClose && map.revealCard()}
        />,
        target,
      )
    : null
}
