import { defineSymbol, type OwnSymbol } from '../../engines/scada/own-symbol.ts'
import {
  alarmBind,
  alarmColors,
  alarms,
  click,
  color,
  fixed,
  flag,
  leak,
  number,
  stream,
  telemetry,
  units,
} from './behaviors.ts'
import { alarmSigns, content, drops, flange, leakBind, metal, outline, pipe, streamBind } from './shapes.ts'

const alertStroke = [
  { when: 'critical', use: '$criticalColor' },
  { when: 'warning', use: '$warningColor' },
  { use: 'line' },
]

const dial = (x: number, y: number, r: number): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="url(#m)" ${outline}/><circle tb:tag="rim" cx="${x}" cy="${y}" r="${r - 6}" fill="paint:surface" stroke-width="6"/>
   <text tb:tag="value" x="${x}" y="${y - r * 0.1}" text-anchor="middle" dominant-baseline="central" font-size="${r * 0.46}" font-weight="650" fill="paint:ink"></text>
   <text tb:tag="unit" x="${x}" y="${y + r * 0.36}" text-anchor="middle" dominant-baseline="central" font-size="${r * 0.24}" fill="paint:ink2"></text>
   <g tb:tag="broken"><path d="M${x - r * 0.5} ${y - r * 0.6}l${r * 0.35} ${r * 0.5}l${-r * 0.2} ${r * 0.2}l${r * 0.5} ${r * 0.55}" fill="none" stroke="paint:danger" stroke-width="3"/></g>`

const flowMeter = (
  id: string,
  title: string,
  columns: number,
  rows: number,
  path: string,
  ends: string,
  neck: string,
  [x, y, r]: readonly [number, number, number],
): OwnSymbol =>
  defineSymbol({
    id,
    title,
    columns,
    rows,
    behavior: [
      telemetry('value', 'Flow', 'DOUBLE', 'flowRate'),
      ...alarms,
      fixed('broken', 'Is broken', false),
      click('displayClick', 'On click on the display'),
      ...stream(),
      leak,
    ],
    properties: [
      units('valueUnits', 'm³/h'),
      number('valueDecimals', 'Decimals', 0),
      color('fluidColor', 'Liquid', 'liquid'),
      ...alarmColors,
    ],
    bind: {
      ...streamBind(),
      ...leakBind,
      dial: { click: { run: 'displayClick' } },
      rim: { stroke: alertStroke },
      value: { text: { of: 'value', decimals: 'valueDecimals', room: 6 }, show: '!broken' },
      unit: { text: { unit: '$valueUnits' }, show: '!broken' },
      broken: { show: 'broken' },
      ...alarmBind,
    },
    drawing: `<defs>${metal('m', 'down')}</defs>${pipe(path)}${content(path)}${ends}${neck}<g tb:tag="dial">${dial(x, y, r)}</g>${drops(x, Math.min(rows * 100 - 36, y + r * 0.8))}${alarmSigns(x + r * 0.72, y - r * 0.68, 14)}`,
  })

const roundMeter = defineSymbol({
  id: 'round-meter',
  title: 'Round meter',
  columns: 2,
  rows: 2,
  behavior: [telemetry('value', 'Value', 'DOUBLE', 'pressure'), ...alarms, click()],
  properties: [
    number('minValue', 'From', 0),
    number('maxValue', 'To', 100),
    number('valueDecimals', 'Decimals', null),
    units('valueUnits', 'bar'),
    ...alarmColors,
  ],
  bind: {
    all: { click: { run: 'click' } },
    rim: { stroke: alertStroke },
    needle: { turn: { of: 'value', from: 'minValue', to: 'maxValue', degrees: [-130, 130], about: [100, 100] } },
    value: { text: { of: 'value', decimals: 'valueDecimals', unit: '$valueUnits', room: 9 } },
    from: { text: { of: 'minValue', room: 4 } },
    to: { text: { of: 'maxValue', room: 4 } },
    ...alarmBind,
  },
  drawing: `<defs>${metal('m', 'down')}</defs><g tb:tag="all"><circle cx="100" cy="100" r="92" fill="url(#m)" ${outline}/>
    <circle tb:tag="rim" cx="100" cy="100" r="80" fill="paint:surface" stroke-width="6"/>
    ${Array.from({ length: 11 }, (_, index) => {
      const angle = -130 + index * 26
      const isLong = index % 5 === 0
      return `<path transform="rotate(${angle} 100 100)" d="M100 ${isLong ? 44 : 38}V30" stroke="paint:ink2" stroke-width="${isLong ? 4 : 2.4}" fill="none"/>`
    }).join('')}
    <text tb:tag="from" x="70" y="128" text-anchor="middle" font-size="14" fill="paint:ink3"></text>
    <text tb:tag="to" x="130" y="128" text-anchor="middle" font-size="14" fill="paint:ink3"></text>
    <text tb:tag="value" x="100" y="160" text-anchor="middle" dominant-baseline="central" font-size="22" font-weight="650" fill="paint:ink"></text>
    <g tb:tag="needle"><path d="M100 36L105 104H95Z" fill="paint:accent"/></g><circle cx="100" cy="100" r="9" fill="paint:deep" ${outline}/></g>
    ${alarmSigns(164, 40, 20)}`,
})

/** A column that fills up, with a scale. */
const columnMeter = (id: string, title: string, rows: number, standsFor: string[] = []): OwnSymbol => {
  const h = rows * 100
  const [top, bottom] = [22, h - 56]
  const steps = rows > 2 ? 10 : 5
  return defineSymbol({
    id,
    title,
    standsFor,
    columns: 1,
    rows,
    behavior: [telemetry('value', 'Value', 'DOUBLE', 'waterLevel'), ...alarms, click()],
    properties: [
      number('minValue', 'From', 0),
      number('maxValue', 'To', 100),
      flag('valueBox', 'Value', true),
      units('valueUnits', '%'),
      color('progressBarColor', 'Bar', 'liquid'),
      ...alarmColors,
    ],
    bind: {
      all: { click: { run: 'click' } },
      bar: {
        level: { of: 'value', from: 'minValue', to: 'maxValue', height: bottom - top },
        fill: [
          { when: 'critical', use: '$criticalColor' },
          { when: 'warning', use: '$warningColor' },
          { use: '$progressBarColor' },
        ],
      },
      value: { text: { of: 'value', unit: '$valueUnits', decimals: 0, room: 6 }, show: 'valueBox' },
      from: { text: { of: 'minValue', room: 4 } },
      to: { text: { of: 'maxValue', room: 4 } },
      ...alarmBind,
    },
    drawing: `<defs>${metal('m', 'across')}<clipPath id="c"><rect x="56" y="${top}" width="22" height="${bottom - top}" rx="8"/></clipPath></defs><g tb:tag="all">
      <rect x="8" y="4" width="84" height="${h - 8}" rx="14" fill="url(#m)" ${outline}/>
      <rect x="56" y="${top}" width="22" height="${bottom - top}" rx="8" fill="paint:hollow" stroke="paint:line" stroke-width="2"/>
      <g clip-path="url(#c)"><rect tb:tag="bar" x="56" y="${top}" width="22" height="${h}"/></g>
      ${Array.from({ length: steps + 1 }, (_, index) => {
        const y = bottom - 4 - ((bottom - top - 8) * index) / steps
        return `<path d="M${index % (steps / 5) === 0 && index % 5 === 0 ? 38 : 44} ${y}H51" stroke="paint:ink2" stroke-width="2" fill="none"/>`
      }).join('')}
      <text tb:tag="to" x="34" y="${top + 6}" text-anchor="end" dominant-baseline="central" font-size="14" fill="paint:ink2"></text>
      <text tb:tag="from" x="34" y="${bottom - 5}" text-anchor="end" dominant-baseline="central" font-size="14" fill="paint:ink2"></text>
      <text tb:tag="value" x="50" y="${h - 30}" text-anchor="middle" dominant-baseline="central" font-size="22" font-weight="650" fill="paint:ink"></text>
    </g>${alarmSigns(76, 26, 14)}`,
  })
}

const leakSensor = defineSymbol({
  id: 'leak-sensor',
  title: 'Leak sensor',
  columns: 1,
  rows: 1,
  behavior: [telemetry('leak', 'Leak', 'BOOLEAN', 'leak'), click()],
  properties: [color('defaultColor', 'Dry', 'ok'), color('leakColor', 'Leak', 'danger')],
  bind: {
    all: { click: { run: 'click' } },
    drop: { fill: [{ when: 'leak', use: '$leakColor' }, { use: '$defaultColor' }] },
    rim: { stroke: [{ when: 'leak', use: '$leakColor' }, { use: 'line' }], blink: 'leak' },
    waves: { show: 'leak', stroke: '$leakColor' },
    dry: { show: '!leak' },
    mark: { show: 'leak' },
  },
  drawing: `<defs>${metal('m', 'down')}</defs><g tb:tag="all"><rect x="8" y="8" width="84" height="84" rx="20" fill="url(#m)"/>
    <rect tb:tag="rim" x="8" y="8" width="84" height="84" rx="20" fill="none" stroke-width="3"/>
    <path tb:tag="drop" d="M50 20c14 17 22 29 22 40a22 22 0 0 1-44 0c0-11 8-23 22-40Z"/>
    <path tb:tag="dry" d="M40 61l8 8l13-16" fill="none" stroke="paint:surface" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>
    <g tb:tag="mark" fill="paint:surface"><rect x="47.5" y="44" width="5" height="18" rx="2.5"/><circle cx="50" cy="70" r="3.4"/></g>
    <path tb:tag="waves" d="M18 84q8-6 16 0t16 0t16 0t16 0" fill="none" stroke-width="3" stroke-linecap="round"/></g>`,
})

export const meters: readonly OwnSymbol[] = [
  flowMeter(
    'horizontal-inline-flow-meter',
    'Horizontal flow meter',
    2,
    1,
    'M0 50H200',
    flange(0, 50, 'left') + flange(200, 50, 'right'),
    '',
    [100, 50, 46],
  ),
  flowMeter(
    'vertical-inline-flow-meter',
    'Vertical flow meter',
    1,
    2,
    'M50 0V200',
    flange(50, 0, 'top') + flange(50, 200, 'bottom'),
    '',
    [50, 100, 46],
  ),
  flowMeter(
    'top-flow-meter',
    'Flow meter above the pipe',
    2,
    2,
    'M0 150H200',
    flange(0, 150, 'left') + flange(200, 150, 'right'),
    `<path d="M84 134V110h32v24Z" fill="paint:shade" ${outline}/>`,
    [100, 62, 58],
  ),
  flowMeter(
    'bottom-flow-meter',
    'Flow meter under the pipe',
    2,
    2,
    'M0 50H200',
    flange(0, 50, 'left') + flange(200, 50, 'right'),
    `<path d="M84 66V90h32V66Z" fill="paint:shade" ${outline}/>`,
    [100, 138, 58],
  ),
  flowMeter(
    'left-flow-meter',
    'Flow meter left of the pipe',
    2,
    2,
    'M150 0V200',
    flange(150, 0, 'top') + flange(150, 200, 'bottom'),
    `<path d="M110 84h26v32h-26Z" fill="paint:shade" ${outline}/>`,
    [62, 100, 58],
  ),
  flowMeter(
    'right-flow-meter',
    'Flow meter right of the pipe',
    2,
    2,
    'M50 0V200',
    flange(50, 0, 'top') + flange(50, 200, 'bottom'),
    `<path d="M64 84h26v32H64Z" fill="paint:shade" ${outline}/>`,
    [138, 100, 58],
  ),
  roundMeter,
  columnMeter('meter', 'Level meter', 4),
  columnMeter('small-meter', 'Small level meter', 2, ['small-left-meter', 'small-right-center']),
  leakSensor,
]
