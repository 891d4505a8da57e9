import type { OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { attribute, click, color, fixed, flag, number, telemetry, text, units } from './behaviors.ts'
import { fixture } from './device.ts'
import { metal, outline } from './shapes.ts'

/** From the upper end of the scale to the lower: where the zone ends, and its colour. */
const limits = [
  { name: 'highCritical', initial: 85, title: 'Critical from' },
  { name: 'highWarning', initial: 70, title: 'Warning from' },
  { name: 'lowWarning', initial: 30, title: 'Warning below' },
  { name: 'lowCritical', initial: 15, title: 'Critical below' },
] as const

const showOf = (name: string) => `show${name.charAt(0).toUpperCase()}${name.slice(1)}Scale`
const paintOf = (name: string) => (name.endsWith('Critical') ? '$criticalColor' : '$warningColor')

/**
 * A scale with a pointer, and zones where the value should not be. Each zone is drawn over the whole scale and sinks to its
 * limit: the upper ones first, then what is good, then the lower ones over it.
 * @param isDynamic whether the limits are values of the device
 */
const zoneScale = (id: string, title: string, way: 'across' | 'up', isDynamic: boolean): OwnSymbol => {
  const lies = way === 'across'
  const [columns, rows] = lies ? [4, 2] : [2, 4]
  const [from, length] = lies ? [24, 352] : [52, 300]
  const limitOf = (name: string) => (isDynamic ? `${name}State` : `${name}Scale`)
  const ends = { from: 'minValue', to: 'maxValue' }
  const sinks = (of: string) => ({ level: { of, ...ends, height: length, across: lies } })
  const bar = (tag: string) =>
    lies
      ? `<rect tb:tag="${tag}" x="${from}" y="84" width="${length}" height="34"/>`
      : `<rect tb:tag="${tag}" x="34" y="${from}" width="34" height="${length}"/>`
  const clip = lies
    ? `<rect x="${from}" y="84" width="${length}" height="34" rx="8"/>`
    : `<rect x="34" y="${from}" width="34" height="${length}" rx="8"/>`
  const end = lies ? from + length : from
  const pointer = lies ? `M${end} 84l-13-20h26Z` : `M68 ${end}l20-13v26Z`
  const target = lies ? `M${end} 118l-10 17h20Z` : `M34 ${end}l-17-10v20Z`
  const ticks = Array.from({ length: 11 }, (_, index) => {
    const at = from + (length * index) / 10
    const long = index % 5 === 0 ? 16 : 9
    return lies ? `M${at} 120v${long}` : `M70 ${at}h${long}`
  }).join('')
  const label = (tag: string, x: number, y: number, size: number, anchor: string, weight = 400) =>
    `<text tb:tag="${tag}" x="${x}" y="${y}" text-anchor="${anchor}" dominant-baseline="central" font-size="${size}" font-weight="${weight}" fill="paint:${weight > 400 ? 'ink' : 'ink2'}"></text>`
  return fixture({
    id,
    title,
    columns,
    rows,
    behavior: [
      telemetry('value', 'Value', 'DOUBLE', 'temperature'),
      ...(isDynamic ? limits.map((one) => fixed(limitOf(one.name), one.title, one.initial)) : []),
      attribute('targetValue', 'Target', 'DOUBLE', 'target', 'SERVER_SCOPE'),
    ],
    properties: [
      number('minValue', 'From', 0),
      number('maxValue', 'To', 100),
      flag('minMaxValue', 'Ends of the scale', true),
      ...limits.flatMap((one) => [
        flag(showOf(one.name), `${one.title}: shown`, true),
        ...(isDynamic ? [] : [number(limitOf(one.name), one.title, one.initial)]),
      ]),
      flag('showValue', 'Value', true),
      number('valueDecimals', 'Decimals', 0),
      flag('label', 'Label', true),
      text('labelText', 'Label', 'Temperature'),
      flag('showUnits', 'Unit', true),
      units('units', '°C'),
      flag('showTarget', 'Target', false),
      color('goodColor', 'Good', 'ok'),
    ],
    bind: {
      top: { fill: [{ when: showOf('highCritical'), use: '$criticalColor' }, { use: '$goodColor' }] },
      upper: {
        ...sinks(limitOf('highCritical')),
        fill: [{ when: showOf('highWarning'), use: '$warningColor' }, { use: '$goodColor' }],
      },
      good: { ...sinks(limitOf('highWarning')), fill: '$goodColor' },
      lower: { ...sinks(limitOf('lowWarning')), fill: paintOf('lowWarning'), show: showOf('lowWarning') },
      bottom: { ...sinks(limitOf('lowCritical')), fill: paintOf('lowCritical'), show: showOf('lowCritical') },
      pointer: sinks('value'),
      target: { ...sinks('targetValue'), show: 'showTarget' },
      value: { text: { of: 'value', decimals: 'valueDecimals', room: 8 }, show: 'showValue' },
      unit: { text: { unit: '$units', room: 5 }, show: 'showUnits' },
      label: { text: { unit: '$labelText', room: 18 }, show: 'label' },
      from: { text: { of: 'minValue', room: 6 }, show: 'minMaxValue' },
      to: { text: { of: 'maxValue', room: 6 }, show: 'minMaxValue' },
    },
    drawing: `<defs>${metal('m', 'down')}<clipPath id="c">${clip}</clipPath></defs><rect x="6" y="6" width="${columns * 100 - 12}" height="${rows * 100 - 12}" rx="14" fill="paint:surface" ${outline}/>
      <g clip-path="url(#c)">${['top', 'upper', 'good', 'lower', 'bottom'].map(bar).join('')}</g><path d="${ticks}" stroke="paint:ink3" stroke-width="2" fill="none"/>
      <path tb:tag="target" d="${target}" fill="paint:accent" ${outline}/><path tb:tag="pointer" d="${pointer}" fill="paint:ink" stroke="paint:surface" stroke-width="2"/>
      ${
        lies
          ? `${label('label', 24, 34, 22, 'start')}${label('value', 340, 34, 34, 'end', 650)}${label('unit', 346, 37, 18, 'start')}${label('from', from, 152, 18, 'start')}${label('to', from + length, 152, 18, 'end')}`
          : `${label('label', 100, 26, 19, 'middle')}${label('value', 142, 196, 34, 'middle', 650)}${label('unit', 142, 228, 18, 'middle')}${label('to', 94, from + 2, 17, 'start')}${label('from', 94, from + length - 2, 17, 'start')}`
      }`,
    signsAt: lies ? [376, 170] : [172, 372],
    signs: 18,
  })
}

/** A round meter of how full something is, at the end of a pipe. */
const waterMeter = (side: 'left' | 'right'): OwnSymbol =>
  fixture({
    id: `${side}-analog-water-level-meter`,
    title: `Water level meter, ${side}`,
    columns: 1,
    rows: 1,
    behavior: [
      attribute('fullValue', 'Full at', 'DOUBLE', 'fullValue', 'SERVER_SCOPE'),
      telemetry('value', 'Level', 'DOUBLE', 'waterLevel'),
      fixed('broken', 'Is broken', false),
      click('displayClick', 'On click on the display'),
    ],
    properties: [flag('label', 'Label', true), text('labelText', 'Label', 'Level')],
    bind: {
      dial: { click: { run: 'displayClick' } },
      needle: {
        turn: { of: 'value', from: 0, to: 'fullValue', degrees: [-120, 120], about: [50, 50] },
        show: '!broken',
      },
      label: { text: { unit: '$labelText', room: 9 }, show: 'label' },
      broken: { show: 'broken' },
    },
    drawing: `<defs>${metal('m', 'down')}</defs><rect x="${side === 'left' ? 0 : 84}" y="38" width="16" height="24" fill="url(#m)" ${outline}/><g tb:tag="dial"><circle cx="50" cy="50" r="42" fill="url(#m)" ${outline}/><circle cx="50" cy="50" r="34" fill="paint:surface" stroke="paint:line" stroke-width="1.5"/>
      <path d="M25.8 64A28 28 0 0 1 50 22" fill="none" stroke="paint:off" stroke-width="5"/><path d="M50 22A28 28 0 0 1 74.2 64" fill="none" stroke="paint:liquid" stroke-width="5"/>
      <g tb:tag="needle"><path d="M50 26L53 52H47Z" fill="paint:danger"/></g><circle cx="50" cy="50" r="5" fill="paint:deep"/><text tb:tag="label" x="50" y="70" text-anchor="middle" dominant-baseline="central" font-size="10" fill="paint:ink2"></text>
      <path tb:tag="broken" d="M34 28l12 18l-8 6l18 20" fill="none" stroke="paint:danger" stroke-width="3"/></g>`,
    signsAt: [side === 'left' ? 84 : 16, 16],
    signs: 12,
  })

export const scales: readonly OwnSymbol[] = [
  zoneScale('simple-horizontal-scale-hp', 'Scale', 'across', false),
  zoneScale('simple-vertical-scale-hp', 'Upright scale', 'up', false),
  zoneScale('dynamic-horizontal-scale-hp', 'Scale with moving limits', 'across', true),
  zoneScale('dynamic-vertical-scale-hp', 'Upright scale with moving limits', 'up', true),
  waterMeter('left'),
  waterMeter('right'),
]
