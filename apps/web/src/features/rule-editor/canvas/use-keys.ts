'use client'
import { useMessages } from 'next-intl'
import { useEffect } from 'react'
import type { CanvasActions } from './actions.ts'
import { arrowOf, type Command, commandOf } from './keymap.ts'
import { openSelectionMenu } from './canvas-menu.tsx'

export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null)

/** Keys of the canvas. Some hold on the whole page, as long as nobody is typing. */
export const useKeys = (canvas: CanvasActions) => {
  const steps = useMessages().chainEditor.step
  useEffect(() => {
    const stepName = (name: string) => Object.entries(steps).find(([key]) => key === name)?.[1] ?? name
    const run = commandsOf(canvas, stepName)
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isField(event.target)) return
      const { target } = event
      const isInside = target === document.body || (target instanceof Node && canvas.box.current?.contains(target))
      const found = commandOf(event)
      if (found && (found.anywhere || isInside)) {
        if (run[found.command]()) event.preventDefault()
        return
      }
      if (isInside && onArrowOrTab(canvas, event)) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [canvas, steps])
}

const onArrowOrTab = (canvas: CanvasActions, event: KeyboardEvent): boolean => {
  const isOnStop = event.target instanceof Element && event.target.matches('.react-flow__node, .react-flow__edge')
  if (event.key === 'Tab' && isOnStop) return canvas.step(event.shiftKey ? -1 : 1)
  const arrow = arrowOf(event.key)
  if (!arrow || event.ctrlKey || event.metaKey) return false
  const { nodes, notes } = canvas.editor.get().selection
  if (event.altKey || nodes.size + notes.size === 0) canvas.walk(arrow.direction)
  else {
    const far = event.shiftKey ? 10 : 1
    canvas.flow.moveSelection(arrow.x * far, arrow.y * far)
  }
  return true
}

/** What each command does; false: nothing, and the key keeps its usual meaning. */
const commandsOf = (canvas: CanvasActions, stepName: (name: string) => string): Record<Command, () => boolean> => {
  const did = (run: () => unknown) => () => {
    run()
    return true
  }
  const selection = () => canvas.editor.get().selection
  const onlyWire = () => {
    const [id] = selection().wires
    return selection().wires.size === 1 && selection().nodes.size === 0 && id !== undefined
      ? canvas.editor.document.wires[id]
        ? { id, ...canvas.editor.document.wires[id] }
        : null
      : null
  }
  const told = (key: 'said.undone' | 'said.redone', name: string | null) => {
    if (name !== null) canvas.say(canvas.t(key, { step: stepName(name) }))
  }
  const withNode = (run: (id: string) => void) => () => {
    const id = canvas.selectedNode()
    if (id !== null) run(id)
    return id !== null
  }
  return {
    add: did(() => {
      const wire = onlyWire()
      canvas.openAdd(wire ? { wire: wire.id } : { from: canvas.selectedNode() })
    }),
    connect: withNode(canvas.openTarget),
    labels: () => {
      const wire = onlyWire()
      if (wire) canvas.openLabels(wire.from, wire.to)
      return wire !== null
    },
    note: did(() => canvas.addNote()),
    group: did(canvas.group),
    bypass: did(() => canvas.toggleBypass([...selection().nodes])),
    nest: did(canvas.openNest),
    remove: did(canvas.removeSelected),
    duplicate: did(canvas.duplicate),
    // They come as events of the clipboard.
    copy: () => false,
    cut: () => false,
    paste: () => false,
    undo: did(() => told('said.undone', canvas.undo())),
    redo: did(() => told('said.redone', canvas.redo())),
    selectAll: did(canvas.selectAll),
    escape: did(canvas.selectNothing),
    open: () => {
      const { notes } = selection()
      const [note] = notes
      const id = canvas.selectedNode()
      if (id !== null) canvas.openSettings(id)
      else if (note !== undefined) canvas.startWriting(note)
      else if (canvas.selectedLine() !== null) canvas.openMessages()
      else return canvas.step(1)
      return true
    },
    openChain: withNode(canvas.openCalled),
    menu: did(() => openSelectionMenu(canvas)),
    fit: did(canvas.fit),
    fitSelection: did(canvas.fitSelection),
    zoomIn: did(canvas.zoomIn),
    zoomOut: did(canvas.zoomOut),
    arrange: did(() => void canvas.arrange()),
    find: did(canvas.openFind),
    help: did(canvas.openShortcuts),
  }
}
