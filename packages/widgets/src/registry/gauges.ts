import { arcGauge } from '../arc-gauge/manifest.ts'
import { batteryLevel } from '../battery-level/manifest.ts'
import { compass } from '../compass/manifest.ts'
import { donutGauge } from '../donut-gauge/manifest.ts'
import { horizontalBarGauge } from '../horizontal-bar-gauge/manifest.ts'
import { liquidLevel } from '../liquid-level/manifest.ts'
import { radialGauge } from '../radial-gauge/manifest.ts'
import { signalStrength } from '../signal-strength/manifest.ts'
import { speedGauge } from '../speed-gauge/manifest.ts'
import { statusWidget } from '../status-widget/manifest.ts'
import { temperatureRadialGauge } from '../temperature-radial-gauge/manifest.ts'
import { thermometerScale } from '../thermometer-scale/manifest.ts'
import { verticalBarGauge } from '../vertical-bar-gauge/manifest.ts'
import { windSpeedDirection } from '../wind-speed-direction/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const gauges: WidgetFamily = {
  alias: 'gauges',
  title: 'Gauges',
  description: 'Values on a dial, a scale or a level.',
  order: 30,
  widgets: [
    arcGauge,
    donutGauge,
    horizontalBarGauge,
    verticalBarGauge,
    radialGauge,
    speedGauge,
    temperatureRadialGauge,
    thermometerScale,
    compass,
    liquidLevel,
    batteryLevel,
    signalStrength,
    statusWidget,
    windSpeedDirection,
  ],
}
