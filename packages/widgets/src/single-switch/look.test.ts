import { describe, expect, it } from 'vitest'
import { themeSurface } from '../style/ground-colors.ts'
import { switchLook, switchWord } from './look.ts'
import { singleSwitchSettingsSchema } from './manifest.ts'

const settings = (given: Record<string, unknown>) => singleSwitchSettingsSchema.parse(given)
const colored = settings({
  ...{ switchColorOn: '#008000', switchColorOff: '#600000', switchColorDisabled: '#777777' },
  ...{ tumblerColorOn: '#eeffee', tumblerColorDisabled: '#cccccc' },
})
const on = { isOn: true, isDisabled: false }
const green = 'rgb(0, 128, 0)'
const words = { on: 'On', off: 'Off' }

describe('the look of a switch', () => {
  it('has the colours of its file by its state', () => {
    expect(switchLook(colored, themeSurface.light, on)).toEqual({ track: green, knob: 'rgb(238, 255, 238)' })
    expect(switchLook(colored, themeSurface.light, { ...on, isOn: false })).toEqual({
      track: 'rgb(96, 0, 0)',
      knob: '#fff',
    })
    expect(switchLook(colored, themeSurface.light, { ...on, isDisabled: true })).toEqual({
      ...{ track: 'rgb(119, 119, 119)', knob: 'rgb(204, 204, 204)' },
    })
  })
  it('has those of the theme where a file chose none', () =>
    expect(switchLook(settings({}), themeSurface.dark, on).track).toBe('var(--tw-accent)'))
  it('takes nothing but colours for colours', () =>
    expect(switchLook(settings({ tumblerColorOn: 'url(//x)' }), themeSurface.light, on).knob).toBe('#fff'))
  it('says on and off in the words of its file, or not at all', () => {
    const given = settings({ onLabel: 'Open', showOffLabel: false, onLabelFont: { size: 16 } })
    expect(switchWord(given, true, words)).toMatchObject({ text: 'Open', font: { size: 16 } })
    expect(switchWord(given, false, words)).toBeNull()
    expect(switchWord(settings({}), false, words)?.text).toBe('Off')
  })
})
