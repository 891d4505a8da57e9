import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { layerKeys, type LayerKind, layerSections } from './layer-form.ts'
import { layerSchemas } from './layer-settings.ts'

const spaces = ['geo', 'image'] as const
const kinds = Object.keys(layerKeys) as LayerKind[]

/** Where they are from, which forms ask for by themselves, and what means nothing where nothing is filled. */
const apart: Readonly<Record<LayerKind, readonly string[]>> = {
  ...{ trips: [], markers: [], polygons: [], circles: [] },
  polylines: ['fillType', 'fillColor', 'fillImage', 'fillStripe'],
}

describe.each(spaces)('forms of layers on %s', (space) => {
  it.each(kinds)('show every setting of %s once', (kind) => {
    const shown = layerSections(space, kind).flatMap(({ schema }) =>
      schema instanceof z.ZodObject ? Object.keys(schema.shape) : [],
    )
    const all = Object.keys(layerSchemas(space)[kind].shape)
    const rest = ['everySource', 'additionalDataSources', ...layerKeys[kind], ...apart[kind]]
    expect(shown.toSorted()).toEqual(all.filter((name) => !rest.includes(name)).toSorted())
  })
})

it('are the same ones each time, so that a form is made once', () => {
  expect(layerSections('geo', 'markers')).toBe(layerSections('geo', 'markers'))
})
