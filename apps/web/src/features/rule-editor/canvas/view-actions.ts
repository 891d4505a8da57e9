import type { CanvasTools } from './actions.ts'
import { boundsOf, type Box } from './guides.ts'
import { noteBox } from './grouping.ts'
import { hidingGroup } from './collapse.ts'
import { nodeSize, onCanvas, type Place } from '../model/places.ts'
import { calledChain } from '../model/problems.ts'
import { fitting } from './view/view.ts'
import { type Direction, type Line, nextFromWire, nextIn, readingOrder, type Stop, stopsOf } from './walk.ts'
import type { MenuOf } from './popup.ts'

export type ViewActions = ReturnType<typeof viewActions>

/** What is revealed keeps clear of the tools at the lower edge, and where there is one of the overview. */
const margin = 32
const toolsHeight = 60
const overviewHeight = 124

const isCalm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches
const duration = () => ({ duration: isCalm() ? 0 : 140 })

/** Looking around: what is shown, what is selected, where the focus is. */
export const viewActions = ({ editor, flow, view, rf, box, map, popup, find, say, t, openChain }: CanvasTools) => {
  const boxOf = (id: string): Box | null => {
    const { nodes, notes } = editor.document
    const node = nodes[id]
    const note = notes[(node && hidingGroup(editor.document, node)) ?? id]
    if (note) return note.group?.collapsed ? { ...onCanvas(note), ...nodeSize } : noteBox(note)
    return node ? { ...onCanvas(node), ...nodeSize } : null
  }

  /** Wires as they are drawn, without the one from the mark of the entry. */
  const lines = (): Line[] => flow.whole().edges.filter(({ type }) => type === 'wire')

  /** The middle of a wire, as far as that is known without drawing it. */
  const middleOf = (wire: string): Box | null => {
    const line = lines().find(({ id }) => id === wire)
    const [from, to] = line ? [boxOf(line.source), boxOf(line.target)] : [null, null]
    return from && to
      ? { x: (from.x + from.width + to.x) / 2, y: (from.y + to.y + nodeSize.height) / 2, width: 0, height: 0 }
      : null
  }

  /** Brings what is outside into the view, no more than that. */
  const reveal = (id: string) => {
    const found = boxOf(id) ?? middleOf(id)
    const { width, height } = view.size
    if (!found || width === 0) return
    const { x, y, zoom } = view.now()
    const over = (start: number, size: number, room: number) =>
      Math.max(0, start + size * zoom + margin - room) - Math.max(0, margin - start)
    const dx = over(found.x * zoom + x, found.width, width)
    const below = map.get() && height > 3 * overviewHeight ? overviewHeight : toolsHeight
    const dy = over(found.y * zoom + y, found.height, height - below + margin)
    if (dx !== 0 || dy !== 0) void rf.setViewport({ x: x - dx, y: y - dy, zoom }, duration())
  }

  const focusCanvas = () => box.current?.focus({ preventScroll: true })

  /** The focus goes to a node, or whatever else is drawn by that id. */
  const focus = (id: string) => {
    reveal(id)
    requestAnimationFrame(() => {
      // What has opened meanwhile has the focus, and would close without it.
      if (popup.get() !== null) return
      const drawn = box.current?.querySelector<HTMLElement | SVGElement>(
        `:is(.react-flow__node, .react-flow__edge)[data-id="${CSS.escape(id)}"]`,
      )
      if (drawn) drawn.focus({ preventScroll: true })
      else focusCanvas()
    })
  }

  const goTo = (id: string) => {
    const isNote = editor.document.notes[id] !== undefined
    editor.select(isNote ? { notes: new Set([id]) } : { nodes: new Set([id]) })
    focus(id)
  }

  /** A line is chosen with all the wires that it stands for. */
  const goToWire = (id: string) => {
    const edge = flow.whole().edges.find((one) => one.id === id)
    if (edge?.type !== 'wire') return
    editor.select({ wires: new Set(edge.data?.wire.wires ?? [id]) })
    focus(id)
  }
  const goToStop = ({ kind, id }: Stop) => (kind === 'node' ? goTo(id) : goToWire(id))

  /** In the middle of the view, selected; the focus stays where it is. */
  const show = (id: string) => {
    const found = boxOf(id)
    editor.select(editor.document.notes[id] ? { notes: new Set([id]) } : { nodes: new Set([id]) })
    if (!found) return
    const zoom = Math.max(0.7, Math.min(1, view.zoom()))
    void rf.setCenter(found.x + found.width / 2, found.y + found.height / 2, { zoom, ...duration() })
  }

  /** The one node that is meant: the only one selected, or with nothing selected the one that has the focus. */
  const selectedNode = (): string | null => {
    const { nodes, notes, wires } = editor.get().selection
    const [only] = nodes
    if (nodes.size === 1 && only !== undefined) return only
    if (nodes.size + notes.size + wires.size > 0) return null
    const focused = document.activeElement?.closest<HTMLElement>('.react-flow__node-rule')?.dataset.id ?? null
    return focused !== null && editor.document.nodes[focused] ? focused : null
  }

  /** The line that is meant: the one whose wires are all that is selected. */
  const selectedLine = (): string | null => {
    const { nodes, notes, wires } = editor.get().selection
    if (nodes.size + notes.size > 0 || wires.size === 0) return null
    const line = flow.whole().edges.find((edge) => edge.type === 'wire' && edge.selected)
    return line?.type === 'wire' && line.data?.wire.wires.length === wires.size ? line.id : null
  }

  /** The focus is back on the canvas, on what is selected if there is one thing. */
  const refocus = () => {
    if (popup.get() !== null) return
    const { nodes, notes } = editor.get().selection
    const [only] = [...nodes, ...notes]
    const line = selectedLine()
    if (nodes.size + notes.size === 1 && only !== undefined) focus(only)
    else if (line !== null) focus(line)
    else focusCanvas()
  }

  const screenOf = (id: string, side: 'below' | 'after' = 'below'): Place => {
    const found = boxOf(id) ?? { x: 0, y: 0, ...nodeSize }
    return rf.flowToScreenPosition(
      side === 'below' ? { x: found.x, y: found.y + found.height } : { x: found.x + found.width + 16, y: found.y },
    )
  }
  const screenOfWire = (id: string): Place => {
    const label = box.current
      ?.querySelector(`[data-wire="${CSS.escape(id)}"]`)
      ?.lastElementChild?.getBoundingClientRect()
    return label ? { x: label.left, y: label.bottom } : middleOfView()
  }
  const middleOfView = (): Place => {
    const rect = box.current?.getBoundingClientRect()
    return rect ? { x: rect.left + rect.width / 2, y: rect.top + rect.height / 3 } : { x: 0, y: 0 }
  }

  const walk = (direction: Direction) => {
    const line = selectedLine()
    const [from] = editor.get().selection.nodes
    if (line !== null) {
      const to = nextFromWire(editor.document, lines(), line, direction)
      if (to) goToStop(to)
      return
    }
    const to =
      from === undefined ? (readingOrder(editor.document)[0] ?? null) : nextIn(editor.document, from, direction)
    if (to !== null) goTo(to)
  }

  /** To the next node or wire as one reads the chain; false at its end, where the focus may leave the canvas. */
  const step = (by: 1 | -1): boolean => {
    const { document } = editor
    const shown = readingOrder(document).filter((id) => !hidingGroup(document, document.nodes[id]))
    const stops = stopsOf(document, shown, lines())
    const from = selectedLine() ?? selectedNode()
    const at = from === null ? (by === 1 ? -1 : stops.length) : stops.findIndex(({ id }) => id === from)
    const to = stops[at + by]
    if (!to) return false
    goToStop(to)
    return true
  }

  return {
    boxOf,
    reveal,
    focus,
    focusCanvas,
    refocus,
    goTo,
    show,
    selectedNode,
    selectedLine,
    screenOf,
    screenOfWire,
    middleOfView,
    walk,
    step,
    selectAll: () => {
      // What has the focus may leave the drawing while all of it is selected.
      focusCanvas()
      const { nodes, notes, wires } = editor.document
      editor.select({
        nodes: new Set(Object.keys(nodes)),
        notes: new Set(Object.keys(notes)),
        wires: new Set(Object.keys(wires)),
      })
      say(t('said.selected', { count: Object.keys(nodes).length + Object.keys(notes).length }))
    },
    selectNothing: () => {
      editor.select({})
      focusCanvas()
      say(t('said.nothingSelected'))
    },
    fit: () => {
      const bounds = flow.bounds()
      if (bounds) void rf.setViewport(fitting(bounds, view.size), duration())
    },
    fitSelection: () => {
      const { nodes, notes } = editor.get().selection
      const boxes = [...nodes, ...notes].flatMap((id) => boxOf(id) ?? [])
      if (boxes.length > 0) void rf.fitBounds(boundsOf(boxes), { padding: 0.3, ...duration() })
    },
    zoomIn: () => void rf.zoomIn(duration()),
    zoomOut: () => void rf.zoomOut(duration()),
    openMenu: (at: Place, of: MenuOf) => popup.set({ kind: 'menu', at, of }),
    openShortcuts: () => popup.set({ kind: 'shortcuts' }),
    openFind: () => find.set(true),
    closePopup: () => popup.set(null),
    /** The settings of a node are beside the canvas as soon as it is selected; this takes the focus there. */
    openSettings: (id: string) => {
      editor.select({ nodes: new Set([id]) })
      requestAnimationFrame(() => {
        const panel = box.current?.closest('[data-editor]')?.querySelector('aside:not([data-palette])')
        const field = panel?.querySelector<HTMLInputElement>('input')
        field?.focus()
        field?.select()
      })
    },
    /** What lately went along the selected wire is in its panel; this takes the focus there. */
    openMessages: () => {
      const panel = box.current?.closest('[data-editor]')?.querySelector('aside:not([data-palette])')
      panel?.querySelector<HTMLElement>('[data-part="messages"]')?.focus()
    },
    /** Into the chain that a node calls; false when it calls none. */
    openCalled: (id: string): boolean => {
      const node = editor.document.nodes[id]
      const called = node ? calledChain(node) : null
      if (called !== null) openChain(called)
      return called !== null
    },
  }
}
