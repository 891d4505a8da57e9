import { fixed, readyControl } from './case-control.ts'
import type { WidgetCase } from '../widget.ts'
import { codedSymbol, hostileSymbol, plainSymbol } from './case-files.ts'

const stale = { ...readyControl, staleSince: Date.UTC(2026, 0, 1) }

const shows = (name: string, symbol: string, values: Record<string, unknown>, properties = {}): WidgetCase => ({
  name,
  settings: { symbol, scadaSymbolObjectSettings: { properties } },
  state: readyControl,
  control: fixed(values),
})

const still = { running: false, warning: false, critical: false, criticalAnimation: false }
const runs = { ...still, running: true }
const full = { fluid: true, flow: true, flowDirection: true, flowAnimationSpeed: 1, leak: false }
const branches = (...sides: string[]) =>
  Object.fromEntries(
    sides.flatMap((side) => [
      [`${side}Fluid`, true],
      [`${side}Flow`, true],
      [`${side}FlowDirection`, true],
      [`${side}FlowAnimationSpeed`, 1],
    ]),
  )
const tank = (currentVolume: unknown, more = {}) => ({ tankCapacity: 2_000, currentVolume, ...more })

/** Each of the set as it usually is. */
const set: WidgetCase[] = [
  shows('centrifugal pump, running', 'centrifugal-pump', runs),
  shows('motor pump, running', 'left-motor-pump', runs),
  shows('motor pump, the other way round', 'right-motor-pump', still),
  shows('small motor pump', 'small-left-motor-pump', runs),
  shows('fan', 'fan', runs),
  shows('ball valve, open', 'horizontal-ball-valve', { opened: true }),
  shows('ball valve, closed', 'vertical-ball-valve', { opened: false }),
  shows('wheel valve, open', 'horizontal-wheel-valve', { opened: true }),
  shows('wheel valve, closed', 'vertical-wheel-valve', { opened: false }),
  shows('valve', 'horizontal-valve-hp', { opened: false }),
  shows('circuit breaker, on', 'curcuit-breaker-hp', { initialState: true }),
  shows('circuit breaker, off', 'horizontal-curcuit-breaker-hp', { initialState: false }),
  shows('vertical tank', 'vertical-tank', tank(1_240)),
  shows('cylindrical tank on a stand', 'stand-cylindrical-tank', tank(420)),
  shows('large tank', 'large-vertical-tank', tank(1_660)),
  shows('horizontal tank', 'horizontal-tank', tank(900)),
  shows('horizontal tank on a stand', 'stand-horizontal-tank', tank(1_900)),
  shows('spherical tank', 'spherical-tank', tank(1_100)),
  shows('small spherical tank', 'small-spherical-tank', tank(300)),
  shows('conical tank', 'conical-tank', tank(1_500)),
  shows('elevated tank', 'elevated-tank', tank(1_300)),
  shows('pool', 'pool', tank(1_500)),
  shows('pipe', 'horizontal-pipe', full),
  shows('long pipe, backwards', 'long-horizontal-pipe', { ...full, flowDirection: false }),
  shows('pipe, empty', 'long-vertical-pipe', { fluid: false, flow: false }),
  shows('pipe that leaks', 'long-horizontal-pipe', { ...full, flow: false, leak: true }),
  shows('elbow, left and bottom', 'left-bottom-elbow-pipe', full),
  shows('elbow, top and right', 'top-right-elbow-pipe', full),
  shows('tee', 'bottom-tee-pipe', branches('left', 'right', 'bottom')),
  shows('tee, one branch empty', 'left-tee-pipe', branches('left', 'top')),
  shows('cross', 'cross-pipe', branches('left', 'right', 'top', 'bottom')),
  shows('drain', 'left-drain-pipe', { leak: true }),
  shows('drain with an elbow, dry', 'right-elbow-drain-pipe', { leak: false }),
  shows('broken pipe', 'horizontal-broken-pipe', {}),
  shows('flow meter', 'horizontal-inline-flow-meter', { ...full, value: 42 }),
  shows('flow meter above', 'top-flow-meter', { ...full, value: 1_280 }),
  shows('flow meter, broken', 'left-flow-meter', { ...full, broken: true }),
  shows('round meter', 'round-meter', { value: 63 }),
  shows('level meter', 'meter', { value: 37 }),
  shows('leak sensor, dry', 'leak-sensor', { leak: false }),
  shows('leak sensor, wet', 'leak-sensor', { leak: true }),
  shows('filter', 'filter-hp', {}),
  shows('long filter', 'long-bottom-filter', { warning: true }),
  shows('sand filter', 'sand-filter', runs),
  shows('heat exchanger', 'heat-exchanger-hp', runs),
  shows('heat pump', 'left-heat-pump', { ...runs, temperature: 27.4 }),
  shows('wind turbine', 'wind-turbine-hp', runs),
  shows('solar panel', 'solar-panel-hp', runs),
  shows('solar panels on a stand', 'stand-solar-panel-hp', runs),
  shows('battery', 'battery-hp', { ...runs, level: 68 }),
  shows('generator', 'industrial-fuel-generator-hp', runs),
  shows('small generator', 'fuel-generator-hp', still),
  shows('transformer', 'power-transformer-hp', runs),
  shows('house', 'house-hp', runs),
  shows('apartments', 'apartments-hp', still),
  shows('factory', 'manufacture-hp', runs),
  shows('consumers', 'consumers-hp', runs),
  shows('socket', 'power-socket-hp', runs),
  shows('light bulb', 'top-light-bulb-hp', runs),
  shows('line with current', 'long-horizontal-connector-hp', { flowAnimation: true, arrowDirection: true }),
  shows('line with an arrow back', 'horizontal-connector-hp', { arrow: true, arrowDirection: false }),
  shows('corner of lines', 'left-top-elbow-connector-hp', { flowAnimation: true, animationDirection: true }),
  shows('crossing of lines', 'cross-connector-hp', { leftFlow: true, rightFlow: true }),
]

