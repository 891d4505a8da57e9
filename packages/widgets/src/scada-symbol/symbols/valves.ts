import { defineSymbol, type OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { alarmBind, alarmColors, alarms, color, command, attribute, valve } from './behaviors.ts'
import { alarmSigns, flange, metal, outline, pipe } from './shapes.ts'

const colors = [color('openedColor', 'Open', 'ok'), color('closedColor', 'Closed', 'off')]
const openFill = [{ when: 'opened', use: '$openedColor' }, { use: '$closedColor' }]
const clicks = { toggle: 'opened', on: 'open', off: 'close' }

type Way = 'horizontal' | 'vertical'
const name = (way: Way, kind: string) => `${way === 'horizontal' ? 'Horizontal' : 'Vertical'} ${kind}`

/** Turns a lying drawing of that height so that it stands. */
const standing = (drawing: string, way: Way, height: number): string =>
  way === 'horizontal' ? drawing : `<g transform="matrix(0 1 -1 0 ${height} 0)">${drawing}</g>`

const ballValve = (id: string, way: Way, standsFor: string[] = []): OwnSymbol =>
  defineSymbol({
    id,
    title: name(way, 'ball valve'),
    standsFor,
    columns: 1,
    rows: 1,
    behavior: valve,
    properties: colors,
    bind: {
      body: { click: clicks },
      ball: { fill: openFill },
      handle: {
        fill: openFill,
        turn: {
          of: 'opened',
          from: 0,
          to: 1,
          degrees: way === 'horizontal' ? [90, 0] : [0, 90],
          about: [50, 50],
        },
      },
    },
    drawing: `<defs>${metal('m', 'down')}</defs>${standing(
      pipe('M0 50H100') + flange(0, 50, 'left') + flange(100, 50, 'right'),
      way,
      100,
    )}<g tb:tag="body"><circle cx="50" cy="50" r="31" fill="url(#m)" ${outline}/><circle tb:tag="ball" cx="50" cy="50" r="22" ${outline}/>
      <circle cx="50" cy="50" r="14" fill="paint:hollow" fill-opacity="0.35"/>
      <g tb:tag="handle"><rect x="8" y="43" width="84" height="14" rx="7" stroke="paint:surface" stroke-width="2"/></g>
      <circle cx="50" cy="50" r="7" fill="paint:light" ${outline}/></g>`,
  })

const wheelValve = (id: string, way: Way): OwnSymbol => {
  const [x, y] = way === 'horizontal' ? [100, 50] : [50, 100]
  return defineSymbol({
    id,
    title: name(way, 'wheel valve'),
    columns: way === 'horizontal' ? 2 : 1,
    rows: way === 'horizontal' ? 1 : 2,
    behavior: valve,
    properties: colors,
    bind: {
      body: { click: clicks },
      bonnet: { fill: openFill },
      wheel: { fill: openFill, turn: { of: 'opened', from: 0, to: 1, degrees: [0, 180], about: [x, y] } },
    },
    drawing: `<defs>${metal('m', 'down')}</defs><g tb:tag="body">${standing(
      `${pipe('M0 50H200')}<path d="M24 24L72 14H128L176 24V76L128 86H72L24 76Z" fill="url(#m)" ${outline}/>${flange(12, 50, 'left')}${flange(188, 50, 'right')}${flange(0, 50, 'left')}${flange(200, 50, 'right')}`,
      way,
      100,
    )}<circle tb:tag="bonnet" cx="${x}" cy="${y}" r="17" ${outline}/>
      <g tb:tag="wheel"><path fill-rule="evenodd" stroke="paint:line" stroke-width="2" d="${wheel(x, y)}"/></g>
      <circle cx="${x}" cy="${y}" r="6" fill="paint:light" ${outline}/></g>`,
  })
}

/** A rim with five spokes. */
const wheel = (x: number, y: number): string => {
  const ring = (r: number) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`
  const spokes = Array.from({ length: 5 }, (_, index) => {
    const angle = (index * 2 * Math.PI) / 5 - Math.PI / 2
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const at = (r: number, side: number) =>
      `${(x + r * cos - side * 3 * sin).toFixed(2)} ${(y + r * sin + side * 3 * cos).toFixed(2)}`
    return `M${at(9, -1)}L${at(37, -1)}L${at(37, 1)}L${at(9, 1)}Z`
  })
  return `${ring(45)}${ring(37)}${spokes.join('')}`
}

const gateValve = (id: string, way: Way): OwnSymbol =>
  defineSymbol({
    id,
    title: name(way, 'valve'),
    columns: 1,
    rows: 1,
    behavior: [...valve, ...alarms],
    properties: [...colors, ...alarmColors],
    bind: {
      body: { click: clicks },
      wings: { fill: openFill },
      stem: { fill: openFill },
      bar: { show: '!opened' },
      ...alarmBind,
    },
    drawing: `<g tb:tag="body">${standing(
      `<rect x="0" y="0" width="100" height="100" fill="paint:surface" fill-opacity="0"/>
      <path d="M50 56V26" stroke="paint:line" stroke-width="5" fill="none"/><rect tb:tag="stem" x="28" y="8" width="44" height="20" rx="6" ${outline}/>
      <path tb:tag="wings" d="M4 28L50 56L96 28V84L50 56L4 84Z" ${outline}/>
      <path tb:tag="bar" d="M50 38V74" stroke="paint:danger" stroke-width="6" stroke-linecap="round"/>`,
      way,
      100,
    )}</g>${alarmSigns(80, 20, 14)}`,
  })

const breaker = (id: string, way: Way): OwnSymbol => {
  const lies = way === 'horizontal'
  const wire = lies ? 'M0 50H44M156 50H200' : 'M50 0V44M50 156V200'
  const at = (x: number, y: number) => (lies ? [y, 100 - x] : [x, y])
  const [cx, cy] = [lies ? 100 : 50, lies ? 50 : 100]
  const box = lies ? 'x="44" y="12" width="112" height="76"' : 'x="12" y="44" width="76" height="112"'
  const slot = lies ? 'x="58" y="32" width="84" height="36"' : 'x="32" y="58" width="36" height="84"'
  const lever = lies ? 'x="98" y="26" width="46" height="48"' : 'x="26" y="56" width="48" height="46"'
  const [sx, sy] = at(74, 58)
  return defineSymbol({
    id,
    title: lies ? 'Horizontal circuit breaker' : 'Circuit breaker',
    standsFor: lies ? [] : ['single-key-switch-hp'],
    columns: lies ? 2 : 1,
    rows: lies ? 1 : 2,
    behavior: [
      attribute('initialState', 'On', 'BOOLEAN', 'state', 'SHARED_SCOPE'),
      command('onUpdateState', 'Switches on', 'setState', true),
      command('offUpdateState', 'Switches off', 'setState', false),
      ...alarms,
    ],
    properties: [color('enabledColor', 'On', 'ok'), color('disabledColor', 'Off', 'off'), ...alarmColors],
    bind: {
      body: { click: { toggle: 'initialState', on: 'onUpdateState', off: 'offUpdateState' } },
      lever: {
        fill: [{ when: 'initialState', use: '$enabledColor' }, { use: '$disabledColor' }],
        turn: { of: 'initialState', from: 0, to: 1, degrees: [180, 0], about: [cx, cy] },
      },
      contact: { show: 'initialState' },
      ...alarmBind,
    },
    drawing: `<defs>${metal('m', lies ? 'down' : 'across')}</defs><path d="${wire}" stroke="paint:wire" stroke-width="6" fill="none"/>
      <g tb:tag="body"><rect ${box} rx="12" fill="url(#m)" ${outline}/><rect ${slot} rx="10" fill="paint:hollow" ${outline}/>
      <g tb:tag="lever"><rect ${lever} rx="9" ${outline}/></g>
      <path tb:tag="contact" d="${lies ? 'M121 38v24' : 'M38 79h24'}" stroke="paint:surface" stroke-width="6" stroke-linecap="round" fill="none"/></g>
      ${alarmSigns(sx ?? 0, sy ?? 0, 13)}`,
  })
}

export const valves: readonly OwnSymbol[] = [
  ballValve('horizontal-ball-valve', 'horizontal', ['waterstop']),
  ballValve('vertical-ball-valve', 'vertical'),
  wheelValve('horizontal-wheel-valve', 'horizontal'),
  wheelValve('vertical-wheel-valve', 'vertical'),
  gateValve('horizontal-valve-hp', 'horizontal'),
  gateValve('vertical-valve-hp', 'vertical'),
  breaker('curcuit-breaker-hp', 'vertical'),
  breaker('horizontal-curcuit-breaker-hp', 'horizontal'),
]
