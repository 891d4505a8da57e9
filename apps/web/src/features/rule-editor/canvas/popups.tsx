'use client'
import { useSyncExternalStore } from 'react'
import { AddPopup } from './add-popup.tsx'
import { useCanvas } from './canvas-context.ts'
import { CanvasMenu } from './canvas-menu.tsx'
import { BypassPicker, LabelPicker } from './label-picker.tsx'
import { NestDialog } from './nest-dialog.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { TargetPicker } from './target-picker.tsx'

/** The one thing that lies over the canvas. */
export const Popups = () => {
  const { popup } = useCanvas()
  const open = useSyncExternalStore(popup.subscribe, popup.get, popup.get)
  switch (open?.kind) {
    case undefined:
      return null
    case 'add':
      return <AddPopup {...open} />
    case 'labels':
      return <LabelPicker {...open} />
    case 'bypass':
      return <BypassPicker {...open} />
    case 'target':
      return <TargetPicker {...open} />
    case 'menu':
      return <CanvasMenu at={open.at} of={open.of} />
    case 'nest':
      return <NestDialog />
    case 'shortcuts':
      return <ShortcutSheet />
  }
}
