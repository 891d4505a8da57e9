import type { OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { color, fixed, number, stateFill, telemetry } from './behaviors.ts'
import { device } from './device.ts'
import { metal, outline } from './shapes.ts'

const bolt = (x: number, y: number, size: number): string =>
  `<path d="M${x + size * 0.18} ${y - size}L${x - size * 0.6} ${y + size * 0.16}H${x - size * 0.04}L${x - size * 0.18} ${y + size}L${x + size * 0.6} ${y - size * 0.16}H${x + size * 0.04}Z"/>`

const wing = (angle: number): string =>
  `<path transform="rotate(${angle} 150 140)" d="M146 128C140 96 143 48 150 6C158 48 161 96 154 128Z"/>`

const rotor = [0, 120, 240].map(wing).join('')
const mast = (x: number, y: number, foot: number, width: number) =>
  `<path d="M${x - width * 0.4} ${y}h${width * 0.8}l${width * 0.6} ${foot - y}h${-width * 2}Z" fill="url(#m)" ${outline}/>`

const windTurbine = device({
  id: 'wind-turbine-hp',
  title: 'Wind turbine',
  standsFor: ['wind-turbine-cluster-hp'],
  columns: 3,
  rows: 4,
  behavior: [fixed('rotationAnimationSpeed', 'Speed of turning', 1)],
  bind: { rotor: { spin: { when: 'running', about: [150, 140], seconds: 4, speed: 'rotationAnimationSpeed' } } },
  drawing: `<defs>${metal('m', 'across')}</defs>${mast(150, 140, 384, 15)}<rect x="104" y="380" width="92" height="14" rx="4" fill="paint:deep" ${outline}/>
    <g tb:tag="rotor" fill="paint:light" ${outline}>${rotor}</g>
    <circle cx="150" cy="140" r="19" fill="paint:body" ${outline}/><circle tb:tag="lamp" cx="150" cy="140" r="10"/>`,
  signsAt: [238, 340],
  signs: 24,
})

const panel = (x: number, y: number, width: number, height: number, columns: number, rows: number): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="5" fill="paint:body" ${outline}/><rect tb:tag="cells" x="${x + 6}" y="${y + 6}" width="${width - 12}" height="${height - 12}" rx="2"/>` +
  `<path d="M${x + 10} ${y + height - 10}L${x + width * 0.62} ${y + 6}H${x + width * 0.86}L${x + width * 0.3} ${y + height - 6}H${x + 10}Z" fill="paint:surface" fill-opacity="0.16"/>` +
  `<path stroke="paint:surface" stroke-opacity="0.75" stroke-width="2" fill="none" d="${Array.from({ length: columns - 1 }, (_, i) => `M${x + ((i + 1) * width) / columns} ${y + 6}V${y + height - 6}`).join('')}${Array.from({ length: rows - 1 }, (_, i) => `M${x + 6} ${y + ((i + 1) * height) / rows}H${x + width - 6}`).join('')}"/>`

const cells = { fill: [{ when: 'running', use: 'cell' }, { use: 'off' }] }

const solarPanel = device({
  id: 'solar-panel-hp',
  title: 'Solar panel',
  columns: 1,
  rows: 2,
  bind: { cells },
  drawing: `${panel(6, 6, 88, 160, 3, 6)}<path d="M50 166V186" stroke="paint:line" stroke-width="7" fill="none"/><rect x="22" y="184" width="56" height="11" rx="4" fill="paint:deep" ${outline}/><circle tb:tag="lamp" cx="50" cy="176" r="7" stroke="paint:line" stroke-width="2"/>`,
  signsAt: [74, 28],
  signs: 16,
})

const standSolarPanel = device({
  id: 'stand-solar-panel-hp',
  title: 'Solar panels on a stand',
  columns: 3,
  rows: 2,
  bind: { cells },
  drawing: `<defs>${metal('m', 'across')}</defs><path d="M134 150h32v34h-32Z" fill="url(#m)" ${outline}/><rect x="70" y="180" width="160" height="14" rx="4" fill="paint:deep" ${outline}/>
    <g transform="matrix(1 0 -0.22 1 20 0)">${panel(20, 8, 82, 148, 3, 5)}${panel(106, 8, 82, 148, 3, 5)}${panel(192, 8, 82, 148, 3, 5)}</g>
    <circle tb:tag="lamp" cx="150" cy="170" r="8" stroke="paint:line" stroke-width="2"/>`,
  signsAt: [266, 32],
})

const battery = device({
  id: 'battery-hp',
  title: 'Battery',
  columns: 3,
  rows: 1,
  behavior: [telemetry('level', 'Charge', 'DOUBLE', 'batteryLevel')],
  properties: [number('lowLevel', 'Low below', 20), color('levelColor', 'Charge', 'ok')],
  bind: {
    charge: {
      level: { of: 'level', from: 0, to: 100, height: 224, across: true },
      fill: [
        { when: 'critical', use: '$criticalColor' },
        { when: 'warning', use: '$warningColor' },
        { use: '$levelColor' },
      ],
    },
    percent: { text: { of: 'level', unit: '%', decimals: 0, room: 6 } },
  },
  drawing: `<defs>${metal('m', 'down')}<clipPath id="c"><rect x="26" y="24" width="224" height="52" rx="7"/></clipPath></defs>
    <rect x="270" y="32" width="22" height="36" rx="6" fill="paint:deep" ${outline}/><rect x="8" y="8" width="266" height="84" rx="16" fill="url(#m)" ${outline}/>
    <rect x="26" y="24" width="224" height="52" rx="7" fill="paint:hollow" stroke="paint:line" stroke-width="2"/>
    <g clip-path="url(#c)"><rect tb:tag="charge" x="26" y="24" width="224" height="52"/></g>
    <path d="M82 24V76M138 24V76M194 24V76" stroke="paint:surface" stroke-width="3" fill="none"/>
    <rect x="98" y="34" width="80" height="32" rx="9" fill="paint:surface" fill-opacity="0.9"/>
    <text tb:tag="percent" x="138" y="50" text-anchor="middle" dominant-baseline="central" font-size="22" font-weight="650" fill="paint:ink"></text>
    <circle tb:tag="lamp" cx="262" cy="22" r="6" stroke="paint:line" stroke-width="1.5"/>`,
  signsAt: [40, 50],
  signs: 17,
})

const generatorDrawing = `<defs>${metal('m', 'down')}</defs>
    <path d="M60 262h96v26H60ZM344 262h96v26h-96Z" fill="paint:deep" ${outline}/><rect x="14" y="252" width="472" height="20" rx="5" fill="paint:shade" ${outline}/>
    <path d="M386 60V22h34v38" fill="paint:shade" ${outline}/><path d="M380 22h46" stroke="paint:line" stroke-width="6" stroke-linecap="round"/>
    <rect x="24" y="58" width="452" height="196" rx="16" fill="url(#m)" ${outline}/>
    ${Array.from({ length: 6 }, (_, index) => `<path d="M330 ${92 + index * 24}H446" stroke="paint:deep" stroke-width="7" stroke-linecap="round" fill="none"/>`).join('')}
    <rect x="52" y="86" width="112" height="74" rx="8" fill="paint:surface" ${outline}/><path tb:tag="trace" d="M64 124h20q10-34 20 0t20 0h28" fill="none" stroke-width="4"/>
    <circle tb:tag="lamp" cx="74" cy="200" r="13" stroke="paint:line" stroke-width="2"/><rect x="104" y="190" width="60" height="20" rx="6" fill="paint:deep"/>
    <g fill="paint:warn" stroke="paint:line" stroke-width="2.5" stroke-linejoin="round">${bolt(246, 156, 54)}</g>`

const generator = device({
  id: 'industrial-fuel-generator-hp',
  title: 'Generator',
  columns: 5,
  rows: 3,
  bind: { trace: { stroke: stateFill } },
  drawing: generatorDrawing,
  signsAt: [456, 78],
  signs: 26,
})

const smallGenerator = device({
  id: 'fuel-generator-hp',
  title: 'Small generator',
  columns: 1,
  rows: 1,
  drawing: `<defs>${metal('m', 'down')}</defs><path d="M20 78h14v10H20ZM66 78h14v10H66Z" fill="paint:deep"/><path d="M72 26V12h10v14" fill="paint:shade" ${outline}/>
    <rect x="8" y="24" width="84" height="56" rx="9" fill="url(#m)" ${outline}/><path d="M62 38h20M62 48h20M62 58h20M62 68h20" stroke="paint:deep" stroke-width="4" stroke-linecap="round"/>
    <g fill="paint:warn" stroke="paint:line" stroke-width="1.5" stroke-linejoin="round">${bolt(42, 52, 19)}</g><circle tb:tag="lamp" cx="20" cy="36" r="6" stroke="paint:line" stroke-width="1.5"/>`,
  signsAt: [82, 22],
  signs: 13,
})

const transformer = (id: string, title: string, rows: number): OwnSymbol => {
  const h = rows * 100
  const insulator = (x: number) =>
    `<path d="M${x} 4V66" stroke="paint:line" stroke-width="6"/>${[18, 36, 54].map((y) => `<ellipse cx="${x}" cy="${y}" rx="17" ry="8" fill="paint:light" ${outline}/>`).join('')}`
  const y = 74 + (h - 96) / 2
  return device({
    id,
    title,
    columns: 2,
    rows,
    drawing: `<defs>${metal('m', 'across')}</defs>${insulator(50)}${insulator(100)}${insulator(150)}
      <rect x="14" y="74" width="172" height="${h - 92}" rx="8" fill="url(#m)" ${outline}/><rect x="6" y="66" width="188" height="14" rx="4" fill="paint:body" ${outline}/>
      ${[26, 42, 158, 174].map((x) => `<path d="M${x} 92V${h - 30}" stroke="paint:deep" stroke-opacity="0.7" stroke-width="4" stroke-linecap="round"/>`).join('')}
      <rect x="4" y="${h - 20}" width="192" height="15" rx="4" fill="paint:deep" ${outline}/>
      <circle tb:tag="lamp" cx="100" cy="${y}" r="37" stroke="paint:line" stroke-width="2.5"/><g fill="paint:surface">${bolt(100, y, 25)}</g>`,
    signsAt: [160, 104],
  })
}

const windows = (list: readonly (readonly [number, number])[], width: number, height: number) =>
  list
    .map(
      ([x, y]) =>
        `<rect tb:tag="light" x="${x}" y="${y}" width="${width}" height="${height}" rx="2.5" stroke="paint:line" stroke-width="1.8"/>`,
    )
    .join('')
const light = {
  light: {
    fill: [{ when: 'running', use: 'glow' }, { use: 'deep' }],
  },
}
const row = (from: number, step: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index * step)
const raster = (xs: readonly number[], ys: readonly number[]) => ys.flatMap((y) => xs.map((x) => [x, y] as const))

const house = device({
  id: 'house-hp',
  title: 'House',
  columns: 2,
  rows: 2,
  bind: light,
  drawing: `<defs>${metal('m', 'down')}</defs><path d="M138 64V24h26v62Z" fill="paint:shade" ${outline}/><path d="M28 96L100 26L172 96V190H28Z" fill="paint:light" ${outline}/>
    <path d="M8 104L100 14L192 104" fill="none" stroke="paint:line" stroke-width="16" stroke-linejoin="round" stroke-linecap="round"/><path d="M8 104L100 14L192 104" fill="none" stroke="paint:deep" stroke-width="11" stroke-linejoin="round" stroke-linecap="round"/>
    <rect x="46" y="130" width="34" height="60" rx="3" fill="paint:shade" ${outline}/><circle tb:tag="lamp" cx="73" cy="162" r="4"/>
    ${windows(raster([100, 132], [116]), 26, 30)}${windows(raster([100, 132], [150]), 26, 22)}<circle cx="100" cy="76" r="12" fill="paint:hollow" ${outline}/><rect x="6" y="188" width="188" height="9" rx="4" fill="paint:deep" ${outline}/>`,
  signsAt: [170, 40],
})

const apartments = device({
  id: 'apartments-hp',
  title: 'Apartments',
  columns: 2,
  rows: 2,
  bind: light,
  drawing: `<rect x="12" y="64" width="84" height="126" rx="4" fill="paint:body" ${outline}/><rect x="80" y="10" width="108" height="180" rx="4" fill="paint:light" ${outline}/>
    ${windows(raster([24, 46], row(78, 26, 4)), 16, 15)}${windows(raster([92, 124, 156], row(24, 28, 4)), 22, 17)}
    <rect x="116" y="148" width="34" height="42" rx="3" fill="paint:shade" ${outline}/><circle tb:tag="lamp" cx="143" cy="168" r="4"/><rect x="6" y="188" width="188" height="9" rx="4" fill="paint:deep" ${outline}/>`,
  signsAt: [40, 40],
})

const manufacture = device({
  id: 'manufacture-hp',
  title: 'Factory',
  columns: 2,
  rows: 2,
  bind: light,
  drawing: `<path d="M152 84L157 10h24l7 180h-36Z" fill="paint:shade" ${outline}/><path d="M154 40h29" stroke="paint:line" stroke-width="7"/><path d="M12 190V72L52 98V72L92 98V72L132 98H160V190Z" fill="paint:light" ${outline}/>
    ${windows(raster(row(28, 32, 4), [118, 146]), 22, 18)}<circle tb:tag="lamp" cx="144" cy="178" r="6" stroke="paint:line" stroke-width="1.5"/><rect x="6" y="188" width="188" height="9" rx="4" fill="paint:deep" ${outline}/>`,
  signsAt: [34, 46],
})

const consumers = device({
  id: 'consumers-hp',
  title: 'Consumers',
  columns: 3,
  rows: 2,
  bind: light,
  drawing: `<rect x="104" y="10" width="98" height="180" rx="4" fill="paint:light" ${outline}/>${windows(raster([116, 144, 172], row(24, 28, 4)), 18, 17)}
    <path d="M252 110L256 24h20l6 166h-34Z" fill="paint:shade" ${outline}/><path d="M194 190V104L224 124V104L254 124H272V190Z" fill="paint:body" ${outline}/>${windows(raster([206, 230], [142, 164]), 17, 13)}
    <path d="M20 118L66 76L112 118V190H20Z" fill="paint:body" ${outline}/><path d="M8 122L66 68L124 122" fill="none" stroke="paint:deep" stroke-width="9" stroke-linejoin="round" stroke-linecap="round"/>${windows(raster([34, 74], [130]), 22, 20)}
    <rect x="56" y="156" width="20" height="34" rx="2" fill="paint:shade" ${outline}/><rect x="140" y="146" width="28" height="44" rx="3" fill="paint:shade" ${outline}/><circle tb:tag="lamp" cx="161" cy="168" r="4"/><rect x="6" y="188" width="288" height="9" rx="4" fill="paint:deep" ${outline}/>`,
  signsAt: [34, 40],
})

const bulb = (id: string, title: string, turned: boolean): OwnSymbol =>
  device({
    id,
    title,
    columns: 1,
    rows: 1,
    bind: {
      glass: { fill: [{ when: 'running', use: 'glow' }, { use: 'hollow' }] },
      rays: { show: 'running' },
    },
    drawing: `<g${turned ? ' transform="rotate(180 50 50)"' : ''}><path tb:tag="rays" d="M50 4V10M16 16l5 5M84 16l-5 5M4 44h7M89 44h7" stroke="paint:warn" stroke-width="4" stroke-linecap="round" fill="none"/>
      <path tb:tag="glass" d="M38 72C38 62 24 58 24 40a26 26 0 0 1 52 0c0 18-14 22-14 32Z" ${outline}/><path d="M42 50l8 8l8-8M50 58V72" fill="none" stroke="paint:line" stroke-width="2.5" stroke-linecap="round"/>
      <rect x="37" y="72" width="26" height="8" rx="3" fill="paint:body" ${outline}/><rect tb:tag="lamp" x="39" y="80" width="22" height="8" rx="3" ${outline}/><path d="M50 88V100" stroke="paint:wire" stroke-width="6"/></g>`,
    signsAt: [82, turned ? 82 : 22],
    signs: 12,
  })

const socket = device({
  id: 'power-socket-hp',
  title: 'Socket',
  columns: 1,
  rows: 1,
  drawing: `<defs>${metal('m', 'down')}</defs><rect x="8" y="8" width="84" height="84" rx="14" fill="url(#m)" ${outline}/><circle cx="50" cy="50" r="32" fill="paint:hollow" ${outline}/>
    <circle cx="37" cy="50" r="5.5" fill="paint:line"/><circle cx="63" cy="50" r="5.5" fill="paint:line"/><path d="M50 20v8M50 72v8" stroke="paint:line" stroke-width="5" stroke-linecap="round"/>
    <circle tb:tag="lamp" cx="82" cy="82" r="6" stroke="paint:line" stroke-width="1.5"/>`,
  signsAt: [82, 22],
  signs: 12,
})

export const energy: readonly OwnSymbol[] = [
  socket,
  windTurbine,
  solarPanel,
  standSolarPanel,
  battery,
  generator,
  smallGenerator,
  transformer('power-transformer-hp', 'Transformer', 3),
  transformer('small-power-transformer-hp', 'Small transformer', 2),
  house,
  apartments,
  manufacture,
  consumers,
  bulb('top-light-bulb-hp', 'Light bulb', false),
  bulb('bottom-light-bulb-hp', 'Light bulb, hanging', true),
]
