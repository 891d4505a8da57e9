'use client'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { onDemand } from '@/components/on-demand.tsx'

const loadDialog = () => import('./palette-dialog.tsx')
// Nobody searches while the page opens.
const Palette = onDemand(async () => (await loadDialog()).Palette)

const OpenContext = createContext<() => void>(() => undefined)
export const useOpenPalette = () => use(OpenContext)

/** ⌘K anywhere: pages, devices, dashboards, rule chains and actions. */
export const PaletteProvider = ({ children }: { children: ReactNode }) => {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // Its code is there when the second key is pressed. Who opens it asks again.
      if (event.key === 'Meta' || event.key === 'Control') loadDialog().catch(() => {})
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      setOpen((isOpen) => !isOpen)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <OpenContext value={() => setOpen(true)}>
      {children}
      {open ? <Palette onClose={() => setOpen(false)} onFailed={() => setOpen(false)} /> : null}
    </OpenContext>
  )
}
