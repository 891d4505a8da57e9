import type { NodeManifest } from '@thingwire/rules'
import type { CanvasTools } from './actions.ts'
import {
  addNode,
  all,
  changeNode,
  connect,
  type Edit,
  removeNodes,
  removeNotes,
  removeWires,
  setEntry,
  setLabels,
} from '../model/edits.ts'
import { wireId } from '../model/document.ts'
import { nodeSize, type Place } from '../model/places.ts'
import { duplicate, isEmptyFragment } from '../model/clipboard.ts'
import { likelyLabel, offeredLabels } from './labels.ts'
import { freePlace, insertInto, newNode, placeAfter, roomIn } from './new-node.ts'
import type { ViewActions } from './view-actions.ts'

/** Where a new node goes, and what leads to it. */
export type Wanted = {
  place: Place | null
  from: string | null
  labels: readonly string[]
  wire: string | null
}

/** Nodes and wires: adding, connecting, deleting. Each is one step to undo. */
export const editActions = ({ editor, rf, popup, say, t }: CanvasTools, view: ViewActions) => {
  const nameOf = (id: string) => editor.document.nodes[id]?.name ?? ''

  /** The place for a node that was asked for without one. */
  const placeFor = ({ place, from, wire }: Omit<Wanted, 'labels'>): Place => {
    const { document } = editor
    if (place) return place
    const source = from === null ? undefined : document.nodes[from]
    if (source) return placeAfter(document, source)
    const ends = document.wires[wire ?? '']
    const [a, b] = [view.boxOf(ends?.from ?? ''), view.boxOf(ends?.to ?? '')]
    if (a && b) return freePlace(document, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
    const middle = rf.screenToFlowPosition(view.middleOfView())
    return freePlace(document, { x: middle.x - nodeSize.width / 2, y: middle.y - nodeSize.height / 2 })
  }

  const add = (manifest: NodeManifest, wanted: Wanted): string => {
    const { document } = editor
    const { from, wire, labels } = wanted
    const room = wire === null ? null : roomIn(document, wire, wanted.place)
    const node = newNode(document, manifest, crypto.randomUUID(), room?.place ?? placeFor(wanted))
    const edit: Edit =
      wire !== null
        ? all(room?.edit ?? ((same) => same), insertInto(wire, node))
        : from === null
          ? addNode(node)
          : all(addNode(node), manifest.hasInput === false ? (same) => same : connect(from, node.id, labels))
    editor.edit('add', edit)
    editor.select({ nodes: new Set([node.id]) })
    view.focus(node.id)
    say(t('said.added', { name: node.name }))
    return node.id
  }

  const connectTo = (from: string, to: string, labels: readonly string[]) => {
    editor.edit('connect', connect(from, to, labels))
    say(t('said.connected', { from: nameOf(from), to: nameOf(to), labels: labels.join(', ') }))
  }

  /** The labels of a wire that is there are replaced; without any it goes. */
  const label = (from: string, to: string, labels: readonly string[]) => {
    const id = wireId(from, to)
    if (editor.document.wires[id]) editor.edit('labels', setLabels(id, labels))
    else if (labels.length > 0) connectTo(from, to, labels)
  }

  const removeSelected = () => {
    const { nodes, wires, notes } = editor.get().selection
    const count = nodes.size + wires.size + notes.size
    if (count === 0) return
    // Who deletes a wire is back at the node that it left.
    const line = view.selectedLine()
    const [wire] = wires
    const from = line === null || wire === undefined ? undefined : editor.document.wires[wire]?.from
    editor.edit('remove', all(removeWires([...wires]), removeNodes([...nodes]), removeNotes([...notes])))
    if (from !== undefined && editor.document.nodes[from]) view.goTo(from)
    else view.focusCanvas()
    say(t('said.removed', { count }))
  }

  const bypassAlong = (id: string, along: string | null) => {
    editor.edit('bypass', changeNode(id, { bypass: { label: along } }))
    say(t('said.bypassed', { name: nameOf(id) }))
  }

  /** Off goes at once; on asks for the label when several lead on. */
  const toggleBypass = (ids: readonly string[]) => {
    const { document } = editor
    const nodes = ids.flatMap((id) => document.nodes[id] ?? [])
    const [only] = nodes
    if (!only) return
    if (nodes.every((node) => node.bypass)) {
      editor.edit('bypass', all(...nodes.map((node) => changeNode(node.id, { bypass: null }))))
      say(t('said.works', { name: only.name }))
      return
    }
    const outsOf = (id: string) => [
      ...new Set(
        Object.values(document.wires).flatMap((wire) =>
          wire.from === id ? wire.labels.filter((one) => one !== 'Failure') : [],
        ),
      ),
    ]
    if (nodes.length === 1) {
      const outs = outsOf(only.id)
      if (outs.length > 1) popup.set({ kind: 'bypass', at: view.screenOf(only.id), id: only.id })
      else bypassAlong(only.id, outs[0] ?? null)
      return
    }
    editor.edit(
      'bypass',
      all(...nodes.map((node) => changeNode(node.id, { bypass: { label: outsOf(node.id)[0] ?? null } }))),
    )
    say(t('said.bypassed', { name: nodes.map((node) => node.name).join(', ') }))
  }

  return {
    add,
    connectTo,
    label,
    removeSelected,
    toggleBypass,
    bypassAlong,
    removeWire: (ids: readonly string[]) => {
      editor.edit('remove', removeWires(ids))
      say(t('said.wireRemoved'))
    },
    /** An end of a wire was dragged to another node. */
    rewire: (id: string, from: string, to: string) => {
      const wire = editor.document.wires[id]
      if (!wire || from === to || (wire.from === from && wire.to === to)) return
      editor.edit('connect', all(removeWires([id]), connect(from, to, wire.labels)))
      say(t('said.connected', { from: nameOf(from), to: nameOf(to), labels: wire.labels.join(', ') }))
    },
    enterAt: (id: string) => {
      editor.edit('entry', setEntry(id))
      say(t('said.entry', { name: nameOf(id) }))
    },
    openAdd: (wanted: { at?: Place; place?: Place; from?: string | null; wire?: string | null } = {}) => {
      if (editor.get().isReadOnly) return
      const { at, place = null, wire = null } = wanted
      const from = wanted.from === undefined ? null : wanted.from
      const where =
        at ??
        (from !== null ? view.screenOf(from, 'after') : wire !== null ? view.screenOfWire(wire) : view.middleOfView())
      popup.set({ kind: 'add', at: where, place, from, wire })
    },
    openLabels: (from: string, to: string, at?: Place) => {
      if (!editor.get().isReadOnly)
        popup.set({ kind: 'labels', from, to, at: at ?? view.screenOfWire(wireId(from, to)) })
    },
    openTarget: (from: string) => {
      if (!editor.get().isReadOnly) popup.set({ kind: 'target', from, at: view.screenOf(from, 'after') })
    },
    /** The label that a wire from a node gets when nobody says. */
    likelyFrom: (id: string): string | null => {
      const node = editor.document.nodes[id]
      return node ? likelyLabel(offeredLabels(editor.document, node)) : null
    },
    duplicate: () => {
      const { edit, copy } = duplicate(editor.document, editor.get().selection, () => crypto.randomUUID())
      if (isEmptyFragment(copy)) return
      editor.edit('paste', edit)
      editor.select({ nodes: new Set(copy.order), notes: new Set(Object.keys(copy.notes)) })
      view.refocus()
      say(t('said.pasted', { count: copy.order.length }))
    },
    undo: () => {
      const step = editor.get().history.past.at(-1)
      editor.undo()
      return step?.name ?? null
    },
    redo: () => {
      const [step] = editor.get().history.future
      editor.redo()
      return step?.name ?? null
    },
  }
}
