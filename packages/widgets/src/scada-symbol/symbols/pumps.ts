import { defineSymbol, type OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { alarmBind, flag, machine, machineColors, speed, stateFill } from './behaviors.ts'
import { alarmSigns, metal, outline, stub } from './shapes.ts'

const blade = (angle: number): string =>
  `<path transform="rotate(${angle} 100 100)" d="M100 90c2-16 10-27 25-31c-3 13-6 21-13 29c-4 5-8 6-12 6Z"/>`

const blades = [0, 60, 120, 180, 240, 300].map(blade).join('')

const connectors = [
  ['rightTopConnector', 'right', 50, true],
  ['rightBottomConnector', 'right', 150, false],
  ['leftTopConnector', 'left', 50, false],
  ['leftBottomConnector', 'left', 150, true],
  ['topLeftConnector', 'top', 50, false],
  ['topRightConnector', 'top', 150, false],
] as const

const centrifugalPump = defineSymbol({
  id: 'centrifugal-pump',
  title: 'Centrifugal pump',
  standsFor: ['pump-hp'],
  columns: 2,
  rows: 2,
  behavior: [...machine, speed],
  properties: [...machineColors, ...connectors.map(([id, side, , shown]) => flag(id, `Connection ${side}`, shown))],
  bind: {
    ...Object.fromEntries(connectors.map(([id]) => [id, { show: id }])),
    ring: { stroke: stateFill },
    rotor: {
      fill: stateFill,
      spin: { when: 'running', about: [100, 100], seconds: 1.6, speed: 'rotationAnimationSpeed' },
    },
    all: { click: { run: 'click' } },
    ...alarmBind,
  },
  drawing: `<defs>${metal('m', 'down')}</defs><g tb:tag="all">
    ${connectors.map(([id, side, at]) => `<g tb:tag="${id}">${stub(side, at, 100, 200)}</g>`).join('')}
    <path d="M58 148h84l18 38H40Z" fill="paint:shade" ${outline}/><rect x="32" y="184" width="136" height="12" rx="3" fill="paint:deep" ${outline}/>
    <circle cx="100" cy="100" r="70" fill="url(#m)" ${outline}/>
    <circle cx="100" cy="100" r="52" fill="paint:hollow" ${outline}/>
    <circle tb:tag="ring" cx="100" cy="100" r="58" fill="none" stroke-width="6"/>
    ${[0, 45, 90, 135, 180, 225, 270, 315].map((angle) => `<circle cx="165" cy="100" r="2.6" fill="paint:deep" transform="rotate(${angle + 22} 100 100)"/>`).join('')}
    <g tb:tag="rotor" stroke="paint:surface" stroke-width="1.5">${blades}</g>
    <circle cx="100" cy="100" r="12" fill="paint:light" ${outline}/><circle cx="100" cy="100" r="4" fill="paint:deep"/>
  </g>${alarmSigns(168, 168, 20)}`,
})

/** A motor with a pump on its right; the other way round for `right-…`. */
const motorPump = (id: string, title: string, pumpAt: 'left' | 'right', isSmall: boolean): OwnSymbol => {
  const [columns, rows] = isSmall ? [3, 2] : [4, 3]
  const [width, height] = [columns * 100, rows * 100]
  const x = width - 50
  const [top, bottom] = isSmall ? [34, 168] : [76, 244]
  const tall = bottom - top
  const mid = (top + bottom) / 2
  const left = 26
  const end = x - 64
  const fins = Array.from({ length: 6 }, (_, row) => {
    const y = top + 22 + (row * (tall - 44)) / 5
    return `<path d="M${left + 26} ${y}H${end - 16}" stroke="paint:deep" stroke-width="3" stroke-linecap="round" stroke-opacity="0.55" fill="none"/>`
  }).join('')
  // Down through the pump where it is large, else to its side, as pipes meet it.
  const pipes = isSmall
    ? stub('top', x, mid, height) + stub('right', 150, x, width)
    : stub('top', x, mid, height) + stub('bottom', x, mid, height)
  const drawn = `
    ${pipes}
    <path d="M${left + 40} ${bottom - 6}h${end - left - 70}l14 ${height - bottom - 8}h${-(end - left - 42)}Z" fill="paint:shade" ${outline}/>
    <rect x="${left}" y="${height - 18}" width="${width - left - 76}" height="14" rx="3" fill="paint:deep" ${outline}/>
    <rect x="${left + 60}" y="${top - 26}" width="${(end - left) * 0.42}" height="32" rx="5" fill="paint:body" ${outline}/>
    <rect tb:tag="lamp" x="${left + 72}" y="${top - 17}" width="${(end - left) * 0.42 - 24}" height="9" rx="4.5"/>
    <rect x="${left - 16}" y="${mid - 12}" width="30" height="24" rx="4" fill="paint:deep" ${outline}/>
    <rect x="${left}" y="${top}" width="${end - left}" height="${tall}" rx="16" fill="url(#m)" ${outline}/>
    <rect tb:tag="band" x="${left + 14}" y="${top + 1.5}" width="10" height="${tall - 3}"/>${fins}
    <rect x="${end - 10}" y="${top + 12}" width="12" height="${tall - 24}" fill="paint:deep" ${outline}/>
    <path d="M${end + 2} ${mid - 22}h${x - end - 40}v44h${-(x - end - 40)}Z" fill="paint:body" ${outline}/>
    <ellipse cx="${x}" cy="${mid}" rx="40" ry="${tall * 0.42}" fill="url(#m)" ${outline}/>
    <circle cx="${x}" cy="${mid}" r="28" fill="paint:hollow" ${outline}/>
    <g tb:tag="rotor"><path d="M${x} ${mid}m-3 0l-4 -22h14l-4 22l22 -4v14l-22 -4l4 22h-14l4 -22l-22 4v-14Z"/></g>
    <circle cx="${x}" cy="${mid}" r="7" fill="paint:light" ${outline}/>`
  return defineSymbol({
    id,
    title,
    columns,
    rows,
    standsFor: pumpAt === 'right' && !isSmall ? ['electrical-engine-hp'] : [],
    behavior: [...machine, speed],
    properties: machineColors,
    bind: {
      lamp: { fill: stateFill },
      band: { fill: stateFill },
      rotor: {
        fill: stateFill,
        spin: {
          when: 'running',
          about: [pumpAt === 'right' ? x : width - x, mid],
          seconds: 1.4,
          speed: 'rotationAnimationSpeed',
        },
      },
      all: { click: { run: 'click' } },
      ...alarmBind,
    },
    drawing: `<defs>${metal('m', 'down')}</defs><g tb:tag="all">${
      pumpAt === 'right' ? drawn : mirrored(drawn, width)
    }</g>${alarmSigns(width / 2 - 40, mid, 26)}`,
  })
}

/** The rotor stands outside of the mirror: it turns about a point of the drawing. */
const mirrored = (drawn: string, width: number): string => {
  const rotor = /<g tb:tag="rotor">[\s\S]*?<\/g>/.exec(drawn)?.[0] ?? ''
  const hub = drawn.slice(drawn.indexOf(rotor) + rotor.length)
  const turn = (part: string) => `<g transform="matrix(-1 0 0 1 ${width} 0)">${part}</g>`
  return `${turn(drawn.slice(0, drawn.indexOf(rotor)))}<g tb:tag="rotor">${turn(rotor.replace(' tb:tag="rotor"', ''))}</g>${turn(hub)}`
}

const fan = defineSymbol({
  id: 'fan',
  title: 'Fan',
  columns: 2,
  rows: 2,
  behavior: [...machine, speed],
  properties: machineColors,
  bind: {
    rotor: {
      fill: stateFill,
      spin: { when: 'running', about: [100, 100], seconds: 1.2, speed: 'rotationAnimationSpeed' },
    },
    lamp: { fill: stateFill },
    all: { click: { run: 'click' } },
    ...alarmBind,
  },
  drawing: `<defs>${metal('m', 'down')}</defs><g tb:tag="all">
    <rect x="10" y="10" width="180" height="180" rx="22" fill="url(#m)" ${outline}/>
    <circle cx="100" cy="100" r="78" fill="paint:hollow" ${outline}/>
    <g tb:tag="rotor" stroke="paint:surface" stroke-width="2">${[0, 120, 240]
      .map(
        (angle) =>
          `<path transform="rotate(${angle} 100 100)" d="M98 92C84 62 92 32 118 30c24-2 34 18 24 34c-8 13-26 16-38 30Z"/>`,
      )
      .join('')}</g>
    <circle cx="100" cy="100" r="16" fill="paint:light" ${outline}/><circle cx="100" cy="100" r="5" fill="paint:deep"/>
    ${[24, 40, 56].map((r) => `<circle cx="100" cy="100" r="${r + 14}" fill="none" stroke="paint:line" stroke-opacity="0.28" stroke-width="1.6"/>`).join('')}
    ${[28, 172].flatMap((x) => [28, 172].map((y) => (x === 28 && y === 28 ? '' : `<circle cx="${x}" cy="${y}" r="5" fill="paint:deep"/>`))).join('')}
    <circle tb:tag="lamp" cx="28" cy="28" r="8" stroke="paint:line" stroke-width="2"/>
  </g>${alarmSigns(166, 164, 20)}`,
})

export const pumps: readonly OwnSymbol[] = [
  centrifugalPump,
  motorPump('left-motor-pump', 'Motor pump, motor on the left', 'right', false),
  motorPump('right-motor-pump', 'Motor pump, motor on the right', 'left', false),
  motorPump('small-left-motor-pump', 'Small motor pump, motor on the left', 'right', true),
  motorPump('small-right-motor-pump', 'Small motor pump, motor on the right', 'left', true),
  fan,
]
