/*
 * Names of ThingsBoard's symbols. Each is a file among its system images, and a widget type whose name follows from the
 * file's: `pump-x` is `pump_x`, and those of its high-performance sets, `x-hp`, are `hp_x`.
 */
const regular = [
  '3-phase-voltage-relay-hp apartments-hp battery-hp bottom-flow-meter bottom-light-bulb-hp',
  'bottom-right-elbow-connector-hp bottom-right-elbow-pipe bottom-tee-connector-hp bottom-tee-pipe centrifugal-pump',
  'conical-tank consumers-hp control-panel-hp crane-hp cross-connector-hp cross-pipe cylindrical-tank drawwork-hp',
  'drill-hp drilling-line-hp drilling-rig-hp dynamic-horizontal-scale-hp dynamic-vertical-scale-hp',
  'electrical-distribution-board-hp electrical-engine-hp elevated-tank energy-meter-hp extra-long-horizontal-pipe',
  'extra-long-vertical-pipe filter-hp four-rate-energy-meter-hp fuel-generator-hp gas-preventer-hp gas-wellhead-hp',
  'heat-exchanger-hp heat-pump-hp high-voltage-tower-hp hook-hp horizontal-ball-valve horizontal-broken-pipe',
  'horizontal-connector-hp horizontal-inline-flow-meter horizontal-pipe horizontal-tank-hp horizontal-tank',
  'horizontal-valve-hp horizontal-wheel-valve house-hp industrial-fuel-generator-hp inverter-hp large-conical-tank',
  'large-cylindrical-tank large-horizontal-separator-hp large-inverter-hp large-stand-cylindrical-tank',
  'large-stand-vertical-tank large-vertical-separator-hp large-vertical-tank leak-sensor',
  'left-analog-water-level-meter left-bottom-elbow-connector-hp left-bottom-elbow-pipe left-drain-pipe',
  'left-elbow-drain-pipe left-flow-meter left-heat-pump left-motor-pump left-tee-connector-hp left-tee-pipe',
  'left-top-elbow-connector-hp left-top-elbow-pipe long-bottom-filter long-horizontal-broken-pipe',
  'long-horizontal-connector-hp long-horizontal-pipe long-top-filter long-vertical-broken-pipe',
  'long-vertical-connector-hp long-vertical-pipe low-voltage-tower-hp low-voltage-transformer-tower-hp',
  'manufacture-hp meter oil-pump-hp platform-hp pool-hp pool power-socket-hp power-transformer-hp preventer-hp',
  'right-analog-water-level-meter right-drain-pipe right-elbow-drain-pipe right-flow-meter right-heat-pump',
  'right-motor-pump right-tee-connector-hp right-tee-pipe rotor-hp sand-filter-hp sand-filter short-bottom-filter',
  'short-left-drain-pipe short-right-drain-pipe short-top-filter short-vertical-tank-hp simple-horizontal-scale-hp',
  'simple-vertical-scale-hp single-key-switch-hp small-cylindrical-tank small-horizontal-separator-hp',
  'small-left-meter small-left-motor-pump small-meter small-power-transformer-hp small-right-motor-pump',
  'small-spherical-tank small-vertical-separator-hp solar-panel-hp spherical-tank stand-cylindrical-tank',
  'stand-horizontal-tank stand-solar-panel-hp stand-vertical-short-tank stand-vertical-tank',
  'three-rate-energy-meter-hp top-flow-meter top-light-bulb-hp top-right-elbow-connector-hp top-right-elbow-pipe',
  'top-tee-connector-hp top-tee-pipe turbine-hp two-key-switch-hp two-rate-energy-meter-hp vertical-ball-valve',
  'vertical-broken-pipe vertical-connector-hp vertical-inline-flow-meter vertical-pipe vertical-short-tank',
  'vertical-tank-hp vertical-tank vertical-valve-hp vertical-wheel-valve voltage-relay-hp voltage-stabilizer-hp',
  'wind-turbine-cluster-hp wind-turbine-hp',
]
  .join(' ')
  .split(' ')

/** Those whose widget type is called otherwise. */
const odd: Readonly<Record<string, string>> = {
  'curcuit-breaker-hp': 'hp_circuit_breaker',
  'horizontal-curcuit-breaker-hp': 'hp_horizontal_circuit_breaker',
  'horizontal-energy-system-controller-hp': 'hp_horizontal_energy_systems_controller',
  'large-horizontal-separator-connector-hp': 'hp_large_horizontal_separator_with_connector',
  'large-vertical-separator-connector-hp': 'hp_large_vertical_separator_with_connector',
  'pump-hp': 'hp_centrifugal_pump',
  'small-horizontal-separator-connector-hp': 'hp_small_horizontal_separator_with_connector',
  'small-right-center': 'small_right_meter',
  'small-vertical-separator-connector-hp': 'hp_small_vertical_separator_with_connector',
  'vertical-energy-system-controller-hp': 'hp_vertical_energy_systems_controller',
  waterstop: 'water_stop',
}

const regularFqn = (file: string): string =>
  (file.endsWith('-hp') ? `hp_${file.slice(0, -3)}` : file).replaceAll('-', '_')

const fileByFqn = new Map([
  ...regular.map((file) => [regularFqn(file), file] as const),
  ...Object.entries(odd).map(([file, fqn]) => [fqn, file] as const),
])

/** Widget types of single symbols. */
export const symbolFqns: readonly string[] = [...fileByFqn.keys()]

/** Name of the symbol behind a widget type, which is that of its file; null for other types. */
export const symbolOfFqn = (fqn: string): string | null => fileByFqn.get(fqn) ?? null

const systemImage = /^(?:tb-image;)?\/api\/images\/system\/([\w.%() -]+?)\.svg$/

/** Name of the symbol among ThingsBoard's own images; null for links of other kinds. */
export const symbolOfLink = (link: string): string | null => {
  const name = systemImage.exec(link)?.[1]
  return name === undefined ? null : name
}

/** A name as people read it: `left-tee-pipe` is "Left tee pipe". */
export const symbolTitle = (name: string): string => {
  const words = name.replace(/-hp$/, '').replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
