import { defineSymbol, type OwnSymbol } from '../../engines/scada/own-symbol.ts'
import {
  flag,
  alarmBind,
  alarms,
  click,
  machine,
  machineColors,
  alarmColors,
  speed,
  stateFill,
  telemetry,
  units,
  number,
} from './behaviors.ts'
import { alarmSigns, flange, metal, outline, plate, stub } from './shapes.ts'

const alert = {
  stroke: [{ when: 'critical', use: '$criticalColor' }, { when: 'warning', use: '$warningColor' }, { use: 'none' }],
}

/** A cartridge that hangs under its head, or stands on it. */
const filter = (
  id: string,
  title: string,
  rows: number,
  headAt: 'top' | 'bottom',
  standsFor: string[] = [],
): OwnSymbol => {
  const h = rows * 100
  const drawing = `${stub('left', 50, 50, 100)}${stub('right', 50, 50, 100)}
    <path d="M20 66H80L75 ${h - 30}Q74 ${h - 6} 50 ${h - 6}Q26 ${h - 6} 25 ${h - 30}Z" fill="url(#m)" ${outline}/>
    <path d="M34 92H66L63 ${h - 34}Q62 ${h - 22} 50 ${h - 22}Q38 ${h - 22} 37 ${h - 34}Z" fill="paint:hollow" stroke="paint:line" stroke-width="2"/>
    ${Array.from({ length: Math.floor((h - 140) / 14) }, (_, index) => `<path d="M40 ${104 + index * 14}H60" stroke="paint:deep" stroke-width="4" stroke-linecap="round"/>`).join('')}
    <rect x="12" y="18" width="76" height="52" rx="9" fill="url(#m)" ${outline}/><rect tb:tag="alert" x="12" y="18" width="76" height="52" rx="9" fill="none" stroke-width="6"/><rect x="32" y="8" width="36" height="12" rx="4" fill="paint:shade" ${outline}/>`
  return defineSymbol({
    id,
    title,
    standsFor,
    columns: 1,
    rows,
    behavior: [...alarms, click()],
    properties: alarmColors,
    bind: { all: { click: { run: 'click' } }, alert, ...alarmBind },
    drawing: `<defs>${metal('m', 'across')}</defs><g tb:tag="all">${headAt === 'top' ? drawing : `<g transform="matrix(1 0 0 -1 0 ${h})">${drawing}</g>`}</g>${alarmSigns(50, headAt === 'top' ? 46 : h - 46, 15)}`,
  })
}

const tube = 'M86 92V208M118 92V208M150 92V208M182 92V208M214 92V208'

const heatExchanger = defineSymbol({
  id: 'heat-exchanger-hp',
  title: 'Heat exchanger',
  columns: 3,
  rows: 3,
  behavior: [...machine],
  properties: machineColors,
  bind: {
    all: { click: { run: 'click' } },
    lamp: { fill: stateFill },
    hot: { show: 'running', flow: { when: 'running', dash: 20 } },
    cold: { show: 'running', flow: { when: 'running', dash: 20, back: 'running' } },
    ...alarmBind,
  },
  drawing: `<defs>${metal('m', 'across')}</defs><g tb:tag="all">${stub('left', 50, 150, 300)}${stub('right', 50, 150, 300)}${stub('left', 250, 150, 300)}${stub('right', 250, 150, 300)}
    <rect x="46" y="14" width="208" height="272" rx="24" fill="url(#m)" ${outline}/><rect x="64" y="74" width="172" height="152" rx="10" fill="paint:hollow" ${outline}/>
    <path d="${tube}" stroke="paint:line" stroke-width="15" stroke-linecap="round" fill="none"/><path d="M86 92V208M150 92V208M214 92V208" stroke="paint:danger" stroke-opacity="0.75" stroke-width="10" stroke-linecap="round" fill="none"/><path d="M118 92V208M182 92V208" stroke="paint:liquid" stroke-width="10" stroke-linecap="round" fill="none"/>
    <path tb:tag="hot" d="M86 92V208M150 92V208M214 92V208" stroke="paint:surface" stroke-opacity="0.75" stroke-width="4" stroke-dasharray="9 11" fill="none"/><path tb:tag="cold" d="M118 92V208M182 92V208" stroke="paint:surface" stroke-opacity="0.85" stroke-width="4" stroke-dasharray="9 11" fill="none"/>
    <circle tb:tag="lamp" cx="150" cy="44" r="12" stroke="paint:line" stroke-width="2"/>
    <path d="M96 256H204" stroke="paint:deep" stroke-width="6" stroke-linecap="round"/></g>${alarmSigns(240, 36, 22)}`,
})

