'use client'
import { useEffect, useEffectEvent } from 'react'

/** Files that are dragged onto the page go to the import, wherever they are dropped. */
export const useDroppedFile = (take: (file: File) => void, onHover: (isHovering: boolean) => void) => {
  const dropped = useEffectEvent(take)
  const hovered = useEffectEvent(onHover)
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      hovered(true)
    }
    const leave = (event: DragEvent) => event.relatedTarget === null && hovered(false)
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      hovered(false)
      const [file] = event.dataTransfer?.files ?? []
      if (file) dropped(file)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
}
