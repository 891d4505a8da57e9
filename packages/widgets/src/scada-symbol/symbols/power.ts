import type { OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { attribute, command, fixed, flag, stateFill, telemetry, text, units, writeAttribute } from './behaviors.ts'
import { device, fixture } from './device.ts'
import { metal, outline } from './shapes.ts'

const housing = (width: number, height: number): string =>
  `<defs>${metal('m', 'down')}</defs><rect x="6" y="6" width="${width - 12}" height="${height - 12}" rx="14" fill="url(#m)" ${outline}/>`

/** A window with a number. */
const readout = (tag: string, x: number, y: number, width: number, height: number): string =>
  `<rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="6" fill="paint:surface" stroke="paint:line" stroke-width="1.5"/>` +
  `<text tb:tag="${tag}" x="${x}" y="${y}" text-anchor="middle" dominant-baseline="central" font-size="${height * 0.56}" font-weight="600" fill="paint:ink"></text>`

const caption = (tag: string, x: number, y: number, size: number, anchor = 'middle'): string =>
  `<text tb:tag="${tag}" x="${x}" y="${y}" text-anchor="${anchor}" dominant-baseline="central" font-size="${size}" fill="paint:ink2"></text>`

const lamp = (x: number, y: number, r: number): string =>
  `<circle tb:tag="lamp" cx="${x}" cy="${y}" r="${r}" stroke="paint:line" stroke-width="1.8"/>`

const terminals = (xs: readonly number[], y: number): string =>
  xs
    .map(
      (x) =>
        `<circle cx="${x}" cy="${y}" r="8" fill="paint:deep" ${outline}/><path d="M${x - 5} ${y}h10" stroke="paint:light" stroke-width="2"/>`,
    )
    .join('')

const voltage = { unit: '$units', decimals: 0, room: 6 }

const relay = device({
  id: 'voltage-relay-hp',
  title: 'Voltage relay',
  columns: 1,
  rows: 2,
  behavior: [telemetry('voltage', 'Voltage', 'DOUBLE', 'voltage')],
  properties: [units('units', 'V')],
  bind: { voltage: { text: { of: 'voltage', ...voltage } } },
  drawing: `${housing(100, 200)}${terminals([30, 70], 28)}${terminals([30, 70], 172)}<rect x="14" y="46" width="72" height="108" rx="8" fill="paint:shade" ${outline}/>${readout('voltage', 50, 76, 60, 34)}${lamp(50, 124, 11)}`,
  signsAt: [82, 140],
  signs: 14,
})

const threePhaseRelay = device({
  id: '3-phase-voltage-relay-hp',
  title: 'Voltage relay, three phases',
  columns: 2,
  rows: 2,
  behavior: [
    telemetry('firstPhaseVoltage', 'Voltage of phase 1', 'DOUBLE', 'firstPhaseVoltage'),
    telemetry('secondPhaseVoltage', 'Voltage of phase 2', 'DOUBLE', 'secondPhaseVoltage'),
    telemetry('thirdPhaseVoltage', 'Voltage of phase 3', 'DOUBLE', 'thirdPhaseVoltage'),
  ],
  properties: [units('units', 'V')],
  bind: Object.fromEntries(
    ['first', 'second', 'third'].map((phase) => [phase, { text: { of: `${phase}PhaseVoltage`, ...voltage } }]),
  ),
  drawing: `${housing(200, 200)}${terminals([40, 80, 120, 160], 28)}${terminals([40, 80, 120, 160], 172)}<rect x="16" y="46" width="168" height="108" rx="8" fill="paint:shade" ${outline}/>
    ${['first', 'second', 'third'].map((phase, index) => `<text x="30" y="${65 + index * 34}" font-size="15" font-weight="600" dominant-baseline="central" fill="paint:ink2">L${index + 1}</text>${readout(phase, 98, 65 + index * 34, 88, 27)}`).join('')}${lamp(164, 100, 10)}`,
  signsAt: [176, 132],
  signs: 17,
})

type Rate = { id: string; name: string; label: string; labelName: string }
const rate = (name: string, title: string): Rate => ({
  id: `${name}Rate`,
  name: `${title} rate`,
  label: `${name}Label`,
  labelName: `show${name.charAt(0).toUpperCase()}${name.slice(1)}Label`,
})

/** A meter with a window for each rate, in one column or two. */
const energyMeter = (
  id: string,
  title: string,
  columns: number,
  rates: readonly Rate[],
  captions: readonly string[],
) => {
  const width = columns * 100
  const inColumns = rates.length > 2 ? 2 : 1
  const lines = Math.ceil(rates.length / inColumns)
  const cellWidth = (width - 28) / inColumns
  const lineHeight = 100 / lines
  const at = (index: number) => ({
    x: 14 + cellWidth * (index % inColumns) + cellWidth / 2,
    y: 26 + lineHeight * Math.floor(index / inColumns) + lineHeight / 2,
  })
  return device({
    id,
    title,
    columns,
    rows: 2,
    behavior: rates.map((one) => telemetry(one.id, one.name, 'DOUBLE', one.id)),
    properties: [
      ...rates.flatMap((one, index) => [
        flag(one.labelName, `${one.name}: label`, true),
        text(one.label, `${one.name}: label`, captions[index] ?? one.name),
      ]),
      units('units', 'kWh'),
    ],
    bind: Object.fromEntries(
      rates.flatMap((one) => [
        [one.id, { text: { of: one.id, unit: '$units', room: 11 } }],
        [one.label, { text: { unit: `$${one.label}`, room: 14 }, show: one.labelName }],
      ]),
    ),
    drawing: `${housing(width, 200)}<rect x="14" y="18" width="${width - 28}" height="114" rx="9" fill="paint:shade" ${outline}/>
      ${rates.map((one, index) => `${caption(one.label, at(index).x, at(index).y - lineHeight * 0.28, Math.min(14, lineHeight * 0.3))}${readout(one.id, at(index).x, at(index).y + lineHeight * 0.14, cellWidth - 14, Math.min(34, lineHeight * 0.52))}`).join('')}
      ${terminals([30, 60, 90], 164)}${lamp(width - 34, 164, 12)}<path d="M${width - 74} 156h20M${width - 74} 164h20M${width - 74} 172h20" stroke="paint:deep" stroke-width="3.5" stroke-linecap="round"/>`,
    signsAt: [width - 24, 26],
    signs: 17,
  })
}

const measured: Rate = { id: 'measured', name: 'Energy', label: 'label', labelName: 'showLabel' }

const inverter = (id: string, title: string, columns: number): OwnSymbol => {
  const width = columns * 100
  const middle = width / 2
  const state = (tag: string, index: number) =>
    `<circle tb:tag="${tag}" cx="${middle - 54 + index * 36}" cy="232" r="10" stroke="paint:line" stroke-width="1.8"/>`
  return device({
    id,
    title,
    columns,
    rows: 3,
    behavior: [
      fixed('operationMode', 'Works on the mains', true),
      attribute('chargingMode', 'Charges', 'BOOLEAN', 'chargingMode', 'SHARED_SCOPE'),
      fixed('overload', 'Overload', false),
      fixed('lowBattery', 'Battery is low', false),
      fixed('temperature', 'Too hot', false),
    ],
    bind: {
      wave: { stroke: stateFill },
      mains: { fill: [{ when: 'operationMode', use: 'ok' }, { use: 'off' }] },
      charging: { fill: [{ when: 'chargingMode', use: 'accent' }, { use: 'off' }], blink: 'chargingMode' },
      low: { fill: [{ when: 'lowBattery', use: 'warn' }, { use: 'off' }] },
      over: {
        fill: [{ when: 'overload', use: 'danger' }, { when: 'temperature', use: 'danger' }, { use: 'off' }],
        blink: 'overload',
      },
    },
    drawing: `${housing(width, 300)}<rect x="${middle - 84}" y="34" width="168" height="150" rx="12" fill="paint:surface" ${outline}/><path d="M${middle - 84} 184L${middle + 84} 34" stroke="paint:line" stroke-width="2.5"/>
      <path d="M${middle - 62} 66h44M${middle - 62} 82h12m4 0h12m4 0h12" stroke="paint:ink2" stroke-width="5" fill="none"/><path tb:tag="wave" d="M${middle + 4} 146q14-34 28 0t28 0" fill="none" stroke-width="6" stroke-linecap="round"/>
      ${columns > 3 ? `<g stroke="paint:deep" stroke-width="8" stroke-linecap="round">${[0, 1, 2, 3, 4, 5].map((index) => `<path d="M40 ${60 + index * 34}H150M${width - 150} ${60 + index * 34}H${width - 40}"/>`).join('')}</g>` : ''}
      <rect x="${middle - 78}" y="212" width="156" height="40" rx="12" fill="paint:shade" ${outline}/>${['mains', 'charging', 'low', 'over'].map(state).join('')}${lamp(middle, 270, 9)}`,
    signsAt: [width - 34, 36],
    signs: 22,
  })
}

const stabilizer = fixture({
  id: 'voltage-stabilizer-hp',
  title: 'Voltage stabilizer',
  columns: 2,
  rows: 1,
  behavior: [
    attribute('operatingMode', 'Runs', 'BOOLEAN', 'operatingMode', 'SHARED_SCOPE'),
    telemetry('inputVoltage', 'Voltage in', 'DOUBLE', 'inputVoltage'),
    telemetry('outputVoltage', 'Voltage out', 'DOUBLE', 'outputVoltage'),
  ],
  properties: [
    flag('showInputLabel', 'Label of the voltage in', true),
    text('inputLabel', 'Label of the voltage in', 'In'),
    flag('showOutputLabel', 'Label of the voltage out', true),
    text('outputLabel', 'Label of the voltage out', 'Out'),
  ],
  bind: {
    lamp: { fill: [{ when: 'operatingMode', use: 'ok' }, { use: 'off' }] },
    input: { text: { of: 'inputVoltage', unit: 'V', decimals: 0, room: 7 } },
    output: { text: { of: 'outputVoltage', unit: 'V', decimals: 0, room: 7 } },
    inputLabel: { text: { unit: '$inputLabel', room: 8 }, show: 'showInputLabel' },
    outputLabel: { text: { unit: '$outputLabel', room: 8 }, show: 'showOutputLabel' },
  },
  drawing: `${housing(200, 100)}<rect x="14" y="14" width="172" height="58" rx="8" fill="paint:shade" ${outline}/>${caption('inputLabel', 57, 25, 13)}${caption('outputLabel', 143, 25, 13)}${readout('input', 57, 50, 74, 30)}${readout('output', 143, 50, 74, 30)}
    <path d="M92 84h16m-5-5l5 5l-5 5" stroke="paint:ink2" stroke-width="2.5" fill="none" stroke-linecap="round" stroke-linejoin="round"/>${lamp(30, 83, 6)}`,
  signsAt: [182, 78],
  signs: 13,
})

const board = fixture({
  id: 'electrical-distribution-board-hp',
  title: 'Distribution board',
  columns: 2,
  rows: 3,
  properties: [flag('showIcon', 'Sign', true)],
  bind: { sign: { show: 'showIcon' } },
  drawing: `${housing(200, 300)}<rect x="20" y="22" width="160" height="256" rx="8" fill="paint:body" ${outline}/><path d="M30 138v32" stroke="paint:deep" stroke-width="9" stroke-linecap="round"/>
    <g tb:tag="sign"><path d="M100 92L154 186H46Z" fill="paint:warn" stroke="paint:line" stroke-width="5" stroke-linejoin="round"/><path d="M106 116L88 152h13l-6 24L114 142h-13Z" fill="paint:line"/></g>
    <path d="M52 228h96M52 246h96M52 264h96" stroke="paint:shade" stroke-width="6" stroke-linecap="round"/>`,
  signsAt: [168, 36],
  signs: 20,
})

const controller = (id: string, columns: number, rows: number): OwnSymbol => {
  const [width, height] = [columns * 100, rows * 100]
  return fixture({
    id,
    title: 'Energy system controller',
    columns,
    rows,
    behavior: [attribute('connected', 'Connected', 'BOOLEAN', 'connected', 'SHARED_SCOPE')],
    properties: [text('label', 'Label', 'EMS')],
    bind: {
      lamp: { fill: [{ when: 'connected', use: 'ok' }, { use: 'off' }] },
      waves: { show: 'connected' },
      label: { text: { unit: '$label', room: 10 } },
    },
    drawing: `${housing(width, height)}<rect x="20" y="20" width="${width - 40}" height="${height - 84}" rx="10" fill="paint:surface" ${outline}/>
      <text tb:tag="label" x="${width / 2}" y="${height / 2 - 4}" text-anchor="middle" dominant-baseline="central" font-size="34" font-weight="650" fill="paint:ink"></text>
      <g tb:tag="waves" stroke="paint:accent" stroke-width="4" stroke-linecap="round" fill="none"><path d="M${width / 2 - 12} 52a17 17 0 0 1 24 0M${width / 2 - 22} 42a31 31 0 0 1 44 0"/></g>
      ${lamp(40, height - 36, 11)}<path d="M${width - 104} ${height - 36}h66" stroke="paint:deep" stroke-width="9" stroke-linecap="round"/>`,
    signsAt: [width - 34, 34],
    signs: 20,
  })
}

/** A mast of lattice work from its head to its foot. */
const lattice = (top: number, bottom: number, narrow: number, wide: number): string => {
  const half = (y: number) => narrow + ((wide - narrow) * (y - top)) / (bottom - top)
  const levels = 6
  const at = (index: number) => top + ((bottom - top) * index) / levels
  const rungs = Array.from({ length: levels }, (_, index) => {
    const [upper, lower] = [at(index), at(index + 1)]
    return `M${100 - half(upper)} ${upper}L${100 + half(lower)} ${lower}M${100 + half(upper)} ${upper}L${100 - half(lower)} ${lower}M${100 - half(lower)} ${lower}H${100 + half(lower)}`
  }).join('')
  return `<path d="${rungs}" fill="none" stroke="paint:shade" stroke-width="4"/><path d="M${100 - narrow} ${top}L${100 - wide} ${bottom}M${100 + narrow} ${top}L${100 + wide} ${bottom}" fill="none" stroke="paint:line" stroke-width="7" stroke-linecap="round"/>`
}

const arm = (y: number, reach: number): string =>
  `<path d="M${100 - reach} ${y}L100 ${y - 16}L${100 + reach} ${y}Z" fill="paint:body" ${outline}/>${[-1, 1].map((side) => `<path d="M${100 + side * (reach - 6)} ${y}v22" stroke="paint:deep" stroke-width="7" stroke-linecap="round"/><circle cx="${100 + side * (reach - 6)}" cy="${y + 26}" r="5" fill="paint:wire"/>`).join('')}`

const tower = (id: string, title: string, arms: readonly (readonly [number, number])[]): OwnSymbol =>
  fixture({
    id,
    title,
    columns: 2,
    rows: 4,
    drawing: `${lattice(30, 384, 9, 58)}${arms.map(([y, reach]) => arm(y, reach)).join('')}<path d="M28 386h28M144 386h28" stroke="paint:deep" stroke-width="12" stroke-linecap="round"/>`,
    signsAt: [172, 330],
    signs: 22,
  })

const transformerTower = device({
  id: 'low-voltage-transformer-tower-hp',
  title: 'Pole with a transformer',
  columns: 2,
  rows: 4,
  drawing: `<defs>${metal('m', 'across')}</defs><path d="M91 20h18l5 368H86Z" fill="url(#m)" ${outline}/>${arm(64, 84)}<path d="M84 386h32" stroke="paint:deep" stroke-width="12" stroke-linecap="round"/>
    <rect x="46" y="150" width="108" height="112" rx="12" fill="url(#m)" ${outline}/><path d="M64 176v62M82 176v62M118 176v62M136 176v62" stroke="paint:deep" stroke-width="6" stroke-linecap="round"/>
    <path d="M70 150v-22M130 150v-22" stroke="paint:deep" stroke-width="9" stroke-linecap="round"/><path d="M70 126L22 94M130 126L178 94" stroke="paint:wire" stroke-width="3" fill="none"/>${lamp(100, 206, 11)}`,
  signsAt: [170, 166],
  signs: 22,
})

const twoKeySwitch = fixture({
  id: 'two-key-switch-hp',
  title: 'Switch with two keys',
  columns: 1,
  rows: 1,
  behavior: (['Left', 'Right'] as const).flatMap((side) => {
    const name = `${side} key`
    return [
      attribute(`initialState${side}Button`, name, 'BOOLEAN', `${side.toLowerCase()}Button`, 'SHARED_SCOPE'),
      command(`onUpdateState${side}Button`, `${name}: turns on`, 'setState', true),
      command(`offUpdateState${side}Button`, `${name}: turns off`, 'setState', false),
    ]
  }),
  bind: Object.fromEntries(
    (['Left', 'Right'] as const).flatMap((side): [string, object][] => [
      [
        `key${side}`,
        {
          fill: [{ when: `initialState${side}Button`, use: 'light' }, { use: 'shade' }],
          click: {
            toggle: `initialState${side}Button`,
            on: `onUpdateState${side}Button`,
            off: `offUpdateState${side}Button`,
          },
        },
      ],
      [`light${side}`, { fill: [{ when: `initialState${side}Button`, use: 'ok' }, { use: 'off' }] }],
    ]),
  ),
  drawing: `<defs>${metal('m', 'down')}</defs><rect x="6" y="6" width="88" height="88" rx="12" fill="url(#m)" ${outline}/><rect tb:tag="keyLeft" x="16" y="16" width="33" height="68" rx="5" ${outline}/><rect tb:tag="keyRight" x="51" y="16" width="33" height="68" rx="5" ${outline}/>
    <circle tb:tag="lightLeft" cx="32.5" cy="30" r="5" pointer-events="none"/><circle tb:tag="lightRight" cx="67.5" cy="30" r="5" pointer-events="none"/>`,
  signsAt: [84, 16],
  signs: 11,
})

const controlPanel = fixture({
  id: 'control-panel-hp',
  title: 'Control panel',
  columns: 2,
  rows: 1,
  behavior: [
    attribute('value', 'On', 'BOOLEAN', 'value', 'SHARED_SCOPE'),
    writeAttribute('onUpdateState', 'Turns on', 'value', true),
    writeAttribute('offUpdateState', 'Turns off', 'value', false),
  ],
  properties: [
    flag('label', 'Label', true),
    text('labelText', 'Label', 'Control'),
    text('onLabelText', 'Word for on', 'On'),
    text('offLabelText', 'Word for off', 'Off'),
  ],
  bind: {
    labelText: { text: { unit: '$labelText', room: 16 }, show: 'label' },
    onKey: {
      fill: [{ when: 'value', use: 'ok' }, { use: 'hollow' }],
      click: { toggle: 'value', on: 'onUpdateState', off: 'offUpdateState' },
    },
    offKey: {
      fill: [{ when: 'value', use: 'hollow' }, { use: 'off' }],
      click: { toggle: 'value', on: 'onUpdateState', off: 'offUpdateState' },
    },
    onText: { text: { unit: '$onLabelText', room: 8 } },
    offText: { text: { unit: '$offLabelText', room: 8 } },
  },
  drawing: `${housing(200, 100)}<text tb:tag="labelText" x="100" y="28" text-anchor="middle" dominant-baseline="central" font-size="17" font-weight="600" fill="paint:ink"></text>
    <rect tb:tag="onKey" x="18" y="46" width="80" height="38" rx="8" ${outline}/><rect tb:tag="offKey" x="102" y="46" width="80" height="38" rx="8" ${outline}/>
    <text tb:tag="onText" x="58" y="65" text-anchor="middle" dominant-baseline="central" font-size="17" font-weight="600" fill="paint:ink" pointer-events="none"></text><text tb:tag="offText" x="142" y="65" text-anchor="middle" dominant-baseline="central" font-size="17" font-weight="600" fill="paint:ink" pointer-events="none"></text>`,
  signsAt: [182, 20],
  signs: 13,
})

export const power: readonly OwnSymbol[] = [
  relay,
  threePhaseRelay,
  energyMeter('energy-meter-hp', 'Energy meter', 2, [measured], ['Energy']),
  energyMeter(
    'two-rate-energy-meter-hp',
    'Energy meter, two rates',
    2,
    [rate('day', 'Day'), rate('night', 'Night')],
    ['Day', 'Night'],
  ),
  energyMeter(
    'three-rate-energy-meter-hp',
    'Energy meter, three rates',
    3,
    [rate('offPeak', 'Off-peak'), rate('night', 'Night'), rate('peak', 'Peak')],
    ['Off-peak', 'Night', 'Peak'],
  ),
  energyMeter(
    'four-rate-energy-meter-hp',
    'Energy meter, four rates',
    3,
    [rate('offPeak', 'Off-peak'), rate('night', 'Night'), rate('peak', 'Peak'), rate('export', 'Export')],
    ['Off-peak', 'Night', 'Peak', 'Export'],
  ),
  inverter('inverter-hp', 'Inverter', 3),
  inverter('large-inverter-hp', 'Large inverter', 6),
  stabilizer,
  board,
  controller('horizontal-energy-system-controller-hp', 3, 2),
  controller('vertical-energy-system-controller-hp', 2, 3),
  tower('high-voltage-tower-hp', 'High-voltage tower', [
    [76, 62],
    [134, 88],
    [192, 70],
  ]),
  tower('low-voltage-tower-hp', 'Low-voltage tower', [[84, 78]]),
  transformerTower,
  twoKeySwitch,
  controlPanel,
]
