'use client'
import { type Dispatch, type SetStateAction, useCallback, useEffect, useMemo, useState } from 'react'
import { useWidgetHost } from '../../../host/host-context.tsx'
import { useWords } from '../../../texts/use-texts.ts'
import type { WidgetSeries } from '../../../widget.ts'
import type { Position } from '../coordinates.ts'
import type { LayerKey } from '../layer-settings.ts'
import type { PlaceMap } from '../place-map.ts'
import { entityKey, type FreePlace, type Place, type Shape, valueAt } from '../places.ts'
import type { Plane } from '../plane.ts'
import { type MapLayer, placeKeysOf } from '../settings.ts'
import { mapWords } from '../words.ts'
import {
  type Editable,
  editableOf,
  handlesOf,
  moved,
  type SketchKind,
  shapeOfEditable,
  sketched,
  sketchRules,
  storedOf,
  withoutCorner,
} from './editable.ts'

/** Which layers a sketch may end up in. */
const layerKindOf: Readonly<Record<SketchKind, MapLayer['kind']>> = {
  ...{ marker: 'marker', polygon: 'polygon', rectangle: 'polygon', circle: 'circle', polyline: 'polyline' },
}

type Draft =
  | { step: 'sketch'; kind: SketchKind; places: readonly Position[] }
  /** It is drawn; whose it is has to be said. */
  | { step: 'choose'; kind: SketchKind; editable: Editable }
  | { step: 'change'; place: Place; editable: Editable; isChanged: boolean }

type Target = Pick<Place, 'entity' | 'layer' | 'source'>

/** A place that was stored and has not come back yet. */
type Held = { id: string; shape: Shape; before: string }

const storedText = (layer: MapLayer | undefined, { values }: Pick<Place, 'values'>) =>
  layer ? JSON.stringify(placeKeysOf(layer).map((key) => valueAt(values, key))) : ''

/** What is being drawn or changed, and what was stored a moment ago. */
export type Changes = {
  draft: Draft | null
  setDraft: Dispatch<SetStateAction<Draft | null>>
  hold: (held: Held) => void
  /** Places as they are when what was stored has come back. */
  apply: (places: readonly Place[]) => readonly Place[]
}

export const useChanges = (layers: readonly MapLayer[]): Changes => {
  const [draft, setDraft] = useState<Draft | null>(null)
  const [held, hold] = useState<Held | null>(null)
  const changing = useMemo(
    () =>
      draft?.step === 'change' && draft.editable.kind === 'marker'
        ? { id: draft.place.id, shape: { type: 'Point' as const, coordinates: draft.editable.at }, before: null }
        : held,
    [draft, held],
  )
  const apply = useCallback(
    (places: readonly Place[]) => {
      const index = changing ? places.findIndex(({ id }) => id === changing.id) : -1
      const place = places[index]
      if (!changing || !place) return places
      const hasCome = changing.before !== null && storedText(layers[place.layer], place) !== changing.before
      return hasCome ? places : places.with(index, { ...place, shape: changing.shape })
    },
    [changing, layers],
  )
  return { draft, setDraft, hold, apply }
}

export type Edit = {
  draft: Draft | null
  isSaving: boolean
  problem: string | null
  /** What can be drawn: some layer lets the viewer add it. */
  kinds: readonly SketchKind[]
  /** Who may get what is drawn. */
  candidates: (kind: SketchKind) => readonly FreePlace[]
  can: (place: Place, action: 'move' | 'edit' | 'remove') => boolean
  sketch: (kind: SketchKind) => void
  add: (at: Position) => void
  takeBack: () => void
  finish: () => void
  choose: (free: FreePlace) => void
  change: (place: Place) => void
  remove: (place: Place) => void
  save: () => void
  cancel: () => void
}

const allKinds: readonly SketchKind[] = ['marker', 'polygon', 'rectangle', 'circle', 'polyline']

