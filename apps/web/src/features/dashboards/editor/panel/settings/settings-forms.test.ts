// @vitest-environment jsdom
import { widgetManifests } from '@thingwire/widgets/manifests'
import { expect, it } from 'vitest'
import { type FormField, formOf } from '../../../../../components/schema-form/form-field.ts'
import { settingsEditors } from './settings-editors.tsx'

/** Editors that the form has by itself. */
const ofForm = new Set(['json-value', 'script', 'choice', 'lines', 'file'])

/** A widget whose settings have a form of another make: what a symbol asks for is written in the symbol. */
const withOwnForm = new Set(['scada-symbol'])

/** Whether a map is of the world or of a picture, which its kind says; and data sources of layers, which stand in their own form. */
const notAsked = /^\.space$|\.additionalDataSources\[\]$/

/** Settings that a person would have to write as JSON, or that ask for an editor that there is not. */
const gapsIn = (field: FormField, path: string): string[] => {
  if (field.editor !== null && settingsEditors[field.editor]) return []
  if (field.editor !== null && !ofForm.has(field.editor)) return [`${path}: no editor ${field.editor}`]
  switch (field.kind) {
    case 'raw':
      return field.editor === 'json-value' || notAsked.test(path) ? [] : [path]
    case 'list':
      return gapsIn(field.item, `${path}[]`)
    case 'object':
      return field.members.flatMap((one) => gapsIn(one, `${path}.${one.key}`))
    case 'union':
      return field.variants.flatMap(({ value, members }) =>
        members.flatMap((one) => gapsIn(one, `${path}<${value}>.${one.key}`)),
      )
    default:
      return []
  }
}

it('finds what has no control', () => {
  const symbols = widgetManifests.filter(({ type }) => withOwnForm.has(type))
  expect(symbols.flatMap(({ settings }) => gapsIn(formOf(settings), ''))).toContain(
    '.scadaSymbolObjectSettings.behavior',
  )
})

it.each(widgetManifests.filter(({ type }) => !withOwnForm.has(type)))(
  'all settings of $type and of its keys have a control',
  ({ settings, keySettings }) => {
    expect(gapsIn(formOf(settings), '')).toEqual([])
    expect(keySettings ? gapsIn(formOf(keySettings), 'key') : []).toEqual([])
  },
)