const heatPump = (id: string, title: string, pipesAt: 'left' | 'right' | null, standsFor: string[] = []): OwnSymbol =>
  defineSymbol({
    id,
    title,
    standsFor,
    columns: 4,
    rows: 3,
    behavior: [...machine, speed, telemetry('temperature', 'Temperature', 'DOUBLE', 'temperature')],
    properties: [
      ...machineColors,
      flag('valueBox', 'Temperature', true),
      units('units', '°C'),
      number('temperatureDecimals', 'Decimals', 1),
    ],
    bind: {
      all: { click: { run: 'click' } },
      rotor: {
        fill: stateFill,
        spin: { when: 'running', about: [270, 146], seconds: 1.4, speed: 'rotationAnimationSpeed' },
      },
      lamp: { fill: stateFill },
      temperaturePlate: { show: 'valueBox' },
      temperature: { text: { of: 'temperature', unit: '$units', decimals: 'temperatureDecimals', room: 8 } },
      ...alarmBind,
    },
    drawing: `<defs>${metal('m', 'down')}</defs><g tb:tag="all">${pipesAt ? stub(pipesAt, 50, 200, 400) + stub(pipesAt, 150, 200, 400) : ''}
      <path d="M70 270h56v20H70ZM274 270h56v20h-56Z" fill="paint:deep" ${outline}/><rect x="18" y="14" width="364" height="260" rx="22" fill="url(#m)" ${outline}/>
      <circle cx="270" cy="146" r="92" fill="paint:hollow" ${outline}/><g tb:tag="rotor" stroke="paint:surface" stroke-width="2">${[0, 90, 180, 270].map((angle) => `<path transform="rotate(${angle} 270 146)" d="M268 138C252 104 260 66 290 64c26-2 36 22 24 38c-10 14-30 18-42 32Z"/>`).join('')}</g>
      <circle cx="270" cy="146" r="17" fill="paint:light" ${outline}/>${[36, 54, 72].map((r) => `<circle cx="270" cy="146" r="${r}" fill="none" stroke="paint:line" stroke-opacity="0.25" stroke-width="1.8"/>`).join('')}
      ${plate('temperature', 98, 78, 128, 52)}<path d="M44 140H152M44 160H152M44 180H152" stroke="paint:deep" stroke-opacity="0.6" stroke-width="5" stroke-linecap="round"/>
      <circle tb:tag="lamp" cx="58" cy="232" r="14" stroke="paint:line" stroke-width="2"/></g>${alarmSigns(352, 44, 24)}`,
  })

const sandFilter = defineSymbol({
  id: 'sand-filter',
  title: 'Sand filter',
  standsFor: ['sand-filter-hp'],
  columns: 3,
  rows: 5,
  behavior: [...machine],
  properties: machineColors,
  bind: { all: { click: { run: 'click' } }, lamp: { fill: stateFill }, alert, ...alarmBind },
  drawing: `<defs>${metal('m', 'across')}</defs><g tb:tag="all">${stub('left', 50, 150, 300)}${stub('right', 50, 150, 300)}<path d="M150 100H250V150H300" fill="none" stroke="paint:line" stroke-width="36" stroke-linejoin="round"/><path d="M150 100H250V150H300" fill="none" stroke="paint:body" stroke-width="31" stroke-linejoin="round"/>${flange(300, 150, 'right')}
    <path d="M90 470L112 420H188L210 470Z" fill="paint:shade" ${outline}/><rect x="60" y="466" width="180" height="22" rx="5" fill="paint:deep" ${outline}/>
    <rect x="96" y="14" width="108" height="112" rx="14" fill="url(#m)" ${outline}/><path d="M112 30L164 12" stroke="paint:deep" stroke-width="15" stroke-linecap="round"/>
    <path d="M6 230C6 160 70 124 150 124S294 160 294 230V350C294 408 230 440 150 440S6 408 6 350Z" fill="url(#m)" ${outline}/><path tb:tag="alert" d="M6 230C6 160 70 124 150 124S294 160 294 230V350C294 408 230 440 150 440S6 408 6 350Z" fill="none" stroke-width="6"/>
    <path d="M60 226a90 42 0 0 1 180 0V340a90 42 0 0 1-180 0Z" fill="paint:hollow" ${outline}/><path d="M60 286q22-12 45 0t45 0t45 0t45 0V340a90 42 0 0 1-180 0Z" fill="paint:warn" fill-opacity="0.55"/>
    ${[
      [90, 312],
      [124, 330],
      [160, 310],
      [196, 328],
      [146, 352],
      [108, 350],
      [188, 352],
      [220, 314],
    ]
      .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="5" fill="paint:line" fill-opacity="0.45"/>`)
      .join('')}
    <circle tb:tag="lamp" cx="150" cy="412" r="12" stroke="paint:line" stroke-width="2"/></g>${alarmSigns(244, 190, 24)}`,
})

export const processes: readonly OwnSymbol[] = [
  filter('filter-hp', 'Filter', 2, 'top', ['short-bottom-filter']),
  filter('short-top-filter', 'Filter, standing', 2, 'bottom'),
  filter('long-bottom-filter', 'Long filter', 3, 'top'),
  filter('long-top-filter', 'Long filter, standing', 3, 'bottom'),
  sandFilter,
  heatExchanger,
  heatPump('left-heat-pump', 'Heat pump, pipes on the left', 'left'),
  heatPump('right-heat-pump', 'Heat pump, pipes on the right', 'right'),
  heatPump('heat-pump-hp', 'Heat pump', null),
]
