'use client'
import { type Coordinates, distanceBetween, type RangeUnit, rangeUnits } from '@thingwire/rules'
import { useTranslations } from 'next-intl'
import { useMemo, useRef } from 'react'
import { NumberControl } from '../../../../../components/schema-form/controls.tsx'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import { Part } from '../../../../../components/schema-form/objects.tsx'
import { AreaMapView, type MapHandle } from './area-map-view.tsx'
import { away, circleOutline, type Corner, fromMetres, onGlobe, toMetres } from './geometry.ts'

const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const unitIn = (value: unknown): RangeUnit => rangeUnits.find((unit) => unit === value) ?? 'METER'

/** A circle takes a good part of what is in sight when it is first put down. */
const firstPart = 0.2

/** A round fence: its centre and its radius, on a map and as numbers. */
export const CircleField: FieldEditor = ({ field, path, siblings, error }) => {
  const t = useTranslations('chainPanels.map')
  const map = useRef<MapHandle | null>(null)
  const values = siblings?.values ?? {}
  const [latitude, longitude, range] = [values.centerLatitude, values.centerLongitude, values.range].map(numberIn)
  const unit = unitIn(values.rangeUnit)
  const drawing = useMemo(() => {
    if (latitude == null || longitude == null) return { polygons: [], lines: [], handles: [] }
    const center: Coordinates = { latitude, longitude }
    const radius = range == null ? 0 : toMetres(range, unit)
    const ring = radius > 0 ? circleOutline(center, radius) : []
    const east = away(center, radius, 90)
    return {
      polygons: ring.length > 0 ? [[ring]] : [],
      lines: ring.length > 0 ? [ring] : [],
      handles: [
        { id: 'center', at: [latitude, longitude] as const, label: t('center'), isCurrent: true },
        ...(radius > 0
          ? [{ id: 'edge', at: onGlobe([east.latitude, east.longitude]), label: t('radius'), isCurrent: false }]
          : []),
      ],
    }
  }, [latitude, longitude, range, unit, t])
  const setCenter = ([lat, lon]: Corner, isFirst: boolean) =>
    siblings?.set({
      centerLatitude: lat,
      centerLongitude: lon,
      ...(isFirst && { range: rough(fromMetres((map.current?.width() ?? 1_000) * firstPart, unit)), rangeUnit: unit }),
    })
  const setEdge = ([lat, lon]: Corner) => {
    if (latitude == null || longitude == null) return
    const radius = distanceBetween({ latitude, longitude }, { latitude: lat, longitude: lon }, 'METER')
    siblings?.set({ range: rough(fromMetres(radius, unit)), rangeUnit: unit })
  }
  return (
    <Part title={t('circle')} error={error}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <AreaMapView
          label={t('circleMap')}
          drawing={drawing}
          handle={map}
          onClick={(at) => setCenter(at, range == null)}
          onMove={(id, at) => (id === 'center' ? setCenter(at, false) : setEdge(at))}
          onChoose={() => undefined}
        />
        <p className="text-xs text-ink-3">{t('drawCircle')}</p>
        {siblings?.fields
          .filter((one) => one.kind === 'number' && (one.key === field.key || field.covers.includes(one.key)))
          .map((one) =>
            one.kind === 'number' ? (
              <NumberControl
                key={one.key}
                field={one}
                path={path.replace(/[^/]*$/, one.key)}
                value={values[one.key]}
                siblings={siblings}
                onChange={(next) => siblings.set({ [one.key]: next })}
              />
            ) : null,
          )}
      </div>
    </Part>
  )
}

/** Three digits are as exactly as anybody draws. */
const rough = (length: number): number => Number(length.toPrecision(3))
