import { describe, expect, it } from 'vitest'
import { chosenGround, themeOn } from './ground.ts'

describe('the ground of a card or a board', () => {
  it('counts as chosen unless every file has it', () => {
    for (const usual of ['#fff', '#FFFFFF', 'rgb(255, 255, 255)', '#eeeeee', 'rgba(0,0,0,0)', 'url(x)', '', null])
      expect(chosenGround(usual)).toBeNull()
    expect(chosenGround('#f0f4ff')).toBe('#f0f4ff')
  })

  it('decides which theme is readable on it', () => {
    expect(themeOn('#f0f4ff', 'dark')).toBe('light')
    expect(themeOn('#102030', 'light')).toBe('dark')
    expect(themeOn(null, 'dark')).toBe('dark')
  })
})
