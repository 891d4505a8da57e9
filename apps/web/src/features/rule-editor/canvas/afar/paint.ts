import { categoryColor } from '../../catalogue.ts'
import type { Place } from '../../model/places.ts'
import type { Drawing } from '../drawer.ts'
import type { FlowEdge, FlowNode, FrameFlowNode, NoteFlowNode, RuleFlowNode } from '../flow.ts'
import type { Box } from '../guides.ts'
import { toneOf } from '../note-view.tsx'
import { meet } from '../view/nearby.ts'
import { mixed } from './colors.ts'
import type { Facts, NodeFacts } from './facts.ts'
import { boxOf, byIdOf, roomOf, type Way, wayIn } from './shapes.ts'

/** A picture in which the point 0, 0 of the canvas is at `left`, `top`, `zoom` times as large; px of the screen. */
export type Sheet = {
  pen: CanvasRenderingContext2D
  left: number
  top: number
  zoom: number
  width: number
  height: number
  /** From CSS. */
  color: (css: string) => string
  font: string
}

type Scene = {
  drawing: Drawing
  facts: Facts
  /** What is dragged is on the picture above. */
  dragged: ReadonlyMap<string, Place>
  noTitle: string
}

/** What is lit or moved, above all that stands still. */
export type Lit = Scene & {
  pointed: string | null
  traced: {
    nodes: ReadonlyMap<string, { hasFailed: boolean; isCurrent: boolean }>
    wires: ReadonlyMap<string, { hasFailed: boolean }>
  }
}

/** A text is this large at any zoom, where there is room for so many px of it. */
const text = { px: 11, least: 40, longest: 200 } as const

const onScreen = ({ left, top, zoom }: Sheet, box: Box): Box => ({
  x: box.x * zoom + left,
  y: box.y * zoom + top,
  width: box.width * zoom,
  height: box.height * zoom,
})

/** The part of the canvas that is on the sheet, and a little around it for lines that are thick. */
const shownOn = ({ left, top, zoom, width, height }: Sheet): Box => ({
  x: (-left - 8) / zoom,
  y: (-top - 8) / zoom,
  width: (width + 16) / zoom,
  height: (height + 16) / zoom,
})

/** All that stands still. */
export const paintChain = (sheet: Sheet, { drawing, facts, dragged, noTitle }: Scene): void => {
  const { pen } = sheet
  const shown = shownOn(sheet)
  pen.clearRect(0, 0, sheet.width, sheet.height)
  const seen = drawing.nodes.filter((node) => !node.hidden && !dragged.has(node.id) && meet(boxOf(node), shown))
  for (const node of seen) if (isOpenFrame(node)) paintFrame(sheet, node, boxOf(node), noTitle)
  const byId = byIdOf(drawing.nodes)
  const strokes = new Map<Stroke, Way[]>()
  for (const edge of drawing.edges) {
    if (dragged.has(edge.source) || dragged.has(edge.target)) continue
    const way = wayIn(edge, byId, dragged)
    if (!way || !meet(widened(roomOf(way)), shown)) continue
    const stroke = strokeOf(edge, facts)
    const ways = strokes.get(stroke)
    if (ways) ways.push(way)
    else strokes.set(stroke, [way])
  }
  for (const stroke of [wire.idle, wire.failure, wire.busy, wire.entry])
    strokeWays(sheet, stroke, strokes.get(stroke) ?? [])
  for (const node of seen) if (!isOpenFrame(node)) paintNode(sheet, node, boxOf(node), facts, noTitle)
}

/** What is chosen, lit by a trace, pointed at or dragged. */
export const paintLit = (sheet: Sheet, { drawing, facts, dragged, pointed, traced, noTitle }: Lit): void => {
  const { pen } = sheet
  const shown = shownOn(sheet)
  pen.clearRect(0, 0, sheet.width, sheet.height)
  const at = (node: FlowNode): Box => ({ ...boxOf(node), ...dragged.get(node.id) })
  const byId = byIdOf(drawing.nodes)
  const strokes = new Map<Stroke, Way[]>()
  const take = (stroke: Stroke, way: Way) => {
    const ways = strokes.get(stroke)
    if (ways) ways.push(way)
    else strokes.set(stroke, [way])
  }
  for (const edge of drawing.edges) {
    const trace = traced.wires.get(edge.id)
    const isMoved = dragged.has(edge.source) || dragged.has(edge.target)
    const isLit = edge.selected === true || trace !== undefined || edge.id === pointed
    if (!isMoved && !isLit) continue
    const way = wayIn(edge, byId, dragged)
    if (!way || !meet(widened(roomOf(way)), shown)) continue
    take(isLit ? (trace?.hasFailed ? wire.litFailure : wire.lit) : strokeOf(edge, facts), way)
  }
  const lit = drawing.nodes.filter(
    (node) => !node.hidden && (dragged.has(node.id) || isLitNode(node, pointed, traced)) && meet(at(node), shown),
  )
  for (const node of lit) if (dragged.has(node.id) && isOpenFrame(node)) paintFrame(sheet, node, at(node), noTitle)
  for (const [stroke, ways] of strokes) strokeWays(sheet, stroke, ways)
  for (const node of lit) {
    // Lines that are lit would cross the nodes at their ends.
    if (!isOpenFrame(node)) paintNode(sheet, node, at(node), facts, noTitle)
    const trace = traced.nodes.get(node.id)
    const color = trace?.hasFailed ? 'var(--tw-danger)' : 'var(--tw-accent)'
    if (node.selected || trace) outline(sheet, at(node), color, trace?.isCurrent ? 4 : 2.5)
    else if (node.id === pointed) outline(sheet, at(node), 'var(--tw-ink-2)', 1.5)
  }
}

