/*
 * What the drawings are made of, so that all of them look like one set: metal lit from above or from the left, edges of one
 * width, flanges where a pipe ends, a channel that shows what is in it.
 */

/** Width of edges, and of pipes with their channel. */
export const edge = 2.5
export const pipeWidth = 40
export const channelWidth = 18

/** A gradient over metal: `down` from its upper to its lower side, as on something round that lies. */
export const metal = (id: string, way: 'down' | 'across'): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="${way === 'across' ? 1 : 0}" y2="${way === 'across' ? 0 : 1}">` +
  '<stop offset="0" stop-color="paint:body"/><stop offset="0.22" stop-color="paint:light"/>' +
  '<stop offset="0.6" stop-color="paint:body"/><stop offset="1" stop-color="paint:shade"/></linearGradient>'

/** Over liquid: darker towards the sides. */
export const depth = (id: string): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="paint:liquidDeep" stop-opacity="0.35"/>` +
  '<stop offset="0.3" stop-color="paint:surface" stop-opacity="0.22"/><stop offset="0.55" stop-color="paint:liquidDeep" stop-opacity="0"/>' +
  '<stop offset="1" stop-color="paint:liquidDeep" stop-opacity="0.45"/></linearGradient>'

export const outline = `stroke="paint:line" stroke-width="${edge}" stroke-linejoin="round"`

/** A pipe along a path, empty; its ends are open. */
export const pipe = (path: string): string =>
  [
    ['line', pipeWidth + 2 * edge],
    ['shade', pipeWidth],
    ['body', pipeWidth - 6],
    ['light', pipeWidth - 14],
    ['line', channelWidth + edge],
    ['hollow', channelWidth],
  ]
    .map(([paint, width]) => `<path d="${path}" fill="none" stroke="paint:${paint}" stroke-width="${width}"/>`)
    .join('')

/** What is in it, bound by `streamBind` of the same branch; `filled` where the liquid reaches further than its stream. */
export const content = (path: string, branch = '', filled = path): string =>
  `<path tb:tag="${branch}Fluid" d="${filled}" fill="none" stroke-width="${channelWidth}"/>` +
  `<path tb:tag="${branch}Stream" d="${path}" fill="none" stroke="paint:flow" stroke-width="6" stroke-dasharray="14 10" stroke-linecap="butt"/>`

export const streamBind = (branch = '') => {
  const id = (name: string) => (branch ? `${branch}${name[0]?.toUpperCase()}${name.slice(1)}` : name)
  return {
    [`${branch}Fluid`]: { show: id('fluid'), stroke: `$${id('fluidColor')}` },
    [`${branch}Stream`]: {
      show: id('flow'),
      flow: {
        when: id('flow'),
        dash: 24,
        speed: id('flowAnimationSpeed'),
        back: `!${id('flowDirection')}`,
      },
    },
  }
}

type Side = 'left' | 'right' | 'top' | 'bottom'

/** A flange where a pipe ends at (x, y) on that side of its cell. */
export const flange = (x: number, y: number, side: Side): string => {
  const [width, height] = side === 'left' || side === 'right' ? [9, 56] : [56, 9]
  const left = side === 'left' ? x : side === 'right' ? x - width : x - width / 2
  const top = side === 'top' ? y : side === 'bottom' ? y - height : y - height / 2
  return (
    `<rect x="${left + edge / 2}" y="${top + edge / 2}" width="${width - edge}" height="${height - edge}" rx="2" fill="paint:body" ${outline}/>` +
    (side === 'left' || side === 'right'
      ? `<rect x="${left + 2.5}" y="${top + 6}" width="${width - 5}" height="14" rx="1.5" fill="paint:light"/>`
      : `<rect x="${left + 6}" y="${top + 2.5}" width="14" height="${height - 5}" rx="1.5" fill="paint:light"/>`)
  )
}

/** A short pipe from the edge of a cell to (x, y) inside. */
export const stub = (side: Side, at: number, to: number, whole: number): string => {
  const from = side === 'left' || side === 'top' ? 0 : whole
  const path = side === 'left' || side === 'right' ? `M${from} ${at}H${to}` : `M${at} ${from}V${to}`
  const end = side === 'left' || side === 'right' ? flange(from, at, side) : flange(at, from, side)
  return (
    [
      ['line', pipeWidth + 2 * edge],
      ['shade', pipeWidth],
      ['body', pipeWidth - 8],
      ['light', pipeWidth - 24],
    ]
      .map(([paint, width]) => `<path d="${path}" fill="none" stroke="paint:${paint}" stroke-width="${width}"/>`)
      .join('') + end
  )
}

/** Signs of alarms about (x, y): a triangle for a warning, an octagon for what is critical. */
export const alarmSigns = (x: number, y: number, size = 17): string => {
  const mark = `<path d="M0 ${-size * 0.38}V${size * 0.12}" stroke="paint:surface" stroke-width="${size * 0.2}" stroke-linecap="round" fill="none"/><circle cy="${size * 0.44}" r="${size * 0.12}" fill="paint:surface"/>`
  const ring = `stroke="paint:surface" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
  const octagon = Array.from({ length: 8 }, (_, corner) => {
    const angle = Math.PI / 8 + (corner * Math.PI) / 4
    return `${(Math.cos(angle) * size).toFixed(2)},${(Math.sin(angle) * size).toFixed(2)}`
  }).join(' ')
  return (
    `<g transform="translate(${x} ${y})"><g tb:tag="warningSign">` +
    `<path d="M0 ${-size}L${size * 1.05} ${size * 0.8}H${-size * 1.05}Z" ${ring}/>${mark}</g>` +
    `<g tb:tag="criticalSign"><polygon points="${octagon}" ${ring}/>${mark}</g></g>`
  )
}

/** A plate for a number; the text is tagged. */
export const plate = (tag: string, x: number, y: number, width: number, height: number): string =>
  `<g tb:tag="${tag}Plate"><rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="${Math.min(10, height / 4)}" fill="paint:surface" stroke="paint:line" stroke-width="1.5"/>` +
  `<text tb:tag="${tag}" x="${x}" y="${y}" text-anchor="middle" dominant-baseline="central" font-size="${height * 0.5}" font-weight="600" fill="paint:ink"></text></g>`

/** Drops under a pipe that leaks. */
export const drops = (x: number, y: number): string =>
  `<g tb:tag="leak"><path d="M${x} ${y}c7 10 10 15 10 20a10 10 0 0 1-20 0c0-5 3-10 10-20Z" fill="paint:liquid" stroke="paint:danger" stroke-width="2.5"/></g>`
export const leakBind = { leak: { show: 'leak', blink: 'leak' } }
