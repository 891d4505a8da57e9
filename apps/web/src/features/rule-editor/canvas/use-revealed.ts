'use client'
import { useEffect, useRef } from 'react'
import { useEditor } from '../store/use-editor.ts'
import type { CanvasActions } from './actions.ts'

/** What somebody asked to be shown comes into view; so does what is selected and now hidden by its own panel. */
export const useRevealed = (canvas: CanvasActions) => {
  const revealed = useEditor((state) => state.revealed)
  const selected = useEditor(({ selection: { nodes, notes, wires } }) =>
    nodes.size + notes.size + wires.size === 1 ? [...nodes, ...notes, ...wires].join(' ') : null,
  )
  const { reveal } = canvas
  const before = useRef<string | null>(null)
  useEffect(() => {
    if (!revealed) return
    const frame = requestAnimationFrame(() => reveal(revealed.id))
    return () => cancelAnimationFrame(frame)
  }, [revealed, reveal])
  useEffect(() => {
    // A link to one node.
    const id = new URLSearchParams(window.location.search).get('node')
    if (id !== null && canvas.editor.document.nodes[id]) canvas.editor.reveal(id)
  }, [canvas])
  useEffect(() => {
    // Who closes the panel of a node or note from within is back at it.
    const id = before.current
    before.current = selected
    if (selected !== null || id === null) return
    const frame = requestAnimationFrame(() => {
      const { nodes, notes } = canvas.editor.document
      if (document.activeElement === document.body && (nodes[id] ?? notes[id])) canvas.focus(id)
    })
    return () => cancelAnimationFrame(frame)
  }, [selected, canvas])
  useEffect(() => {
    if (selected === null) return
    // The panel has taken its room by then.
    const timer = setTimeout(() => {
      // A wire may be longer than the view; only a sheet below hides all of it.
      const isWire = canvas.editor.document.wires[selected] !== undefined
      if (!isPointerDown && (!isWire || matchMedia('(max-width: 639px)').matches)) reveal(selected)
    }, 160)
    return () => clearTimeout(timer)
  }, [selected, reveal, canvas])
}

// A view that moves under a drag would take what is dragged with it.
let isPointerDown = false
if (typeof window !== 'undefined') {
  window.addEventListener('pointerdown', () => (isPointerDown = true), { capture: true })
  for (const end of ['pointerup', 'pointercancel'] as const)
    window.addEventListener(end, () => (isPointerDown = false), { capture: true })
}
