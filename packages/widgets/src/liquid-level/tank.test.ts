import { describe, expect, it } from 'vitest'
import { liquidLevel, tankShapes } from './manifest.ts'
import { levelAt, outlines } from './shapes.ts'
import { describeTank } from './tank.ts'

const read = (settings: Record<string, unknown>) => liquidLevel.settings.parse(settings)
const attribute = (key: string, value: unknown) => ({ scope: 'SERVER_SCOPE' as const, key, ts: 0, value })

describe('tank', () => {
  it('is what the settings say', () => {
    expect(describeTank(read({ volumeConstant: 20, volumeUnits: 'm³' }), [], 'L')).toEqual({
      shape: 'Vertical Cylinder',
      tank: { volume: 20, units: 'm³' },
      units: 'L',
      missing: [],
    })
  })

  it('is what attributes say, and names those that say nothing of use', () => {
    const settings = read({ tankSelectionType: 'attribute', volumeSource: 'attribute', volumeUnitsSource: 'attribute' })
    const told = [attribute('tankShape', 'Rectangle'), attribute('volume', '750'), attribute('volumeUnits', 'parsec')]
    expect(describeTank(settings, told, null)).toMatchObject({
      shape: 'Rectangle',
      tank: { volume: 750, units: 'L' },
      missing: ['volumeUnits'],
    })
    expect(describeTank(settings, undefined, null).missing).toEqual([])
  })

  it('has an outline for every shape, full and empty at its ends', () => {
    for (const shape of tankShapes) {
      const outline = outlines[shape]
      expect(levelAt(outline, 100)).toBe(outline.top)
      expect(levelAt(outline, -20)).toBe(outline.bottom)
      expect(levelAt(outline, 1e9)).toBe(outline.top)
    }
  })
})
