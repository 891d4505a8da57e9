import { caseStart, chartCase, chartSeries, noticeCases } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

const minute = 60_000
const onOff = [
  { label: 'Off', value: 0, sourceType: 'constant', sourceValue: false },
  { label: 'On', value: 1, sourceType: 'constant', sourceValue: true },
]
const modes = [
  { label: 'Idle', value: 0, sourceType: 'constant', sourceValue: 'idle' },
  { label: 'Heating', value: 1, sourceType: 'constant', sourceValue: 'heating' },
  { label: 'Too hot', value: 2, sourceType: 'range', sourceRangeFrom: 90, sourceRangeTo: null },
]

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase(
    'on and off',
    [
      chartSeries(
        'Pump',
        [
          [caseStart - 5 * minute, 'false'],
          [caseStart + 8 * minute, true],
          [caseStart + 21 * minute, false],
          [caseStart + 34 * minute, 'true'],
          [caseStart + 52 * minute, false],
        ],
        { name: 'state', label: 'Pump', units: '' },
      ),
    ],
    { states: onOff },
    { interval: 0 },
  ),
  chartCase(
    'names and ranges',
    [
      chartSeries(
        'Boiler',
        [
          [caseStart, 'idle'],
          [caseStart + 10 * minute, 'heating'],
          [caseStart + 40 * minute, 93.5],
          [caseStart + 50 * minute, 'unknown'],
          [caseStart + 55 * minute, 'idle'],
        ],
        { name: 'mode', label: 'Mode', units: '' },
      ),
    ],
    { states: modes, legendConfig: { position: 'right' } },
    { interval: 0 },
  ),
  chartCase(
    'numbers without states',
    [
      chartSeries(
        'Valve',
        [
          [caseStart, 0],
          [caseStart + 20 * minute, 60],
          [caseStart + 45 * minute, 30],
        ],
        { name: 'open', label: 'Open', units: '%', decimals: 0 },
      ),
    ],
    {},
    { interval: 0 },
  ),
]