const isOpenFrame = (node: FlowNode): node is FrameFlowNode =>
  node.type === 'frame' && node.data.note.group?.collapsed !== true

const isLitNode = ({ id, selected }: FlowNode, pointed: string | null, { nodes }: Lit['traced']): boolean =>
  selected === true || id === pointed || nodes.has(id)

type Stroke = { color: string; width: number; dash?: readonly number[]; isThinAfar?: true }

/** Thick lines around and between things that are very small would be all that is seen. */
const thinned = (width: number, zoom: number): number => Math.max(1.25, Math.min(width, width * 4 * zoom))
const wire = {
  idle: { color: 'var(--tw-line-strong)', width: 1 },
  failure: { color: mixed('var(--tw-danger)', 55), width: 1 },
  busy: { color: 'var(--tw-accent)', width: 1.25 },
  entry: { color: 'var(--tw-ok)', width: 1, dash: [3, 3] },
  lit: { color: 'var(--tw-accent)', width: 2.5, isThinAfar: true },
  litFailure: { color: 'var(--tw-danger)', width: 2.5, isThinAfar: true },
} satisfies Record<string, Stroke>

const strokeOf = (edge: FlowEdge, { busyWires }: Facts): Stroke => {
  if (edge.type === 'entry') return wire.entry
  const labels = edge.data?.wire.labels ?? []
  if (labels.length > 0 && labels.every((label) => label === 'Failure')) return wire.failure
  return busyWires.has(edge.id) ? wire.busy : wire.idle
}

/** A line that is straight takes up room, too. */
const widened = ({ x, y, width, height }: Box): Box => ({ x: x - 1, y: y - 1, width: width + 2, height: height + 2 })

const strokeWays = ({ pen, left, top, zoom, color }: Sheet, stroke: Stroke, ways: readonly Way[]) => {
  if (ways.length === 0) return
  pen.strokeStyle = color(stroke.color)
  pen.lineWidth = stroke.isThinAfar ? thinned(stroke.width, zoom) : stroke.width
  pen.lineJoin = 'round'
  pen.setLineDash([...(stroke.dash ?? [])])
  pen.beginPath()
  for (const { isCurve, points } of ways) {
    const at = points.flatMap(({ x, y }) => [x * zoom + left, y * zoom + top])
    const [x = 0, y = 0, bx = 0, by = 0, cx = 0, cy = 0, dx = 0, dy = 0] = at
    pen.moveTo(x, y)
    if (isCurve) pen.bezierCurveTo(bx, by, cx, cy, dx, dy)
    else for (let index = 2; index < at.length; index += 2) pen.lineTo(at[index] ?? 0, at[index + 1] ?? 0)
  }
  pen.stroke()
  pen.setLineDash([])
}

const rounded = (pen: CanvasRenderingContext2D, { x, y, width, height }: Box, radius: number) => {
  pen.beginPath()
  pen.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2))
}

const outline = (sheet: Sheet, box: Box, css: string, most: number) => {
  const width = thinned(most, sheet.zoom)
  const { pen } = sheet
  const { x, y, width: wide, height } = onScreen(sheet, box)
  const apart = width / 2
  pen.strokeStyle = sheet.color(css)
  pen.lineWidth = width
  rounded(pen, { x: x - apart, y: y - apart, width: wide + width, height: height + width }, 8 * sheet.zoom + apart)
  pen.stroke()
}

const paintNode = (sheet: Sheet, node: FlowNode, box: Box, facts: Facts, noTitle: string) => {
  if (node.type === 'rule') paintRule(sheet, node, onScreen(sheet, box), facts.nodes.get(node.id))
  else if (node.type === 'note') paintNote(sheet, node, onScreen(sheet, box))
  else if (node.type === 'frame') paintFrame(sheet, node, box, noTitle)
  else {
    rounded(sheet.pen, onScreen(sheet, box), 12)
    sheet.pen.fillStyle = sheet.color('var(--tw-ok)')
    sheet.pen.fill()
  }
}

