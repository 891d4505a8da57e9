import { z } from 'zod'
import { color, flag, number, oneOf, part, text } from '../../settings/schema.ts'

/** Colours of one state where a file has its own; null: those of the button. */
const ownLook = z
  .object({
    overrideMainColor: flag(false),
    mainColor: color(),
    overrideBackgroundColor: flag(false),
    backgroundColor: color(),
    overrideDropShadow: flag(false),
    dropShadow: flag(true),
  })
  .nullable()
  .catch(null)
  .default(null)

/** What files have where nobody chose a colour; it stands for the accent of the theme. */
export const stockColors = { main: '#3F52DD', ground: '#FFFFFF' } as const

/** The settings family of buttons: form, words, icon, and colours by state. */
export const buttonAppearance = (d: { label: string; icon: string }, about?: { title: string }) =>
  part(
    {
      type: oneOf(['outlined', 'filled', 'underlined', 'basic'], 'outlined'),
      autoScale: flag(true),
      showLabel: flag(true),
      label: text(d.label),
      showIcon: flag(true),
      icon: text(d.icon),
      iconSize: number(24),
      iconSizeUnit: text('px'),
      borderRadius: text(''),
      mainColor: color(stockColors.main),
      backgroundColor: color(stockColors.ground),
      customStyle: part({
        enabled: ownLook,
        hovered: ownLook,
        pressed: ownLook,
        activated: ownLook,
        disabled: ownLook,
      }),
    },
    about,
  )
export type ButtonAppearance = z.output<ReturnType<typeof buttonAppearance>>
