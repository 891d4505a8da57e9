'use client'
import {
  type Boxes,
  type Command,
  duplicateWidgets,
  growWidgets,
  type LayoutAddress,
  layerWidgets,
  nudgeWidgets,
  onOwnGrid,
  removeWidgets,
} from '@thingwire/dashboards/edit'
import type { KeyboardEvent } from 'react'
import { isOfGrid } from './grid-under.ts'
import { useEditorStore } from '../store/use-editor.ts'

const arrows: Readonly<Record<string, { columns: number; rows: number }>> = {
  ArrowLeft: { columns: -1, rows: 0 },
  ArrowRight: { columns: 1, rows: 0 },
  ArrowUp: { columns: 0, rows: -1 },
  ArrowDown: { columns: 0, rows: 1 },
}

/** In reading order. */
const inOrder = (boxes: Boxes): string[] =>
  [...boxes].sort(([, a], [, b]) => a.row - b.row || a.col - b.col).map(([id]) => id)

type Input = {
  at: LayoutAddress
  placedAt: LayoutAddress
  boxes: Boxes
  openMenu: () => void
  pasteReference: () => void
}

/** What the keys do to the widgets of a grid: arrows move (with Shift resize), Tab walks through while something is selected. */
export const useGridKeys = ({ at, placedAt, boxes, openMenu, pasteReference }: Input) => {
  const store = useEditorStore()
  const place = (command: Command) => store.run(onOwnGrid(placedAt, command))
  return (event: KeyboardEvent<HTMLDivElement>) => {
    if (!isOfGrid(event.currentTarget, event.target)) return
    // Of what is selected elsewhere nothing is changed here.
    const selection = store.get().selection.filter((id) => boxes.has(id))
    const isCommand = event.ctrlKey || event.metaKey
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const by = arrows[key]
    const done = (): void => event.preventDefault()
    if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) {
      openMenu()
      return done()
    }
    if (isCommand && key === 'i') {
      pasteReference()
      return done()
    }
    if (isCommand && key === 'a') {
      store.select(inOrder(boxes))
      return done()
    }
    if (by && selection.length === 0) {
      const [first] = inOrder(boxes)
      if (first !== undefined) store.select([first])
      return done()
    }
    if (selection.length === 0) return
    if (by && !isCommand) {
      place(event.shiftKey ? growWidgets(placedAt, selection, by) : nudgeWidgets(placedAt, selection, by))
      return done()
    }
    if (key === 'Delete' || key === 'Backspace') store.run(removeWidgets(at, selection))
    else if (isCommand && key === 'd') store.run(duplicateWidgets(at, selection, () => crypto.randomUUID()))
    else if (key === 'Enter') store.show('widget')
    else if (key === 'Escape') store.select([])
    else if (key === ']') place(layerWidgets(placedAt, selection, 'forward'))
    else if (key === '[') place(layerWidgets(placedAt, selection, 'backward'))
    else if (key === 'Tab') {
      const order = inOrder(boxes)
      const next = order[order.indexOf(selection.at(-1) ?? '') + (event.shiftKey ? -1 : 1)]
      // Past the last one the focus goes on as everywhere.
      if (next === undefined) return store.select([])
      store.select([next])
    } else return
    done()
  }
}