const failingWidth = [0, 2, 4, 7] as const

/** A block in the colour of its kind, strong where messages run; hollow when it is skipped. What fails is at its end in red. */
const paintRule = (
  { pen, zoom, color }: Sheet,
  { data: { doc, look } }: RuleFlowNode,
  box: Box,
  facts: NodeFacts | undefined,
) => {
  const kind = categoryColor(look.category)
  const radius = 8 * zoom
  const { x, y, width, height } = box
  if (doc.bypass || look.trouble) {
    rounded(pen, { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 }, radius)
    pen.fillStyle = color(doc.bypass ? 'var(--tw-sunken)' : mixed(kind, 20))
    pen.fill()
    pen.strokeStyle = color(look.trouble ? 'var(--tw-warn)' : mixed(kind, 60))
    pen.lineWidth = 1
    pen.setLineDash([3, 2])
    pen.stroke()
    pen.setLineDash([])
  } else {
    rounded(pen, box, radius)
    pen.fillStyle = color(mixed(kind, facts?.isBusy ? 62 : 34))
    pen.fill()
    // Where near by the picture of the node is.
    rounded(pen, { x, y, width: height, height }, radius)
    pen.fillStyle = color(kind)
    pen.fill()
  }
  if (!facts) return
  if (facts.failing > 0) {
    const wide = Math.min(failingWidth[facts.failing], width / 4)
    pen.fillStyle = color('var(--tw-danger)')
    pen.fillRect(x + width - wide, y, wide, height)
  }
  if (facts.mark) {
    const size = Math.max(2.5, 11 * zoom)
    pen.beginPath()
    pen.arc(x + width - size, y, size, 0, 2 * Math.PI)
    pen.fillStyle = color(facts.mark === 'error' ? 'var(--tw-danger)' : 'var(--tw-warn)')
    pen.fill()
    pen.strokeStyle = color('var(--tw-canvas)')
    pen.lineWidth = 1
    pen.stroke()
  }
}

/** So much of a text as there is room for. */
const write = ({ pen, color, font }: Sheet, whole: string, at: Place, room: number, weight: number) => {
  if (room < text.least) return
  const said = whole.slice(0, text.longest)
  pen.font = `${weight} ${text.px}px ${font}`
  pen.textBaseline = 'middle'
  pen.fillStyle = color('var(--tw-ink-2)')
  const { width } = pen.measureText(said)
  const fitting = width <= room ? said : `${said.slice(0, Math.max(1, Math.floor((said.length * room) / width) - 1))}…`
  pen.fillText(fitting, at.x, at.y)
}

const markdownSigns = /^[#>\-*\s]+|[*_`]/g

const paintNote = (sheet: Sheet, { data: { note } }: NoteFlowNode, box: Box) => {
  const { pen, color } = sheet
  const tone = toneOf(note.color)
  rounded(pen, box, 6 * sheet.zoom)
  pen.fillStyle = color(mixed(tone, 16))
  pen.fill()
  pen.strokeStyle = color(mixed(tone, 45))
  pen.lineWidth = 1
  pen.stroke()
  const line =
    note.content
      .slice(0, text.longest)
      .split('\n')
      .find((one) => one.trim() !== '') ?? ''
  if (box.height > text.px + 4)
    write(sheet, line.replaceAll(markdownSigns, ''), { x: box.x + 5, y: box.y + 3 + text.px / 2 }, box.width - 10, 400)
}

const paintFrame = (sheet: Sheet, { data: { note } }: FrameFlowNode, around: Box, noTitle: string) => {
  const { pen, color } = sheet
  const tone = toneOf(note.color)
  const isCollapsed = note.group?.collapsed === true
  const box = onScreen(sheet, around)
  rounded(pen, box, 8 * sheet.zoom)
  pen.fillStyle = color(mixed(tone, isCollapsed ? 30 : 7, isCollapsed ? 'var(--tw-surface)' : 'var(--tw-canvas)'))
  pen.fill()
  pen.strokeStyle = color(mixed(tone, 50))
  pen.lineWidth = 1
  pen.stroke()
  const title = note.content || noTitle
  if (isCollapsed) {
    if (box.height > text.px)
      write(sheet, title, { x: box.x + 5, y: box.y + box.height / 2 + 0.5 }, box.width - 10, 600)
    // Above the frame there is room at any zoom, and inside lie its nodes.
  } else write(sheet, title, { x: box.x, y: box.y - 2 - text.px / 2 }, box.width, 600)
}
