import { type AlarmFieldConfiguration, type AlarmSeverity, alarmFieldConfigurationSchema } from '@thingwire/contracts'

type Comparison = readonly [operation: 'GREATER' | 'LESS', limit: number]

export type DemoAlarmRule = { profile: string; name: string; configuration: AlarmFieldConfiguration }

/** A rule about one key, for every device of a profile: what raises it, by severity, and what clears it. */
const rule = (o: {
  profile: string
  name: string
  key: string
  raise: Partial<Record<AlarmSeverity, Comparison>>
  clear: Comparison
  /** How often in a row the value has to be beyond the limit. */
  times?: number
  details: string
}): DemoAlarmRule => {
  const conditionOf = ([operation, limit]: Comparison, times: number) => ({
    ...(times > 1 ? { type: 'REPEATING', count: { staticValue: times } } : { type: 'SIMPLE' }),
    expression: {
      type: 'SIMPLE',
      filters: [
        {
          argument: o.key,
          valueType: 'NUMERIC',
          predicates: [{ type: 'NUMERIC', operation, value: { staticValue: limit } }],
        },
      ],
    },
  })
  return {
    profile: o.profile,
    name: o.name,
    configuration: alarmFieldConfigurationSchema.parse({
      type: 'ALARM',
      arguments: { [o.key]: { refEntityKey: { type: 'TS_LATEST', key: o.key } } },
      createRules: Object.fromEntries(
        Object.entries(o.raise).map(([severity, comparison]) => [
          severity,
          { condition: conditionOf(comparison, o.times ?? 1), alarmDetails: o.details },
        ]),
      ),
      clearRule: { condition: conditionOf(o.clear, 1) },
    }),
  }
}

/** Each clears some way from where it was raised, so that a value at the limit does not raise it again and again. */
export const demoAlarmRules: readonly DemoAlarmRule[] = [
  rule({
    profile: 'thermostat',
    name: 'Low battery',
    key: 'battery',
    raise: { WARNING: ['LESS', 10] },
    clear: ['GREATER', 20],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: arguments of the rule
    details: 'Battery at ${battery} %',
  }),
  rule({
    profile: 'pump',
    name: 'Low level',
    key: 'level',
    raise: { CRITICAL: ['LESS', 15], MAJOR: ['LESS', 35] },
    clear: ['GREATER', 42],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: arguments of the rule
    details: 'Tank at ${level} %',
  }),
  rule({
    profile: 'pump',
    name: 'Strong vibration',
    key: 'vibration',
    raise: { MINOR: ['GREATER', 4.5] },
    clear: ['LESS', 3.5],
    times: 5,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: arguments of the rule
    details: '${vibration} mm/s: the strainer may be blocked',
  }),
  rule({
    profile: 'van',
    name: 'Cargo too warm',
    key: 'cargoTemperature',
    raise: { CRITICAL: ['GREATER', -13], MAJOR: ['GREATER', -15.5] },
    clear: ['LESS', -16.5],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: arguments of the rule
    details: 'Cargo at ${cargoTemperature} °C',
  }),
  rule({
    profile: 'van',
    name: 'Low charge',
    key: 'battery',
    raise: { WARNING: ['LESS', 15] },
    clear: ['GREATER', 30],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: arguments of the rule
    details: 'Battery at ${battery} %',
  }),
  rule({
    profile: 'energy meter',
    name: 'Peak load',
    key: 'power',
    raise: { MINOR: ['GREATER', 42] },
    clear: ['LESS', 38],
    times: 3,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: arguments of the rule
    details: '${power} kW',
  }),
]