/** Drawing, changing and removing places, and storing them where they are read from. */
export const useEdit = (p: {
  map: PlaceMap | null
  layers: readonly MapLayer[]
  free: readonly FreePlace[]
  plane: Plane
  changes: Changes
  series: readonly WidgetSeries[]
}): Edit => {
  const { map, layers, free, plane } = p
  const { draft, setDraft, hold } = p.changes
  const { values } = useWidgetHost()
  const words = useWords('map', mapWords)
  const [isSaving, setIsSaving] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const kinds = useMemo(
    () =>
      allKinds.filter((kind) =>
        layers.some((layer) => layer.kind === layerKindOf[kind] && layer.settings.edit.enabledActions.includes('add')),
      ),
    [layers],
  )

  useEffect(() => {
    map?.setSketching(draft?.step === 'sketch')
  }, [map, draft?.step])
  useEffect(() => {
    if (!map) return
    const names = {
      ...{ corner: words('corner'), middle: words('newCorner'), marker: words('marker') },
      ...{ centre: words('centre'), edge: words('radius') },
    }
    if (draft?.step === 'change') {
      const shape = shapeOfEditable(draft.editable, plane)
      map.sketch(shape && shape.type !== 'Point' ? [shape] : [])
      map.showHandles(handlesOf(draft.editable, names), {
        onMove: (id, at) =>
          setDraft((now) =>
            now?.step === 'change' ? { ...now, editable: moved(now.editable, id, at), isChanged: true } : now,
          ),
        onEnd: () => {},
        onRemove: (id) =>
          setDraft((now) =>
            now?.step === 'change' ? { ...now, editable: withoutCorner(now.editable, id), isChanged: true } : now,
          ),
      })
      return
    }
    map.sketch(draft ? previewOf(draft, plane) : [])
    const places = draft?.step === 'sketch' ? draft.places : []
    map.showHandles(
      places.map((at, index) => ({ id: `sketch.${index}`, at, kind: 'anchor' as const, label: names.corner })),
      {
        onMove: (id, at) =>
          setDraft((now) =>
            now?.step === 'sketch'
              ? { ...now, places: now.places.map((one, index) => (`sketch.${index}` === id ? at : one)) }
              : now,
          ),
        onEnd: () => {},
        onRemove: () => {},
      },
    )
  }, [map, draft, setDraft, plane, words])

  /** The key as the datasource has it: settings may know it by its label alone. */
  const sourceKey = (target: Target, key: LayerKey) => {
    const own = p.series.find(
      ({ datasource, entity, dataKey }) =>
        datasource === target.source &&
        (dataKey.label === key.label || dataKey.name === key.name) &&
        entityKey(entity) === entityKey(target.entity),
    )
    return { name: own?.dataKey.name ?? key.name, isSeries: (own?.dataKey.type ?? key.type) === 'timeseries' }
  }
  const store = async (target: Target, entries: readonly [LayerKey, unknown][] | null): Promise<boolean> => {
    const layer = layers[target.layer]
    if (!layer) return false
    const { attributeScope } = layer.settings.edit
    const { id } = target.entity
    setIsSaving(true)
    setProblem(null)
    try {
      if (entries === null) {
        const names = placeKeysOf(layer).map((key) => sourceKey(target, key).name)
        await values.deleteAttributes(id, attributeScope, names)
        return true
      }
      const known = entries.map(([key, value]) => ({ ...sourceKey(target, key), value }))
      const pick = (isSeries: boolean) =>
        Object.fromEntries(known.filter((one) => one.isSeries === isSeries).map(({ name, value }) => [name, value]))
      const [attributes, telemetry] = [pick(false), pick(true)]
      if (Object.keys(attributes).length > 0) await values.saveAttributes(id, attributeScope, attributes)
      if (Object.keys(telemetry).length > 0) await values.saveTelemetry(id, telemetry)
      return true
    } catch (error) {
      setProblem(words('notSaved', { reason: error instanceof Error ? error.message : String(error) }))
      return false
    } finally {
      setIsSaving(false)
    }
  }

  const finished = (kind: SketchKind, places: readonly Position[]) => {
    const editable = sketched(kind, places)
    if (editable) setDraft({ step: 'choose', kind, editable })
  }
  const candidates = (kind: SketchKind) => free.filter(({ layer }) => layers[layer]?.kind === layerKindOf[kind])

  return {
    ...{ draft, isSaving, problem, kinds, candidates },
    can: (place, action) => {
      const layer = layers[place.layer]
      if (!layer || layer.kind === 'trip') return false
      const { enabledActions } = layer.settings.edit
      // What is stored over time cannot be taken back from here.
      if (action === 'remove' && placeKeysOf(layer).some((key) => sourceKey(place, key).isSeries)) return false
      return enabledActions.includes(action)
    },
    sketch: (kind) => {
      setProblem(null)
      setDraft({ step: 'sketch', kind, places: [] })
    },
    add: (at) => {
      if (draft?.step !== 'sketch') return
      const places = [...draft.places, at]
      setDraft({ ...draft, places })
      if (places.length === sketchRules[draft.kind].most) finished(draft.kind, places)
    },
    takeBack: () => draft?.step === 'sketch' && setDraft({ ...draft, places: draft.places.slice(0, -1) }),
    finish: () => draft?.step === 'sketch' && finished(draft.kind, draft.places),
    choose: (chosen) => {
      const layer = layers[chosen.layer]
      if (draft?.step !== 'choose' || !layer) return
      void store(chosen, storedOf(draft.editable, layer, plane)).then((isStored) => isStored && setDraft(null))
    },
    change: (place) => {
      const layer = layers[place.layer]
      const editable = layer && editableOf(layer, place, plane)
      setProblem(editable ? null : words('notEditable'))
      if (editable) setDraft({ step: 'change', place, editable, isChanged: false })
    },
    remove: (place) => void store(place, null),
    save: () => {
      if (draft?.step !== 'change') return
      const { place, editable } = draft
      const layer = layers[place.layer]
      if (!layer) return
      void store(place, storedOf(editable, layer, plane)).then((isStored) => {
        if (!isStored) return
        const shape = shapeOfEditable(editable, plane)
        if (shape) hold({ id: place.id, shape, before: storedText(layer, place) })
        setDraft(null)
      })
    },
    cancel: () => {
      setProblem(null)
      setDraft(null)
    },
  }
}

const previewOf = (draft: Exclude<Draft, { step: 'change' }>, plane: Plane): Exclude<Shape, { type: 'Point' }>[] => {
  const editable = draft.step === 'choose' ? draft.editable : sketched(draft.kind, draft.places)
  const shape = editable && shapeOfEditable(editable, plane)
  if (shape && shape.type !== 'Point') return [shape]
  return draft.step === 'sketch' && draft.places.length > 1
    ? [{ type: 'MultiLineString', coordinates: [[...draft.places]] }]
    : []
}
