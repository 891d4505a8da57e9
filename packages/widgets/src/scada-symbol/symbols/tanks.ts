import { defineSymbol, type OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { alarmBind, alarmColors, alarms, click, color, contents, flag, units } from './behaviors.ts'
import { alarmSigns, depth, edge, metal, outline, plate } from './shapes.ts'

type Tank = {
  id: string
  title: string
  standsFor?: readonly string[]
  columns: number
  rows: number
  /** Outline of the vessel, and of the part of it that liquid fills. */
  shell: string
  hollow: string
  /** Upper and lower end of the liquid. */
  top: number
  bottom: number
  /** What stands under or on it. */
  before?: string
  after?: string
  way?: 'down' | 'across'
  /** Where the plate with the volume, the scale and the signs stand. */
  plateAt: readonly [number, number]
  scaleX?: number
  signsAt: readonly [number, number]
}

const marks = 10

/** A scale of ten steps along the liquid, every fifth longer. */
const scale = (x: number, top: number, bottom: number, columns: number): string =>
  `<g tb:tag="scale">${Array.from({ length: marks + 1 }, (_, index) => {
    const y = (bottom - ((bottom - top) * index) / marks).toFixed(1)
    const isLong = index % 5 === 0
    return `<path d="M${x} ${y}h${isLong ? 20 : 11}" stroke="paint:ink2" stroke-width="${isLong ? 2.4 : 1.6}" fill="none"/>${
      isLong
        ? `<text x="${x + 26}" y="${y}" dominant-baseline="central" font-size="${14 + columns * 1.6}" fill="paint:ink2">${index * 10}</text>`
        : ''
    }`
  }).join('')}</g>`

const tank = (t: Tank): OwnSymbol => {
  const height = t.bottom - t.top
  const [width, whole] = [t.columns * 100, t.rows * 100]
  const plateWidth = t.columns <= 3 ? 150 : Math.max(190, t.columns * 34)
  return defineSymbol({
    id: t.id,
    title: t.title,
    ...(t.standsFor ? { standsFor: t.standsFor } : {}),
    columns: t.columns,
    rows: t.rows,
    behavior: [...contents, ...alarms, click()],
    properties: [
      color('fluidColor', 'Liquid', 'liquid'),
      flag('valueBox', 'Volume', true),
      units('valueUnits', 'gal'),
      flag('scale', 'Scale', true),
      ...alarmColors,
    ],
    bind: {
      all: { click: { run: 'click' } },
      liquid: { level: { of: 'currentVolume', from: 0, to: 'tankCapacity', height }, fill: '$fluidColor' },
      shine: { level: { of: 'currentVolume', from: 0, to: 'tankCapacity', height } },
      scale: { show: 'scale' },
      volumePlate: { show: 'valueBox' },
      volume: { text: { of: 'currentVolume', unit: '$valueUnits', room: 12 } },
      alert: {
        stroke: [
          { when: 'critical', use: '$criticalColor' },
          { when: 'warning', use: '$warningColor' },
          { use: 'none' },
        ],
        blink: 'critical & criticalAnimation',
      },
      ...alarmBind,
    },
    drawing: `<defs>${metal('m', t.way ?? 'across')}${depth('d')}<clipPath id="c"><path d="${t.hollow}"/></clipPath></defs><g tb:tag="all">
      ${t.before ?? ''}<path d="${t.shell}" fill="url(#m)" ${outline}/>
      <path d="${t.hollow}" fill="paint:hollow" stroke="paint:line" stroke-width="${edge * 0.8}"/>
      <g clip-path="url(#c)"><rect tb:tag="liquid" x="0" y="${t.top}" width="${width}" height="${whole}"/>
        <g tb:tag="shine"><rect x="0" y="${t.top}" width="${width}" height="${whole}" fill="url(#d)"/><path d="M0 ${t.top + 1.5}H${width}" stroke="paint:surface" stroke-opacity="0.7" stroke-width="3"/></g></g>
      <path tb:tag="alert" d="${t.hollow}" fill="none" stroke-width="6"/>${t.after ?? ''}
      ${scale(t.scaleX ?? 40, t.top, t.bottom, t.columns)}
      ${plate('volume', ...t.plateAt, plateWidth, plateWidth * 0.3)}
    </g>${alarmSigns(...t.signsAt, 26)}`,
  })
}

/** A standing cylinder with domes; `open` has a brim instead of its upper dome. */
const vertical = (
  id: string,
  title: string,
  columns: number,
  rows: number,
  options: { standsFor?: string[]; isOpen?: boolean; legs?: boolean } = {},
): OwnSymbol => {
  const w = columns * 100
  const h = rows * 100 - (options.legs ? 100 : 0)
  const dome = Math.min(64, h / 6)
  const inset = 22
  const shell = options.isOpen
    ? `M4 10H${w - 4}V${h - dome / 2}Q${w / 2} ${h + dome / 3} 4 ${h - dome / 2}Z`
    : `M4 ${dome}C4 ${dome * 0.3} ${w * 0.25} 3 ${w / 2} 3S${w - 4} ${dome * 0.3} ${w - 4} ${dome}V${h - dome}C${w - 4} ${h - dome * 0.3} ${w * 0.75} ${h - 3} ${w / 2} ${h - 3}S4 ${h - dome * 0.3} 4 ${h - dome}Z`
  const top = options.isOpen ? 34 : dome + 12
  const bottom = h - dome - 10
  const hollow = `M${inset + 14} ${top}H${w - inset - 14}a14 14 0 0 1 14 14V${bottom - 14}a14 14 0 0 1-14 14H${inset + 14}a14 14 0 0 1-14-14V${top + 14}a14 14 0 0 1 14-14Z`
  const legs = options.legs
    ? [w * 0.14, w * 0.86]
        .map(
          (x) =>
            `<path d="M${x - 13} ${h - dome - 20}V${rows * 100 - 10}h26V${h - dome - 20}Z" fill="paint:shade" ${outline}/><rect x="${x - 26}" y="${rows * 100 - 14}" width="52" height="11" rx="3" fill="paint:deep" ${outline}/>`,
        )
        .join('') +
      `<path d="M${w * 0.14} ${rows * 100 - 60}H${w * 0.86}" stroke="paint:line" stroke-width="5" fill="none"/>`
    : ''
  return tank({
    id,
    title,
    ...(options.standsFor ? { standsFor: options.standsFor } : {}),
    columns,
    rows,
    shell,
    hollow,
    top,
    bottom,
    before: legs,
    ...(options.isOpen
      ? { after: `<rect x="2" y="4" width="${w - 4}" height="14" rx="5" fill="paint:body" ${outline}/>` }
      : {}),
    plateAt: [w / 2 + 22, (top + bottom) / 2],
    scaleX: inset,
    signsAt: [w - 62, top + 44],
  })
}

const horizontal = (id: string, standsFor: string[], legs: boolean): OwnSymbol => {
  const [w, h] = [500, 300]
  const feet = [130, 370]
    .map(
      (x) =>
        `<path d="M${x - 34} 250h68l10 140h-88Z" fill="paint:shade" ${outline}/><rect x="${x - 52}" y="386" width="104" height="11" rx="3" fill="paint:deep" ${outline}/>`,
    )
    .join('')
  const [top, bottom] = [30, h - 30]
  return tank({
    id,
    title: legs ? 'Horizontal tank on a stand' : 'Horizontal tank',
    standsFor,
    columns: 5,
    rows: legs ? 4 : 3,
    shell: `M80 4H${w - 80}C${w - 24} 4 ${w - 4} 66 ${w - 4} ${h / 2}S${w - 24} ${h - 4} ${w - 80} ${h - 4}H80C24 ${h - 4} 4 ${h - 66} 4 ${h / 2}S24 4 80 4Z`,
    hollow: `M86 ${top}H${w - 86}C${w - 44} ${top} ${w - 30} 92 ${w - 30} ${h / 2}S${w - 44} ${bottom} ${w - 86} ${bottom}H86C44 ${bottom} 30 ${h - 92} 30 ${h / 2}S44 ${top} 86 ${top}Z`,
    top,
    bottom,
    ...(legs ? { before: feet } : {}),
    way: 'down',
    plateAt: [w / 2, h / 2],
    scaleX: 82,
    signsAt: [w - 88, 76],
  })
}

const spherical = (id: string, cells: number): OwnSymbol => {
  const w = cells * 100
  const r = w / 2 - 4
  const ring = (radius: number) =>
    `M${w / 2 - radius} ${w / 2}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0Z`
  const feet = [0.2, 0.8]
    .map(
      (at) =>
        `<path d="M${w * at - 11} ${w * 0.7}V${w - 10}h22V${w * 0.7}Z" fill="paint:shade" ${outline}/><rect x="${w * at - 28}" y="${w - 13}" width="56" height="10" rx="3" fill="paint:deep" ${outline}/>`,
    )
    .join('')
  return tank({
    id,
    title: cells > 3 ? 'Spherical tank' : 'Small spherical tank',
    columns: cells,
    rows: cells,
    shell: ring(r),
    hollow: ring(r - w * 0.056),
    top: w * 0.064,
    bottom: w * 0.936,
    before: feet,
    plateAt: [w * 0.56, w / 2],
    scaleX: w * (cells > 3 ? 0.22 : 0.24),
    signsAt: [w * 0.74, w * 0.26],
  })
}

const conical = (id: string, rows: number): OwnSymbol => {
  const [w, h] = [500, rows * 100]
  const waist = h - 190
  const [top, bottom] = [34, h - 44]
  return tank({
    id,
    title: rows > 5 ? 'Large conical tank' : 'Conical tank',
    columns: 5,
    rows,
    shell: `M4 10H${w - 4}V${waist}L${w / 2 + 26} ${h - 12}H${w / 2 - 26}L4 ${waist}Z`,
    hollow: `M40 ${top}H${w - 40}a14 14 0 0 1 14 14V${waist - 14}L${w / 2 + 22} ${bottom}H${w / 2 - 22}L26 ${waist - 14}V${top + 14}a14 14 0 0 1 14-14Z`,
    top,
    bottom,
    after: `<rect x="2" y="4" width="${w - 4}" height="14" rx="5" fill="paint:body" ${outline}/><rect x="${w / 2 - 32}" y="${h - 16}" width="64" height="13" rx="3" fill="paint:deep" ${outline}/>`,
    plateAt: [w / 2, 160],
    scaleX: 26,
    signsAt: [w - 70, 84],
  })
}

const legs = [120, 250, 450, 580]
  .map(
    (x) =>
      `<path d="M${x - 11} 600L${x - 11 + (x - 350) * 0.06} 990h22L${x + 11} 600Z" fill="paint:shade" ${outline}/>`,
  )
  .join('')

const elevated = tank({
  id: 'elevated-tank',
  title: 'Elevated tank',
  columns: 7,
  rows: 10,
  shell: 'M50 104L350 6L650 104V600H50Z',
  hollow: 'M100 130H600a16 16 0 0 1 16 16V554a16 16 0 0 1-16 16H100a16 16 0 0 1-16-16V146a16 16 0 0 1 16-16Z',
  top: 130,
  bottom: 570,
  before: `<path d="M122 640L578 960M578 640L122 960M112 800H588" stroke="paint:line" stroke-width="6" fill="none"/>${legs}<path d="M332 600V994h36V600Z" fill="url(#m)" ${outline}/>`,
  after: `<rect x="4" y="588" width="692" height="34" rx="8" fill="paint:body" ${outline}/><path d="M6 520H50M650 520H694M8 520V588M692 520V588" stroke="paint:line" stroke-width="5" fill="none"/><path d="M50 104H650" stroke="paint:line" stroke-width="2.5"/>`,
  plateAt: [350, 330],
  scaleX: 84,
  signsAt: [560, 190],
})

const pool = tank({
  id: 'pool',
  title: 'Pool',
  standsFor: ['pool-hp'],
  columns: 12,
  rows: 4,
  shell: 'M4 10H1196V396H4Z',
  hollow: 'M40 44H1160V250C1000 250 900 362 760 362H40Z',
  top: 66,
  bottom: 362,
  after: `<rect x="2" y="4" width="1196" height="22" rx="6" fill="paint:light" ${outline}/><g stroke="paint:line" stroke-width="7" fill="none" stroke-linecap="round"><path d="M150 22V-2M150 60V300M210 60V300M150 60C150 14 120 14 116 40M210 60C210 14 180 14 176 40"/><path d="M150 120H210M150 180H210M150 240H210" stroke-width="6"/></g>`,
  way: 'down',
  plateAt: [600, 190],
  scaleX: 42,
  signsAt: [1090, 110],
})

export const tanks: readonly OwnSymbol[] = [
  vertical('vertical-tank', 'Vertical tank', 3, 5, { standsFor: ['vertical-tank-hp'] }),
  vertical('stand-vertical-tank', 'Vertical tank on a stand', 3, 6, { legs: true }),
  vertical('large-vertical-tank', 'Large vertical tank', 5, 5),
  vertical('large-stand-vertical-tank', 'Large vertical tank on a stand', 5, 6, { legs: true }),
  vertical('vertical-short-tank', 'Short vertical tank', 4, 3),
  vertical('stand-vertical-short-tank', 'Short vertical tank on a stand', 4, 4, { legs: true }),
  vertical('short-vertical-tank-hp', 'Small vertical tank', 3, 3),
  vertical('cylindrical-tank', 'Cylindrical tank', 3, 5, { isOpen: true }),
  vertical('stand-cylindrical-tank', 'Cylindrical tank on a stand', 3, 6, { isOpen: true, legs: true }),
  vertical('large-cylindrical-tank', 'Large cylindrical tank', 5, 5, { isOpen: true }),
  vertical('large-stand-cylindrical-tank', 'Large cylindrical tank on a stand', 5, 6, { isOpen: true, legs: true }),
  vertical('small-cylindrical-tank', 'Small cylindrical tank', 3, 3, { isOpen: true }),
  horizontal('horizontal-tank', ['horizontal-tank-hp'], false),
  horizontal('stand-horizontal-tank', [], true),
  spherical('spherical-tank', 5),
  spherical('small-spherical-tank', 3),
  conical('conical-tank', 5),
  conical('large-conical-tank', 7),
  elevated,
  pool,
]
