'use client'
import { type KeyboardEvent, useEffect, useState } from 'react'
import type { Operation } from './operation.ts'
import { type ControlRange, keyTarget, numberIn } from './range.ts'

/** A value that a person moves: shown at once, sent when it is let go. */
export type RangeControl = {
  /** Null: not known. */
  value: number | null
  isMoving: boolean
  isFree: boolean
  move: (value: number) => void
  /** Sends what it was moved to; one command, however long the way was. */
  letGo: () => void
  cancel: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onKeyUp: (event: KeyboardEvent) => void
}

/** @param write name of the write that sends the value */
export const useRange = (operation: Operation, range: ControlRange, write: string): RangeControl => {
  const [draft, setDraft] = useState<{ value: number; isFinal: boolean } | null>(null)
  const known = numberIn(operation.value)
  const { phase, isDisabled } = operation
  // While one command is under way the next may be chosen already; it goes out when the first has come to its end.
  const isFree = !isDisabled && phase !== 'reading'
  useEffect(() => {
    if (!draft?.isFinal || phase === 'sending') return
    setDraft(null)
    if (isFree && draft.value !== known) operation.write(write, draft.value, { value: draft.value })
  }, [draft, phase, isFree, known, operation, write])
  const letGo = () => setDraft((before) => (before ? { ...before, isFinal: true } : null))
  return {
    value: draft?.value ?? known,
    isMoving: draft !== null && !draft.isFinal,
    isFree,
    move: (value) => {
      if (isFree) setDraft({ value, isFinal: false })
    },
    letGo,
    cancel: () => setDraft(null),
    onKeyDown: (event) => {
      if (event.key === 'Escape') return setDraft(null)
      const to = keyTarget(range, event.key, draft?.value ?? known ?? range.min)
      if (to === null || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      if (isFree) setDraft({ value: to, isFinal: false })
    },
    onKeyUp: (event) => {
      if (keyTarget(range, event.key, range.min) !== null) letGo()
    },
  }
}
