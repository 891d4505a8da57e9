import { untyped, type ViewLoaders } from './family.ts'

export const gaugesViews: ViewLoaders = {
  'arc-gauge': async () => untyped((await import('../arc-gauge/view.tsx')).DigitalGauge),
  'donut-gauge': async () => untyped((await import('../donut-gauge/view.tsx')).DigitalGauge),
  'vertical-bar-gauge': async () => untyped((await import('../vertical-bar-gauge/view.tsx')).DigitalGauge),
  'horizontal-bar-gauge': async () => untyped((await import('../horizontal-bar-gauge/view.tsx')).DigitalGauge),
  'radial-gauge': async () => untyped((await import('../radial-gauge/view.tsx')).RadialGauge),
  'speed-gauge': async () => untyped((await import('../speed-gauge/view.tsx')).RadialGauge),
  'temperature-radial-gauge': async () => untyped((await import('../temperature-radial-gauge/view.tsx')).RadialGauge),
  'thermometer-scale': async () => untyped((await import('../thermometer-scale/view.tsx')).LinearGauge),
  'wind-speed-direction': async () => untyped((await import('../wind-speed-direction/view.tsx')).WindSpeedDirection),
  compass: async () => untyped((await import('../compass/view.tsx')).Compass),
  'liquid-level': async () => untyped((await import('../liquid-level/view.tsx')).LiquidLevel),
  'battery-level': async () => untyped((await import('../battery-level/view.tsx')).BatteryLevel),
  'signal-strength': async () => untyped((await import('../signal-strength/view.tsx')).SignalStrength),
  'status-widget': async () => untyped((await import('../status-widget/view.tsx')).StatusWidget),
}
