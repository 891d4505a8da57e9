// @vitest-environment jsdom
import type { EditedDashboard } from '@thingwire/dashboards/edit'
import { TooltipProvider } from '@thingwire/ui'
import { widgetManifests } from '@thingwire/widgets/manifests'
import { NextIntlClientProvider } from 'next-intl'
import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, expect, it } from 'vitest'
import { messages } from '../../../../i18n/messages.ts'
import { jsonOf } from '../side/json.ts'
import { EditorStore } from '../store/editor-store.ts'
import { EditorProvider, useConfiguration } from '../store/use-editor.ts'
import { ActionsTab } from './actions/actions-tab.tsx'
import { upgradeOf } from './settings/upgrade-of.ts'
import { SettingsFields } from './settings/settings-fields.tsx'
import { ExtrasForms } from './values/extras-forms.tsx'

// The code editor measures its text, which jsdom cannot.
Range.prototype.getClientRects = () => Object.assign([], { item: () => null })

let root: Root | undefined
afterEach(() => act(() => root?.unmount()))

const documentOf = (config: object): EditedDashboard => ({
  ...{ title: 'Pumps', image: null, mobileHide: false, mobileOrder: null },
  configuration: { widgets: { w: { id: 'w', typeFullFqn: 'system.cards.value_card', type: 'latest', config } } },
})

const configIn = (store: EditorStore) => jsonOf(jsonOf(jsonOf(store.document.configuration.widgets).w).config)

/** A part of the panel over a store of its own, with what a person does to it. */
const show = async (config: object, part: (config: ReturnType<typeof jsonOf>) => ReactNode) => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  const published = documentOf(config)
  const store = new EditorStore({ document: published, published, version: 1, revision: null, isReadOnly: false })
  const Part = () => part(jsonOf(jsonOf(jsonOf(useConfiguration().widgets).w).config))
  const place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place)
  // Nothing here saves.
  const editor = { store, dashboardId: 'd' } as Parameters<typeof EditorProvider>[0]['value']
  await act(async () =>
    root?.render(
      <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
        <TooltipProvider>
          <EditorProvider value={editor}>
            <Part />
          </EditorProvider>
        </TooltipProvider>
      </NextIntlClientProvider>,
    ),
  )
  const find = <E extends HTMLElement>(label: string, within: ParentNode = place): E => {
    const labelled = [...within.querySelectorAll<HTMLLabelElement>('label')].find((one) => one.textContent === label)
    const found =
      (labelled?.htmlFor ? document.getElementById(labelled.htmlFor) : null) ??
      within.querySelector(`[aria-label="${label}"]`) ??
      [...within.querySelectorAll('fieldset')].find((one) => one.querySelector('legend')?.textContent === label) ??
      [...within.querySelectorAll('button')].find((one) => one.textContent === label)
    if (!found) throw new Error(`There is no ${label}`)
    return found as E
  }
  return {
    store,
    place,
    find,
    press: (label: string) => act(async () => find(label).click()),
    type: (label: string, value: string, within?: ParentNode) =>
      act(async () => {
        const control = find<HTMLInputElement>(label, within)
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, value)
        control.dispatchEvent(new Event(control.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }))
      }),
    key: (label: string, key: string) =>
      act(async () => {
        find(label).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      }),
  }
}

const extras = (config: ReturnType<typeof jsonOf>) => (
  <ExtrasForms id="w" path={['config']} part={config} columns={['level']} />
)

it('value mappings are added, changed, ordered and taken back', async () => {
  const shown = await show({}, extras)
  await shown.press('Add a mapping')
  await shown.type('Value', '3', shown.find('Mapping 1'))
  await shown.type('Shown as', 'Running', shown.find('Mapping 1'))
  expect(configIn(shown.store).thingwire).toEqual({ mappings: [{ type: 'value', value: 3, text: 'Running' }] })
  await act(async () => shown.store.undo())
  expect(configIn(shown.store).thingwire).toEqual({ mappings: [{ type: 'value', value: '', text: '' }] })
  await act(async () => shown.store.redo())
  await shown.press('Add a mapping')
  await shown.key('Move Mapping 2', 'ArrowUp')
  expect(configIn(shown.store).thingwire).toMatchObject({ mappings: [{ value: '' }, { value: 3 }] })
  await act(async () => {
    for (let steps = 0; steps < 10; steps++) shown.store.undo()
  })
  expect(configIn(shown.store)).toEqual({})
})

it('what a mapping or a rule cannot be is said, and numbers that are none are not taken', async () => {
  const thingwire = { mappings: [{ type: 'regex', pattern: '(a+)+$', text: 'x' }] }
  const shown = await show({ thingwire }, extras)
  expect(shown.place.querySelector('[role=alert]')?.textContent).toContain('no pattern')
  await shown.press('Add a rule')
  await shown.type('Compared with', 'many', shown.find('Rule 1'))
  expect(shown.find<HTMLInputElement>('Compared with', shown.find('Rule 1')).getAttribute('aria-invalid')).toBe('true')
  expect(jsonOf(configIn(shown.store).thingwire).colorRules).toMatchObject([{ when: { value: 80 } }])
  await shown.type('Compared with', '1e3', shown.find('Rule 1'))
  expect(jsonOf(configIn(shown.store).thingwire).colorRules).toMatchObject([{ when: { value: 1_000 } }])
})

