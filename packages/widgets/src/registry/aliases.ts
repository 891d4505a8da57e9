/**
 * Preset widgets of ThingsBoard: one of its base widgets with other settings, for a quantity that is measured. Dashboards
 * refer to them and carry the settings themselves, so a name here is all that they need.
 *
 * The names follow rules: a card of each form for each quantity, indoors for some of them, and each once more with a
 * picture behind it. A preset that is missing is added to the quantities of its form; one that breaks the rules goes into
 * `oddNames`. Older names of a widget that are no presets stand in the `fqns` of its manifest.
 */
const indoor = ['co2', 'humidity', 'illuminance', 'pm10', 'pm2_5', 'temperature']
const measured = [
  ...indoor,
  ...['air_quality', 'carbon_monoxide_co', 'efficiency', 'flooding_level', 'flow_rate', 'fluid_pressure'],
  ...['ground_temperature', 'individual_allergy_index_iai', 'leaf_wetness', 'nitrogen_dioxide_no2', 'noise_level'],
  ...['ozone_o3', 'power_consumption', 'pressure', 'pump_vibration', 'radon_level', 'rainfall', 'rotational_speed'],
  ...['snow_depth', 'soil_moisture', 'solar_radiation', 'sulfur_dioxide_so2', 'uv_index', 'vibration', 'visibility'],
  ...['volatile_organic_compounds', 'wind_speed'],
]
const onBars = [
  ...['efficiency', 'flooding_level', 'flow_rate', 'fluid_pressure', 'humidity', 'illuminance', 'indoor_humidity'],
  ...['indoor_illuminance', 'indoor_temperature', 'leaf_wetness', 'pressure', 'rotational_speed', 'soil_moisture'],
]
const inRanges = [
  ...['efficiency', 'flow_rate', 'fluid_pressure', 'indoor_temperature', 'power_consumption', 'pump_vibration'],
  ...['rotational_speed', 'temperature'],
]

/** Of each quantity, and of those indoors, whose names put `indoor` in front of the form. */
const cards = (form: string, kind: string): string[] => [
  ...measured.map((quantity) => `${form}${quantity}${kind}`),
  ...indoor.map((quantity) => `indoor_${form}${quantity}${kind}`),
]
const of = (quantities: readonly string[], kind: string): string[] => quantities.map((quantity) => quantity + kind)

/** By our type; each name also stands for the one with a picture behind it. */
const pictured: Readonly<Record<string, readonly string[]>> = {
  'value-card': [...cards('', '_card'), ...cards('horizontal_', '_card'), 'individual_allergy_index_card'],
  'aggregated-value-card': cards('', '_chart_card'),
  'value-chart-card': cards('simple_', '_chart_card'),
  'progress-bar': of(onBars, '_progress_bar'),
  'range-chart': of(inRanges, '_range_chart'),
}

const oddNames: Readonly<Record<string, string>> = {
  flow_rate_gauge: 'radial-gauge',
  fluid_pressure_gauge: 'radial-gauge',
  indoor_temperature_gauge: 'radial-gauge',
  rotational_speed_gauge: 'radial-gauge',
  temperature_gauge: 'radial-gauge',
  simple_individual_allergy_index_iai_chart_card_with_background2: 'value-chart-card',
}

/** Our type by the fully qualified name without `system.`. */
export const widgetAliases: Readonly<Record<string, string>> = Object.fromEntries([
  ...Object.entries(pictured).flatMap(([type, names]) =>
    names.flatMap((name) => [
      [name, type],
      [`${name}_with_background`, type],
    ]),
  ),
  ...Object.entries(oddNames),
])