export const cases: WidgetCase[] = [
  {
    name: 'waiting for the device behind the alias',
    settings: { symbol: 'centrifugal-pump' },
    state: { status: 'loading' },
  },
  {
    name: 'no entity behind the alias',
    settings: { symbol: 'centrifugal-pump' },
    state: { status: 'empty', reason: 'No entity matches' },
  },
  {
    name: 'the server refused',
    settings: { symbol: 'centrifugal-pump' },
    state: { status: 'failed', reason: 'Permission denied' },
  },
  { name: 'no symbol is chosen', settings: {}, state: readyControl },
  ...set,
  shows('stopped', 'centrifugal-pump', still),
  shows('with a warning', 'centrifugal-pump', { ...runs, warning: true }),
  shows('critical, blinking', 'centrifugal-pump', { ...runs, critical: true, criticalAnimation: true }),
  shows('colours and connections of a file', 'centrifugal-pump', runs, {
    runningColor: '#7c3aed',
    rightTopConnector: false,
    rightBottomConnector: true,
  }),
  shows('a tank that is critical', 'vertical-tank', tank(80, { critical: true })),
  shows('a tank without a capacity', 'vertical-tank', { currentVolume: 80 }),
  shows('values of another kind', 'horizontal-tank', { tankCapacity: 'large', currentVolume: { odd: 1 } }),
  shows('not a number, and past its end', 'meter', { value: Number.NaN }),
  shows('far too much', 'round-meter', { value: 1e12 }),
  {
    name: 'asking the device',
    settings: { symbol: 'horizontal-ball-valve' },
    state: readyControl,
    control: fixed({ opened: undefined }, { phase: 'reading' }),
  },
  {
    name: 'sending',
    settings: { symbol: 'horizontal-wheel-valve' },
    state: readyControl,
    control: { ...fixed({ opened: true }), sending: 'open' },
  },
  {
    name: 'the device refused',
    settings: { symbol: 'horizontal-tank' },
    state: readyControl,
    control: { ...fixed(tank(700)), problem: { kind: 'failed', reason: 'Permission denied', write: 'open' } },
  },
  {
    name: 'stale',
    settings: { symbol: 'centrifugal-pump' },
    state: stale,
    control: fixed(runs),
  },
  {
    name: 'a symbol that nothing here draws',
    settings: { symbol: 'drilling-rig-hp' },
    state: readyControl,
  },
  {
    name: 'a file without code',
    settings: { scadaSymbolContent: plainSymbol },
    state: readyControl,
    control: fixed({ on: true, share: 60 }),
  },
  {
    name: 'a file with code, in the sandbox',
    settings: { scadaSymbolContent: codedSymbol },
    state: readyControl,
    control: fixed({ running: true, speed: 2, share: 40 }),
  },
  {
    name: 'a file that wants to run in the page',
    settings: { scadaSymbolContent: hostileSymbol },
    state: readyControl,
    control: fixed({}),
  },
  {
    name: 'a file that is no SVG',
    settings: { scadaSymbolContent: '<html><b>no</html>' },
    state: readyControl,
    control: fixed({}),
  },
]
