import { markColor, type Surface } from '../style/ground-colors.ts'
import { parseColor, toCss } from '../style/rgb.ts'
import type { SingleSwitchSettings } from './manifest.ts'

const chosen = (color: string, on: Surface, otherwise: string): string =>
  color === '' ? otherwise : markColor(color, on)

/** The colours of the switch itself; what no file chose is the theme's. */
export const switchLook = (s: SingleSwitchSettings, on: Surface, state: { isOn: boolean; isDisabled: boolean }) => {
  const own = state.isOn ? 'var(--tw-accent)' : 'var(--tw-line-strong)'
  const [track, knob] = state.isDisabled
    ? [s.switchColorDisabled, s.tumblerColorDisabled]
    : state.isOn
      ? [s.switchColorOn, s.tumblerColorOn]
      : [s.switchColorOff, s.tumblerColorOff]
  const parsed = parseColor(knob)
  return { track: chosen(track, on, own), knob: parsed ? toCss(parsed) : '#fff' }
}

/** The word for what is on or off, as the settings have it; null: the file shows none. */
export const switchWord = (s: SingleSwitchSettings, isOn: boolean, words: { on: string; off: string }) =>
  isOn
    ? s.showOnLabel
      ? { text: s.onLabel || words.on, font: s.onLabelFont, color: s.onLabelColor }
      : null
    : s.showOffLabel
      ? { text: s.offLabel || words.off, font: s.offLabelFont, color: s.offLabelColor }
      : null
