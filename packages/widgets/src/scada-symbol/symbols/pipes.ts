import { cell, defineSymbol, type OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { click, color, leak, stream } from './behaviors.ts'
import { channelWidth, content, drops, flange, leakBind, outline, pipe, streamBind } from './shapes.ts'

const half = cell / 2

type Side = 'left' | 'top' | 'right' | 'bottom'
const ends: Readonly<Record<Side, readonly [number, number]>> = {
  left: [0, half],
  top: [half, 0],
  right: [cell, half],
  bottom: [half, cell],
}
const name = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`

const straight = (id: string, title: string, way: 'horizontal' | 'vertical', cells: number): OwnSymbol => {
  const length = cells * cell
  const lies = way === 'horizontal'
  const path = lies ? `M0 ${half}H${length}` : `M${half} 0V${length}`
  return defineSymbol({
    id,
    title,
    columns: lies ? cells : 1,
    rows: lies ? 1 : cells,
    behavior: [...stream(), leak],
    properties: [color('fluidColor', 'Liquid', 'liquid')],
    bind: { ...streamBind(), ...leakBind },
    drawing:
      pipe(path) +
      content(path) +
      (lies
        ? flange(0, half, 'left') + flange(length, half, 'right') + drops(length / 2, half + 12)
        : flange(half, 0, 'top') + flange(half, length, 'bottom') + drops(half, length / 2 - 10)),
  })
}

/** Names of files have the sides of an elbow in an order of their own. */
const elbow = (id: string, [from, to]: readonly [Side, Side]): OwnSymbol => {
  const [fx, fy] = ends[from]
  const [tx, ty] = ends[to]
  const near = ([x, y]: readonly [number, number]) => `${half + (x - half) * 0.52} ${half + (y - half) * 0.52}`
  const path = `M${fx} ${fy}L${near([fx, fy])}Q${half} ${half} ${near([tx, ty])}L${tx} ${ty}`
  return defineSymbol({
    id,
    title: `${name(id.replaceAll('-', ' '))}`,
    columns: 1,
    rows: 1,
    behavior: [...stream(), leak],
    properties: [color('fluidColor', 'Liquid', 'liquid')],
    bind: { ...streamBind(), ...leakBind },
    drawing: pipe(path) + content(path) + flange(fx, fy, from) + flange(tx, ty, to) + drops(half, half - 2),
  })
}

/** A tee or a cross: streams go from a branch to the middle, or from the middle where the branch lies right or below. */
const crossing = (id: string, sides: readonly Side[]): OwnSymbol => {
  const toMiddle = (side: Side) => {
    const [x, y] = ends[side]
    return side === 'left' || side === 'top' ? `M${x} ${y}L${half} ${half}` : `M${half} ${half}L${x} ${y}`
  }
  /** As far as the other side of the channel, so that no corner of it stays empty. */
  const filled = (side: Side) => {
    const [x, y] = ends[side]
    const past = ([at, end]: readonly [number, number]) => half + Math.sign(at - end) * (channelWidth / 2)
    return `M${x} ${y}L${past([half, x])} ${past([half, y])}`
  }
  const lines = sides.map(toMiddle)
  const whole = lines.join('')
  return defineSymbol({
    id,
    title: name(id.replaceAll('-', ' ')),
    columns: 1,
    rows: 1,
    behavior: [...sides.flatMap((side) => stream(side)), leak],
    properties: sides.map((side) => color(`${side}FluidColor`, `Liquid ${side}`, 'liquid')),
    bind: { ...Object.assign({}, ...sides.map((side) => streamBind(side))), ...leakBind },
    drawing:
      pipe(whole) +
      sides.map((side) => content(toMiddle(side), side, filled(side))).join('') +
      sides.map((side) => flange(...ends[side], side)).join('') +
      drops(half, half - 2),
  })
}

const broken = (id: string, way: 'horizontal' | 'vertical', cells: number): OwnSymbol => {
  const length = cells * cell
  const lies = way === 'horizontal'
  const [one, other] = [length / 2 - 16, length / 2 + 16]
  const path = lies ? `M0 ${half}H${one}M${other} ${half}H${length}` : `M${half} 0V${one}M${half} ${other}V${length}`
  const jag = (at: number, way: 1 | -1) =>
    lies
      ? `<path d="M${at} ${half - 21}l${7 * way} 9l${-9 * way} 9l${8 * way} 9l${-7 * way} 8l${3 * way} 7" fill="none" ${outline}/>`
      : `<path d="M${half - 21} ${at}l9 ${7 * way}l9 ${-9 * way}l9 ${8 * way}l8 ${-7 * way}l7 ${3 * way}" fill="none" ${outline}/>`
  return defineSymbol({
    id,
    title: name(id.replaceAll('-', ' ')),
    columns: lies ? cells : 1,
    rows: lies ? 1 : cells,
    behavior: [click()],
    bind: { all: { click: { run: 'click' } } },
    drawing: `<g tb:tag="all">${pipe(path)}${jag(one, 1)}${jag(other, 1)}${
      lies
        ? flange(0, half, 'left') + flange(length, half, 'right')
        : flange(half, 0, 'top') + flange(half, length, 'bottom')
    }</g>`,
  })
}

/** A pipe that ends in the open; drawn with its mouth on the left, and mirrored for the others. */
const drain = (id: string, mouth: 'left' | 'right', columns: 1 | 2, kind: 'straight' | 'elbow'): OwnSymbol => {
  const width = columns * cell
  const path =
    kind === 'straight'
      ? `M${width} ${half}H48`
      : `M${half * 3} 0V${half / 2}Q${half * 3} ${half} ${half * 2.5} ${half}H48`
  const end = kind === 'straight' ? flange(width, half, 'right') : flange(half * 3, 0, 'top')
  const drawn = `${pipe(path)}${end}
    <path tb:tag="water" d="M48 41C26 42 16 62 14 90H2q8 10 24 8q22 2 32-6q-14-4-18-8C38 70 42 60 48 59Z"/>
    <path tb:tag="stream" d="M48 50C32 52 26 70 25 92" fill="none" stroke="paint:flow" stroke-width="4" stroke-dasharray="8 8"/>
    <rect x="46" y="29" width="8" height="42" rx="3" fill="paint:body" ${outline}/>`
  return defineSymbol({
    id,
    title: name(id.replaceAll('-', ' ')),
    columns,
    rows: 1,
    behavior: [leak, click()],
    properties: [color('fluidColor', 'Liquid', 'liquid')],
    bind: {
      all: { click: { run: 'click' } },
      water: { show: 'leak', fill: '$fluidColor' },
      stream: { show: 'leak', flow: { when: 'leak', dash: 16 } },
    },
    drawing: `<g tb:tag="all">${mouth === 'left' ? drawn : `<g transform="matrix(-1 0 0 1 ${width} 0)">${drawn}</g>`}</g>`,
  })
}

export const pipes: readonly OwnSymbol[] = [
  drain('left-drain-pipe', 'left', 2, 'straight'),
  drain('right-drain-pipe', 'right', 2, 'straight'),
  drain('short-left-drain-pipe', 'left', 1, 'straight'),
  drain('short-right-drain-pipe', 'right', 1, 'straight'),
  drain('left-elbow-drain-pipe', 'left', 2, 'elbow'),
  drain('right-elbow-drain-pipe', 'right', 2, 'elbow'),
  straight('horizontal-pipe', 'Horizontal pipe', 'horizontal', 1),
  straight('long-horizontal-pipe', 'Long horizontal pipe', 'horizontal', 2),
  straight('extra-long-horizontal-pipe', 'Extra long horizontal pipe', 'horizontal', 4),
  straight('vertical-pipe', 'Vertical pipe', 'vertical', 1),
  straight('long-vertical-pipe', 'Long vertical pipe', 'vertical', 2),
  straight('extra-long-vertical-pipe', 'Extra long vertical pipe', 'vertical', 4),
  elbow('left-bottom-elbow-pipe', ['left', 'bottom']),
  elbow('left-top-elbow-pipe', ['left', 'top']),
  elbow('top-right-elbow-pipe', ['top', 'right']),
  elbow('bottom-right-elbow-pipe', ['bottom', 'right']),
  crossing('left-tee-pipe', ['left', 'top', 'bottom']),
  crossing('right-tee-pipe', ['right', 'top', 'bottom']),
  crossing('top-tee-pipe', ['left', 'right', 'top']),
  crossing('bottom-tee-pipe', ['left', 'right', 'bottom']),
  crossing('cross-pipe', ['left', 'right', 'top', 'bottom']),
  broken('horizontal-broken-pipe', 'horizontal', 1),
  broken('long-horizontal-broken-pipe', 'horizontal', 2),
  broken('vertical-broken-pipe', 'vertical', 1),
  broken('long-vertical-broken-pipe', 'vertical', 2),
]
