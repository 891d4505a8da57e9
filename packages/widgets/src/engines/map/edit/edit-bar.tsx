'use client'
import { Button, cn, IconButton } from '@thingwire/ui'
import { Circle, Hexagon, MapPinPlus, RectangleHorizontal, Spline, Undo2, X, Move } from 'lucide-react'
import type { ComponentType } from 'react'
import { useWords } from '../../../texts/use-texts.ts'
import { mapWords } from '../words.ts'
import { type SketchKind, sketchRules } from './editable.ts'
import type { Edit } from './use-edit.ts'

const icons: Readonly<Record<SketchKind, ComponentType>> = {
  ...{ marker: MapPinPlus, polygon: Hexagon, rectangle: RectangleHorizontal, circle: Circle, polyline: Spline },
}

/** Lets places be dragged as they stand on the map, where the file has such a button. */
export const DragButton = ({ edit }: { edit: Edit }) => {
  const words = useWords('map', mapWords)
  const { isDragging } = edit
  return isDragging === null ? null : (
    <IconButton
      label={words('drag')}
      size="icon-sm"
      variant={isDragging ? 'primary' : 'secondary'}
      aria-pressed={isDragging}
      onClick={() => edit.setDragging(!isDragging)}
    >
      <Move />
    </IconButton>
  )
}

/** What may be drawn. */
export const DrawButtons = ({ edit }: { edit: Edit }) => {
  const words = useWords('map', mapWords)
  return edit.kinds.map((kind) => {
    const Icon = icons[kind]
    const isFull = edit.candidates(kind).length === 0
    return (
      <IconButton
        key={kind}
        label={isFull ? words('allPlaced') : words(`draw_${kind}`)}
        size="icon-sm"
        variant="secondary"
        disabled={isFull}
        onClick={() => edit.sketch(kind)}
      >
        <Icon />
      </IconButton>
    )
  })
}

// Above the list of places, which fills a narrow map.
const bar =
  'absolute left-2 bottom-2 z-30 mx-auto flex w-fit max-w-[calc(100%-1rem)] flex-wrap items-center justify-center gap-2 rounded-md border border-border bg-surface px-2 py-1.5 shadow-md'

/** Beside the list of places (w-60), where both have room. */
const right = (isBesideList: boolean) => (isBesideList ? 'right-62' : 'right-2')

/** What was stored a moment ago, to be taken back. */
const Done = (p: { done: NonNullable<Edit['done']>; edit: Edit; isBesideList: boolean }) => {
  const { done, edit } = p
  const words = useWords('map', mapWords)
  return (
    <div className={cn(bar, right(p.isBesideList))}>
      <p role="status" className="text-xs text-ink-2">
        {done.text}
      </p>
      {done.undo ? (
        <Button size="sm" disabled={edit.isSaving} onClick={done.undo}>
          <Undo2 />
          {words('takeBack')}
        </Button>
      ) : null}
      <IconButton label={words('close')} size="icon-sm" onClick={edit.dismiss}>
        <X />
      </IconButton>
    </div>
  )
}

/** While something is drawn or changed: what to do, and how to end it. */
export const EditBar = ({ edit, isBesideList }: { edit: Edit; isBesideList: boolean }) => {
  const words = useWords('map', mapWords)
  const { draft, problem, isSaving, done } = edit
  // Whose place it is is asked beside the map.
  if ((!draft || draft.step === 'choose') && !problem) {
    return done ? <Done {...{ done, edit, isBesideList }} /> : null
  }
  const hint =
    draft?.step === 'sketch'
      ? words(`hint_${draft.kind}`)
      : draft?.step === 'change'
        ? words(draft.editable.kind === 'marker' ? 'hint_move' : 'hint_change')
        : null
  return (
    <div className={cn(bar, right(isBesideList))}>
      {problem ? (
        <p role="alert" className="text-xs break-words text-danger-text">
          {problem}
        </p>
      ) : hint ? (
        <p role="status" className="text-xs text-ink-2">
          {hint}
        </p>
      ) : null}
      {draft?.step === 'sketch' && draft.places.length > 0 ? (
        <IconButton label={words('undo')} size="icon-sm" onClick={edit.takeBack}>
          <Undo2 />
        </IconButton>
      ) : null}
      {draft?.step === 'sketch' && sketchRules[draft.kind].most === null ? (
        <Button
          size="sm"
          variant="primary"
          disabled={draft.places.length < sketchRules[draft.kind].least}
          onClick={edit.finish}
        >
          {words('done')}
        </Button>
      ) : null}
      {draft?.step === 'change' ? (
        <Button size="sm" variant="primary" disabled={!draft.isChanged || isSaving} onClick={edit.save}>
          {words('save')}
        </Button>
      ) : null}
      <Button size="sm" onClick={edit.cancel}>
        {words(draft ? 'cancel' : 'close')}
      </Button>
    </div>
  )
}
