'use client'
import { parsePolygon } from '@thingwire/rules'
import { Button, Field, IconButton, Segmented, Textarea } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import { Part } from '../../../../../components/schema-form/objects.tsx'
import { unset } from '../../../../../components/schema-form/values.ts'
import { AreaMapView } from './area-map-view.tsx'
import { CoordinateInput } from './coordinate-input.tsx'
import { type Corner, filled, outline, readRings, type Ring, rounded, writeRings } from './geometry.ts'

const views = ['map', 'text'] as const

/** A fence of straight sides: drawn on a map, typed corner by corner, or pasted as text. */
export const PolygonField: FieldEditor = ({ field, value, onChange, error, onDone }) => {
  const t = useTranslations('chainPanels.map')
  const text = typeof value === 'string' ? value : ''
  const rings = useMemo(() => readRings(text), [text])
  const [wanted, setView] = useState<(typeof views)[number]>('map')
  // What only its text can show is not drawn away.
  const view = rings === null ? 'text' : wanted
  const parsed = text.trim() === '' ? null : parsePolygon(text)
  const problem = error ?? (parsed && !parsed.ok && view === 'text' ? parsed.message : undefined)
  return (
    <Part
      title={field.title}
      error={problem}
      aside={
        <Segmented
          label={t('as')}
          value={view}
          onChange={setView}
          options={views.map((one) => ({ value: one, label: t(one) }))}
        />
      }
    >
      {view === 'text' || rings === null ? (
        <Field label={t('asText')} hint={field.description}>
          <Textarea
            rows={6}
            spellCheck={false}
            className="font-mono text-xs"
            value={text}
            onBlur={onDone}
            onChange={({ target }) => onChange(target.value === '' ? unset(field) : target.value)}
          />
        </Field>
      ) : (
        <Rings rings={rings} onChange={(next) => onChange(next.length === 0 ? unset(field) : writeRings(next))} />
      )}
    </Part>
  )
}

const idOf = (ring: number, corner: number) => `${ring}/${corner}`
const partsOf = (id: string) => id.split('/').map(Number)

const Rings = ({ rings, onChange }: { rings: readonly Ring[]; onChange: (rings: readonly Ring[]) => void }) => {
  const t = useTranslations('chainPanels.map')
  const [chosen, setChosen] = useState(0)
  const current = Math.min(chosen, Math.max(0, rings.length - 1))
  const ring = rings[current] ?? []
  const put = (index: number, next: Ring) =>
    onChange(
      (rings.length === 0 ? [next] : rings.map((one, at) => (at === index ? next : one))).filter(
        (one) => one.length > 0,
      ),
    )
  const drawing = useMemo(
    () => ({
      polygons: filled(rings),
      lines: rings.filter(({ length }) => length >= 2).map(outline),
      handles: rings.flatMap((one, at) =>
        one.map((corner, index) => ({
          id: idOf(at, index),
          at: corner,
          label: t('corner', { number: index + 1 }),
          isCurrent: at === current,
        })),
      ),
    }),
    [rings, current, t],
  )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <AreaMapView
        label={t('polygonMap')}
        drawing={drawing}
        onClick={(at) => put(current, [...ring, at])}
        onMove={(id, at) => {
          const [index = 0, corner = 0] = partsOf(id)
          put(
            index,
            (rings[index] ?? []).map((one, place) => (place === corner ? at : one)),
          )
        }}
        onChoose={(id) => setChosen(partsOf(id)[0] ?? 0)}
      />
      <p className="text-xs text-ink-3">{t('draw')}</p>
      {rings.length > 1 ? (
        <div className="flex flex-wrap gap-1">
          {rings.map((one, index) => (
            <Button
              // biome-ignore lint/suspicious/noArrayIndexKey: polygons have no names of their own
              key={index}
              size="sm"
              variant={index === current ? 'secondary' : 'ghost'}
              aria-pressed={index === current}
              onClick={() => setChosen(index)}
            >
              {t('polygon', { number: index + 1, corners: one.length })}
            </Button>
          ))}
        </div>
      ) : null}
      <Corners ring={ring} onChange={(next) => put(current, next)} />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="ghost" onClick={() => put(current, [...ring, nextCorner(ring)])}>
          <Plus />
          {t('addCorner')}
        </Button>
        {ring.length >= 2 ? (
          <Button
            size="sm"
            variant="ghost"
            onClick={() => {
              onChange([...rings, [nextCorner(ring)]])
              setChosen(rings.length)
            }}
          >
            <Plus />
            {t('addPolygon')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

/** Beside the last one, so that it can be seen and moved. */
const nextCorner = (ring: Ring): Corner => {
  const [latitude, longitude] = ring.at(-1) ?? [0, 0]
  return ring.length === 0 ? [0, 0] : [rounded(latitude - 0.001), rounded(longitude + 0.001)]
}

const Corners = ({ ring, onChange }: { ring: Ring; onChange: (ring: Ring) => void }) => {
  const t = useTranslations('chainPanels.map')
  if (ring.length === 0) return null
  return (
    <ol className="grid max-h-64 gap-1.5 overflow-y-auto p-px">
      <li aria-hidden className="flex gap-1.5 pr-8 pl-7 text-2xs text-ink-3">
        <span className="flex-1">{t('latitude')}</span>
        <span className="flex-1">{t('longitude')}</span>
      </li>
      {ring.map(([latitude, longitude], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: corners have no names of their own
        <li key={index} className="flex items-center gap-1.5">
          <span aria-hidden className="w-5.5 text-right text-xs text-ink-3 tabular-nums">
            {index + 1}
          </span>
          <CoordinateInput
            label={t('latitudeOf', { number: index + 1 })}
            value={latitude}
            most={90}
            onChange={(next) => onChange(ring.map((one, at) => (at === index ? [next, one[1]] : one)))}
          />
          <CoordinateInput
            label={t('longitudeOf', { number: index + 1 })}
            value={longitude}
            most={180}
            onChange={(next) => onChange(ring.map((one, at) => (at === index ? [one[0], next] : one)))}
          />
          <IconButton
            label={t('removeCorner', { number: index + 1 })}
            size="icon-sm"
            onClick={() => onChange(ring.filter((_, at) => at !== index))}
          >
            <Trash2 />
          </IconButton>
        </li>
      ))}
    </ol>
  )
}
