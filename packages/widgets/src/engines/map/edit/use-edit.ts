'use client'
import {
  type Dispatch,
  type SetStateAction,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
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
  coordinatesOf,
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

/** Code of the file that gets the coordinates of what was drawn, in place of an entity. */
type Drawn = (coordinates: unknown) => void

type Draft =
  | { step: 'sketch'; kind: SketchKind; places: readonly Position[]; onDrawn: Drawn | null }
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
  /** Null: everything is where it is stored. */
  hold: (held: Held | null) => void
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

/** What was stored last, and how it is taken back; null: it cannot be. */
type Done = { text: string; undo: (() => void) | null }

export type Edit = {
  draft: Draft | null
  done: Done | null
  dismiss: () => void
  /** Whether places are dragged as they stand on the map; null: there are none that may be. */
  isDragging: boolean | null
  setDragging: (isOn: boolean) => void
  isSaving: boolean
  problem: string | null
  /** What can be drawn: some layer lets the viewer add it. */
  kinds: readonly SketchKind[]
  /** Who may get what is drawn. */
  candidates: (kind: SketchKind) => readonly FreePlace[]
  can: (place: Place, action: 'move' | 'edit' | 'remove') => boolean
  /** @param onDrawn gets what was drawn; without it, one of the candidates does */
  sketch: (kind: SketchKind, onDrawn?: Drawn) => void
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
  /** All that are on the map. */
  places: readonly Place[]
  hasDragButton: boolean
}): Edit => {
  const { map, layers, free, plane, places } = p
  const { draft, setDraft, hold } = p.changes
  const { values } = useWidgetHost()
  const words = useWords('map', mapWords)
  const [isSaving, setIsSaving] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  const [isDragging, setDragging] = useState(false)
  /** By layer, those whose values the viewer may store. */
  const writable = useMemo(() => {
    const of = (known: readonly (Place | FreePlace)[]) => known.filter(({ entity }) => values.mayWrite(entity.id))
    return { free: of(free), layers: new Set([...of(free), ...of(places)].map(({ layer }) => layer)) }
  }, [values, free, places])
  const kinds = useMemo(
    () =>
      allKinds.filter((kind) =>
        layers.some(
          ({ kind: own, settings }, index) =>
            own === layerKindOf[kind] && settings.edit.enabledActions.includes('add') && writable.layers.has(index),
        ),
      ),
    [layers, writable],
  )

  useEffect(() => {
    map?.setSketching(draft?.step === 'sketch')
  }, [map, draft?.step])
  const snapsFor = (kind: SketchKind) =>
    layers.some((layer) => layer.kind === layerKindOf[kind] && layer.settings.edit.snappable)
  /** Where it is, or the corner or edge of something else that is near. */
  const caught = (at: Position, snaps: boolean, except: string | null): Position =>
    map && snaps ? map.snap(at, linesOf(places, except)) : at
  // Handles are told once what they call; they are to know the newest places.
  const newest = useRef({ caught, snapsFor, layers })
  useLayoutEffect(() => {
    newest.current = { caught, snapsFor, layers }
  })
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
          setDraft((now) => {
            if (now?.step !== 'change') return now
            const snaps = newest.current.layers[now.place.layer]?.settings.edit.snappable ?? false
            const to = newest.current.caught(at, snaps, now.place.id)
            return { ...now, editable: moved(now.editable, id, to), isChanged: true }
          }),
        onEnd: () => {},
        onRemove: (id) =>
          setDraft((now) =>
            now?.step === 'change' ? { ...now, editable: withoutCorner(now.editable, id), isChanged: true } : now,
          ),
      })
      return
    }
    map.sketch(draft ? previewOf(draft, plane) : [])
    const drawn = draft?.step === 'sketch' ? draft.places : []
    map.showHandles(
      drawn.map((at, index) => ({ id: `sketch.${index}`, at, kind: 'anchor' as const, label: names.corner })),
      {
        onMove: (id, at) =>
          setDraft((now) => {
            if (now?.step !== 'sketch') return now
            const to = newest.current.caught(at, newest.current.snapsFor(now.kind), null)
            return { ...now, places: now.places.map((one, index) => (`sketch.${index}` === id ? to : one)) }
          }),
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
    setDone(null)
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

  /** As it was stored before, to be stored again; null: nothing was. */
  const formerOf = ({ layer: index, values }: Pick<Place, 'layer' | 'values'>): [LayerKey, unknown][] | null => {
    const layer = layers[index]
    const entries = layer ? placeKeysOf(layer).map((key): [LayerKey, unknown] => [key, valueAt(values, key)]) : []
    return entries.some(([, value]) => value === undefined || value === null || value === '') ? null : entries
  }
  const wasDone = (what: 'added' | 'moved' | 'changed' | 'removed', place: Target & Pick<Place, 'values'>) => {
    const former = formerOf(place)
    const layer = layers[place.layer]
    // What is stored over time cannot be taken away again from here.
    const isOverTime = layer ? placeKeysOf(layer).some((key) => sourceKey(place, key).isSeries) : true
    const canUndo = former !== null || !isOverTime
    setDone({
      text: words(what, { name: place.entity.label || place.entity.name }),
      undo: canUndo
        ? () => {
            hold(null)
            void store(place, former).then((isStored) => isStored && setDone(null))
          }
        : null,
    })
  }
  const drop = (place: Place, at: Position) => {
    const layer = layers[place.layer]
    if (!layer) return
    const editable: Editable = { kind: 'marker', at }
    void store(place, storedOf(editable, layer, plane)).then((isStored) =>
      isStored ? wasDone('moved', place) : hold(null),
    )
  }

  const finished = (kind: SketchKind, clicked: readonly Position[], onDrawn: Drawn | null) => {
    const editable = sketched(kind, clicked)
    if (!editable) return
    if (!onDrawn) return setDraft({ step: 'choose', kind, editable })
    setDraft(null)
    onDrawn(coordinatesOf(editable, plane))
  }
  const can: Edit['can'] = (place, action) => {
    const layer = layers[place.layer]
    if (!layer || layer.kind === 'trip' || !values.mayWrite(place.entity.id)) return false
    const { enabledActions } = layer.settings.edit
    // What is stored over time cannot be taken back from here.
    if (action === 'remove' && placeKeysOf(layer).some((key) => sourceKey(place, key).isSeries)) return false
    return enabledActions.includes(action)
  }
  const canDrag =
    p.hasDragButton &&
    layers.some(
      ({ kind, settings }, index) =>
        kind === 'marker' && settings.edit.enabledActions.includes('move') && writable.layers.has(index),
    )
  const movable = (id: string) =>
    places.find((one) => one.id === id && one.shape.type === 'Point' && can(one, 'move')) ?? null
  const dragged = useRef({ movable, drop, caught, layers })
  useLayoutEffect(() => {
    dragged.current = { movable, drop, caught, layers }
  })
  useEffect(() => {
    if (!map || !canDrag || !isDragging || draft !== null) return
    const placed = (id: string, at: Position) => {
      const { movable: find, caught: snapsTo, layers: now } = dragged.current
      const place = find(id)
      const layer = place && now[place.layer]
      if (!place || !layer) return null
      const to = snapsTo(at, layer.settings.edit.snappable, id)
      hold({ id, shape: { type: 'Point', coordinates: to }, before: storedText(layer, place) })
      return { place, to }
    }
    map.setDragging({
      can: (id) => dragged.current.movable(id) !== null,
      onMove: placed,
      onDrop: (id, at) => {
        const made = placed(id, at)
        if (made) dragged.current.drop(made.place, made.to)
      },
    })
    return () => map.setDragging(null)
  }, [map, canDrag, isDragging, draft, hold])
  const candidates = (kind: SketchKind) =>
    writable.free.filter(({ layer }) => layers[layer]?.kind === layerKindOf[kind])

  return {
    ...{ draft, done, isSaving, problem, kinds, candidates, can, setDragging },
    dismiss: () => setDone(null),
    isDragging: canDrag ? isDragging : null,
    sketch: (kind, onDrawn) => {
      setProblem(null)
      setDone(null)
      setDraft({ step: 'sketch', kind, places: [], onDrawn: onDrawn ?? null })
    },
    add: (at) => {
      if (draft?.step !== 'sketch') return
      const clicked = [...draft.places, caught(at, snapsFor(draft.kind), null)]
      setDraft({ ...draft, places: clicked })
      if (clicked.length === sketchRules[draft.kind].most) finished(draft.kind, clicked, draft.onDrawn)
    },
    takeBack: () => draft?.step === 'sketch' && setDraft({ ...draft, places: draft.places.slice(0, -1) }),
    finish: () => draft?.step === 'sketch' && finished(draft.kind, draft.places, draft.onDrawn),
    choose: (chosen) => {
      const layer = layers[chosen.layer]
      if (draft?.step !== 'choose' || !layer) return
      void store(chosen, storedOf(draft.editable, layer, plane)).then((isStored) => {
        if (!isStored) return
        setDraft(null)
        wasDone('added', chosen)
      })
    },
    change: (place) => {
      const layer = layers[place.layer]
      const editable = layer && editableOf(layer, place, plane)
      setProblem(editable ? null : words('notEditable'))
      if (editable) setDraft({ step: 'change', place, editable, isChanged: false })
    },
    remove: (place) => void store(place, null).then((isStored) => isStored && wasDone('removed', place)),
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
        wasDone(editable.kind === 'marker' ? 'moved' : 'changed', place)
      })
    },
    cancel: () => {
      setProblem(null)
      setDraft(null)
    },
  }
}

/** Corners and edges of everything but one. */
const linesOf = (places: readonly Place[], except: string | null): Position[][] =>
  places.flatMap(({ id, shape }): Position[][] => {
    if (id === except) return []
    if (shape.type === 'Point') return [[shape.coordinates]]
    return shape.type === 'MultiLineString' ? shape.coordinates : shape.coordinates.flat()
  })

const previewOf = (draft: Exclude<Draft, { step: 'change' }>, plane: Plane): Exclude<Shape, { type: 'Point' }>[] => {
  const editable = draft.step === 'choose' ? draft.editable : sketched(draft.kind, draft.places)
  const shape = editable && shapeOfEditable(editable, plane)
  if (shape && shape.type !== 'Point') return [shape]
  return draft.step === 'sketch' && draft.places.length > 1
    ? [{ type: 'MultiLineString', coordinates: [[...draft.places]] }]
    : []
}
