import { markColor, type Scheme } from '../style/ground-colors.ts'
import { luminance, parseColor } from '../style/rgb.ts'
import type { PowerButtonSettings } from './manifest.ts'

export type PowerLook = {
  isFilled: boolean
  isRaised: boolean
  hasRing: boolean
  main: string
  mark: string
  ground: string
}

const stockOn = '#3f52dd'

/** How the button looks: what is on is filled or drawn in its colour, what is off is grey. */
export const powerLook = (settings: PowerButtonSettings, isOn: boolean, isOff: boolean, theme: Scheme): PowerLook => {
  const [shape = 'default', kind = 'plain'] = settings.layout.split('_')
  const isLit = isOn && !isOff
  const chosen = isOff ? settings.mainColorDisabled : isOn ? settings.mainColorOn : settings.mainColorOff
  const isStock = chosen.toLowerCase() === stockOn
  const main = isOff ? 'var(--tw-line-strong)' : isStock ? 'var(--tw-accent)' : markColor(chosen, theme)
  const isFilled = shape === 'default' && kind !== 'icon' && isLit
  const parsed = parseColor(chosen)
  const onFill = isStock || !parsed || luminance(parsed) < 0.36 ? '#ffffff' : '#16181d'
  return {
    isFilled,
    isRaised: kind === 'volume',
    hasRing: shape !== 'simplified' && kind !== 'icon',
    main,
    mark: isFilled ? onFill : main,
    ground: isFilled ? main : 'var(--tw-raised)',
  }
}
