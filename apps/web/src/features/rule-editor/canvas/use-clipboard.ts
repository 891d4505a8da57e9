'use client'
import { useEffect } from 'react'
import type { CanvasActions } from './actions.ts'
import { isField } from './use-keys.ts'

/** Ctrl+C, X and V by the events that they come as; and where the mouse is, for what is pasted. */
export const useClipboard = (canvas: CanvasActions) => {
  useEffect(() => {
    const { box, pointer } = canvas
    const isOurs = (target: EventTarget | null) =>
      !isField(target) &&
      (target === document.body || (target instanceof Node && box.current?.contains(target) === true)) &&
      (window.getSelection()?.isCollapsed ?? true)
    const onCopy = (event: ClipboardEvent) => {
      if (!isOurs(event.target)) return
      const text = canvas.copied()
      if (text === null) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', text)
      if (event.type === 'cut' && !canvas.isReadOnly()) canvas.removeSelected()
    }
    const onPaste = (event: ClipboardEvent) => {
      if (!isOurs(event.target)) return
      event.preventDefault()
      canvas.pasted(event.clipboardData?.getData('text/plain') ?? '')
    }
    const onMove = (event: PointerEvent) => {
      pointer.x = event.clientX
      pointer.y = event.clientY
    }
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    document.addEventListener('pointermove', onMove, { passive: true })
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
      document.removeEventListener('pointermove', onMove)
    }
  }, [canvas])
}
