import { cell, defineSymbol, type OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { color, fixed } from './behaviors.ts'

const half = cell / 2
const lineWidth = 7

type Side = 'left' | 'top' | 'right' | 'bottom'
const ends: Readonly<Record<Side, readonly [number, number]>> = {
  left: [0, half],
  top: [half, 0],
  right: [cell, half],
  bottom: [half, cell],
}

const wire = (path: string): string =>
  `<path tb:tag="wire" d="${path}" fill="none" stroke-width="${lineWidth}" stroke-linejoin="round"/>`

const current = (path: string, tag: string): string =>
  `<path tb:tag="${tag}" d="${path}" fill="none" stroke-width="4" stroke-dasharray="10 10"/>`

const properties = [color('lineColor', 'Line', 'wire'), color('flowAnimationColor', 'Flow', 'flow')]
const wireBind = { wire: { stroke: '$lineColor' } }
const currentBind = (flows: string, forwards: string, speed: string) => ({
  show: flows,
  stroke: '$flowAnimationColor',
  flow: { when: flows, dash: 20, speed, back: `!${forwards}` },
})

const title = (id: string) => {
  const words = id.replace(/-hp$/, '').replaceAll('-', ' ')
  return `${words[0]?.toUpperCase()}${words.slice(1)}`
}

const straight = (id: string, way: 'horizontal' | 'vertical', cells: number): OwnSymbol => {
  const length = cells * cell
  const lies = way === 'horizontal'
  const path = lies ? `M0 ${half}H${length}` : `M${half} 0V${length}`
  const middle = length / 2
  const arrow = lies
    ? `<path d="M${middle - 13} ${half - 15}L${middle + 15} ${half}L${middle - 13} ${half + 15}Z"/>`
    : `<path d="M${half - 15} ${middle - 13}L${half} ${middle + 15}L${half + 15} ${middle - 13}Z"/>`
  return defineSymbol({
    id,
    title: title(id),
    columns: lies ? cells : 1,
    rows: lies ? 1 : cells,
    behavior: [
      fixed('arrow', 'Arrow', true),
      fixed('flowAnimation', 'Flows', false),
      fixed('arrowDirection', 'Forwards', true),
      fixed('flowAnimationSpeed', 'Speed of the flow', 1),
    ],
    properties,
    bind: {
      ...wireBind,
      current: currentBind('flowAnimation', 'arrowDirection', 'flowAnimationSpeed'),
      arrow: {
        show: 'arrow & !flowAnimation',
        fill: '$lineColor',
        turn: {
          of: 'arrowDirection',
          from: 0,
          to: 1,
          degrees: [180, 0],
          about: lies ? [middle, half] : [half, middle],
        },
      },
    },
    drawing: `${wire(path)}${current(path, 'current')}<g tb:tag="arrow">${arrow}</g>`,
  })
}

const elbow = (id: string, [from, to]: readonly [Side, Side]): OwnSymbol => {
  const [fx, fy] = ends[from]
  const [tx, ty] = ends[to]
  const near = ([x, y]: readonly [number, number]) => `${half + (x - half) * 0.4} ${half + (y - half) * 0.4}`
  const path = `M${fx} ${fy}L${near([fx, fy])}Q${half} ${half} ${near([tx, ty])}L${tx} ${ty}`
  return defineSymbol({
    id,
    title: title(id),
    columns: 1,
    rows: 1,
    behavior: [
      fixed('flowAnimation', 'Flows', false),
      fixed('animationDirection', 'Forwards', true),
      fixed('flowAnimationSpeed', 'Speed of the flow', 1),
    ],
    properties,
    bind: { ...wireBind, current: currentBind('flowAnimation', 'animationDirection', 'flowAnimationSpeed') },
    drawing: `${wire(path)}${current(path, 'current')}`,
  })
}

const crossing = (id: string, sides: readonly Side[]): OwnSymbol => {
  const path = (side: Side) => {
    const [x, y] = ends[side]
    return side === 'left' || side === 'top' ? `M${x} ${y}L${half} ${half}` : `M${half} ${half}L${x} ${y}`
  }
  return defineSymbol({
    id,
    title: title(id),
    columns: 1,
    rows: 1,
    behavior: sides.flatMap((side) => [
      fixed(`${side}Flow`, 'Flows', false, side),
      fixed(`${side}FlowDirection`, 'Forwards', true, side),
      fixed(`${side}FlowAnimationSpeed`, 'Speed of the flow', 1, side),
    ]),
    properties,
    bind: {
      ...wireBind,
      knot: { fill: '$lineColor' },
      ...Object.fromEntries(
        sides.map((side) => [
          `${side}Current`,
          currentBind(`${side}Flow`, `${side}FlowDirection`, `${side}FlowAnimationSpeed`),
        ]),
      ),
    },
    drawing: `${wire(sides.map(path).join(''))}${sides.map((side) => current(path(side), `${side}Current`)).join('')}<circle tb:tag="knot" cx="${half}" cy="${half}" r="8"/>`,
  })
}

/** Lines of power and of signals; thin where pipes are thick. */
export const wires: readonly OwnSymbol[] = [
  straight('horizontal-connector-hp', 'horizontal', 1),
  straight('long-horizontal-connector-hp', 'horizontal', 2),
  straight('vertical-connector-hp', 'vertical', 1),
  straight('long-vertical-connector-hp', 'vertical', 2),
  elbow('left-bottom-elbow-connector-hp', ['left', 'bottom']),
  elbow('left-top-elbow-connector-hp', ['left', 'top']),
  elbow('top-right-elbow-connector-hp', ['top', 'right']),
  elbow('bottom-right-elbow-connector-hp', ['bottom', 'right']),
  crossing('left-tee-connector-hp', ['left', 'top', 'bottom']),
  crossing('right-tee-connector-hp', ['right', 'top', 'bottom']),
  crossing('top-tee-connector-hp', ['left', 'right', 'top']),
  crossing('bottom-tee-connector-hp', ['left', 'right', 'bottom']),
  crossing('cross-connector-hp', ['left', 'right', 'top', 'bottom']),
]
