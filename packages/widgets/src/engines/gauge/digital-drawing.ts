import type { Reading } from '../value-card/reading.ts'
import type { GaugeTexts } from './digital-look.ts'
import type { DigitalGaugeSettings } from './digital-settings.ts'
import type { Place } from './scale.ts'

/** What a form of digital gauge is drawn from. */
export type DrawingProps = {
  size: { width: number; height: number }
  settings: DigitalGaugeSettings
  reading: Reading
  place: Place
  ends: { min: number; max: number }
  /** Shares of the scale. */
  ticks: readonly number[]
  texts: GaugeTexts
  locale: string
  colors: { bar: string; track: string; value: string; quiet: string }
}

/** Length of a dash of a segmented bar; 0: it is not segmented. Files say it in a unit of their own. */
export const dashPx = (thickness: number, width: number): number =>
  thickness > 0 ? Math.max(2, Math.min(8, thickness * width * 0.16)) : 0

/** A soft edge of light where a file asks for neon; a second stroke, because filters cost a frame. */
export const glowOpacity = (brightness: number): number => Math.min(0.22, Math.max(0, brightness) / 300)
