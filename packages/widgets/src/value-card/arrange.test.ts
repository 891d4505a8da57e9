import { describe, expect, it } from 'vitest'
import { arrange } from './arrange.ts'
import { valueCard, valueCardSettingsSchema } from './manifest.ts'

const settings = valueCardSettingsSchema.parse({})

describe('value card', () => {
  it('gives up its parts one after the other in a small tile, never the value', () => {
    expect(arrange(settings, { width: 240, height: 180 })).toMatchObject({
      showLabel: true,
      showIcon: true,
      showDate: true,
    })
    expect(arrange(settings, { width: 240, height: 90 })).toMatchObject({ showLabel: true, showDate: false })
    const tiny = arrange(settings, { width: 60, height: 60 })
    expect(tiny).toMatchObject({ showLabel: false, showIcon: false, showDate: false })
    expect(tiny.width).toBeGreaterThan(40)
  })

  it('grows with its tile only so far', () => {
    expect(arrange(settings, { width: 1_000, height: 600 }).scale).toBe(1.2)
    expect(arrange({ ...settings, autoScale: false }, { width: 1_000, height: 600 }).scale).toBe(1)
  })

  it('stands in for the simple card and the horizontal card', () => {
    const upgrade = (settings: Record<string, unknown>, fqn: string) =>
      valueCardSettingsSchema.parse(valueCard.upgrade?.(settings, fqn))
    expect(upgrade({ labelPosition: 'top' }, 'cards.simple_card')).toMatchObject({
      layout: 'centered',
      showIcon: false,
    })
    expect(upgrade({}, 'cards.horizontal_value_card').layout).toBe('horizontal')
    expect(upgrade({ layout: 'horizontal_reversed' }, 'cards.horizontal_value_card').layout).toBe('horizontal_reversed')
  })
})