it('actions are added to a source, and leave no empty list behind', async () => {
  const shown = await show({}, (config) => <ActionsTab id="w" config={config} manifest={undefined} />)
  await shown.press('Add an action')
  await shown.type('What it does', 'openURL')
  await shown.type('Address', 'https://example.org')
  expect(configIn(shown.store).actions).toMatchObject({
    headerButton: [{ name: 'New action', type: 'openURL', url: 'https://example.org' }],
  })
  await shown.press('Remove New action')
  expect(configIn(shown.store).actions).toEqual({})
})

const settingsForm = (type: string, fqn: string) => {
  const manifest = widgetManifests.find((one) => one.type === type)
  if (!manifest) throw new Error(type)
  const upgrade = upgradeOf(manifest, fqn)
  return (config: ReturnType<typeof jsonOf>) => (
    <SettingsFields
      id="w"
      path={['config', 'settings']}
      schema={manifest.settings}
      value={config.settings ?? {}}
      upgrade={upgrade}
    />
  )
}

it('a chart gets a second axis, and a threshold on it, each a step', async () => {
  const shown = await show({}, settingsForm('time-series-chart', 'system.time_series_chart'))
  await shown.press('Add an axis')
  await shown.type('Title', 'Humidity', shown.find('Value axes'))
  expect(jsonOf(configIn(shown.store).settings).yAxes).toEqual({
    default: { label: 'Humidity' },
    axis2: { id: 'axis2', order: 1, position: 'right' },
  })
  await shown.press('Add a threshold')
  const threshold = shown.find('Threshold 1')
  await shown.type('Number', 'many', threshold)
  await shown.type('Axis', 'axis2', threshold)
  expect(jsonOf(configIn(shown.store).settings).thresholds).toMatchObject([{ value: 0, yAxisId: 'axis2' }])
  await shown.press('Remove Axis 2')
  expect(threshold.textContent).toContain('not there any more')
  await act(async () => shown.store.undo())
  expect(threshold.textContent).not.toContain('not there any more')
  await shown.press('Move Axis 2 up')
  expect(jsonOf(configIn(shown.store).settings).yAxes).toMatchObject({ default: { order: 1 }, axis2: { order: 0 } })
}, 60_000)

it('a state of a chart stands for a value or a range, and takes what is typed', async () => {
  const shown = await show({}, settingsForm('state-chart', 'system.state_chart'))
  await shown.press('Add a state')
  const state = () => shown.find('State 1')
  await shown.type('Shown as', 'Warm', state())
  await shown.type('Which values', 'range', state())
  await shown.type('From', '20,5', state())
  expect(jsonOf(configIn(shown.store).settings).states).toMatchObject([
    { label: 'Warm', sourceType: 'range', sourceRangeFrom: 20.5 },
  ])
  await shown.type('From', '1e999', state())
  expect(jsonOf(configIn(shown.store).settings).states).toMatchObject([{ sourceRangeFrom: 20.5 }])
}, 60_000)

it('settings of an older file are shown as those of today, and written so with the first change', async () => {
  const settings = { yaxis: { title: 'Power', min: 3 }, stack: true, shadowSize: 4 }
  const shown = await show({ settings }, settingsForm('line-chart', 'system.charts.basic_timeseries'))
  const axes = () => shown.find('Value axes')
  expect(shown.find<HTMLInputElement>('Title', axes()).value).toBe('Power')
  await shown.type('Title', 'Energy', axes())
  const stored = jsonOf(configIn(shown.store).settings)
  expect(stored).toMatchObject({ stack: true, yAxes: { default: { label: 'Energy', min: 3 } } })
  expect(stored).not.toHaveProperty('yaxis')
  await act(async () => shown.store.undo())
  expect(configIn(shown.store).settings).toEqual(settings)
}, 60_000)

it('the settings of every widget have a form', async () => {
  expect(widgetManifests.length).toBeGreaterThan(0)
  for (const manifest of widgetManifests) {
    const shown = await show({ settings: {} }, (config) => (
      <SettingsFields id="w" path={['config', 'settings']} schema={manifest.settings} value={config.settings} />
    ))
    const controls = shown.place.querySelectorAll('input, select, textarea, button, .cm-editor').length
    const members = Object.keys(Object(manifest.settings.parse({}))).length
    expect(controls > 0 || members === 0, manifest.type).toBe(true)
    await act(() => root?.unmount())
    shown.place.remove()
  }
}, 120_000)
