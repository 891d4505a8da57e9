import { expect, it } from 'vitest'
import { z } from 'zod'
import { widgetManifests } from '../manifests.ts'
import { flag, list, number, oneOf, part, text } from './schema.ts'
import { wrongSettings } from './wrong-settings.ts'

const schema = z.object({
  size: number(12),
  share: z.number().min(0).max(1).catch(0.4).default(0.4),
  shown: flag(true),
  place: oneOf(['left', 'right'], 'left'),
  title: text(''),
  line: part({ width: number(1), type: oneOf(['solid', 'dashed'], 'solid') }),
  marks: list(z.object({ at: z.number().catch(0), label: text('') })),
})

it('tells values that are not taken, where they stand', () => {
  const stored = {
    ...{ size: 'large', share: 5, shown: 'yes', place: 'middle', title: 'Fine' },
    line: { width: 'wide', type: 'solid' },
    marks: [{ at: 1 }, { at: 'noon' }],
  }
  expect(wrongSettings(stored, schema)).toEqual([
    { path: ['size'], value: 'large' },
    { path: ['share'], value: 5 },
    { path: ['shown'], value: 'yes' },
    { path: ['place'], value: 'middle' },
    { path: ['line', 'width'], value: 'wide' },
    { path: ['marks', 1, 'at'], value: 'noon' },
  ])
})

it('says nothing of numbers as text, of nothing, of what is not known, and of what an older file has', () => {
  expect(wrongSettings({ size: '14', share: null, place: '', odd: { any: 1 } }, schema)).toEqual([])
  const upgrade = () => ({ place: 'middle' })
  expect(wrongSettings({ old: 'middle' }, schema, upgrade)).toEqual([])
})

it('says nothing of the defaults of any widget', () => {
  expect(widgetManifests.length).toBeGreaterThan(0)
  for (const { type, settings } of widgetManifests) {
    const defaults = settings.parse({})
    expect(wrongSettings(JSON.parse(JSON.stringify(defaults)), settings), type).toEqual([])
  }
})
