// @vitest-environment jsdom
import { TooltipProvider } from '@thingwire/ui'
import { findWidget, layerSections } from '@thingwire/widgets/manifests'
import { NextIntlClientProvider } from 'next-intl'
import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, expect, it } from 'vitest'
import { messages } from '../../../../../i18n/messages.ts'
import { jsonOf } from '../../side/json.ts'
import { EditorStore } from '../../store/editor-store.ts'
import { EditorProvider, useConfiguration } from '../../store/use-editor.ts'
import { SettingsFields } from '../settings/settings-fields.tsx'
import { layerKinds } from './own-layers.ts'
import { OwnLayersOffer } from './own-layers-offer.tsx'

// The code editor measures its text, which jsdom cannot.
Range.prototype.getClientRects = () => Object.assign([], { item: () => null })

let root: Root | undefined
afterEach(() => act(() => root?.unmount()))

const widgetIn = (configuration: Readonly<Record<string, unknown>>) => jsonOf(jsonOf(configuration.widgets).w)

const show = async (widget: object, part: (config: ReturnType<typeof jsonOf>) => ReactNode) => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  const document_ = { title: 'Fleet', image: null, mobileHide: false, mobileOrder: null }
  const published = { ...document_, configuration: { widgets: { w: { id: 'w', ...widget } } } }
  const store = new EditorStore({ document: published, published, version: 1, revision: null, isReadOnly: false })
  const Part = () => part(jsonOf(widgetIn(useConfiguration()).config))
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
  const press = (text: string) =>
    act(async () => {
      const found = [...place.querySelectorAll('button')].find(
        (one) => one.textContent === text || one.getAttribute('aria-label') === text,
      )
      if (!found) throw new Error(`There is no ${text}`)
      found.click()
    })
  return { store, place, press }
}

const key = (name: string) => ({ name, label: name, type: 'attribute', settings: {} })
const source = { type: 'entity', name: '', entityAliasId: 'a', dataKeys: [key('lat'), key('lng'), key('load')] }

it('a map of an older file becomes one of layers by a press, in one step', async () => {
  const typeFullFqn = 'system.maps_v2.openstreetmap'
  const manifest = findWidget(typeFullFqn)
  if (!manifest) throw new Error('There is no such map')
  const settings = { latKeyName: 'lat', lngKeyName: 'lng', color: '#ff0000', useClusterMarkers: true }
  const before = { typeFullFqn, type: 'latest', config: { datasources: [source], settings } }
  const shown = await show(before, (config) => <OwnLayersOffer id="w" {...{ typeFullFqn, config, manifest }} />)
  await shown.press('Make layers of the sources')
  const made = () => widgetIn(shown.store.document.configuration)
  expect(made()).toMatchObject({
    typeFullFqn: 'system.map',
    config: {
      datasources: [],
      settings: {
        markers: [
          {
            ...{ dsEntityAliasId: 'a', xKey: key('lat'), yKey: key('lng'), additionalDataKeys: [key('load')] },
            ...{ markerShape: { color: { color: '#ff0000' } }, markerClustering: { enable: true } },
          },
        ],
      },
    },
  })
  await act(async () => shown.store.undo())
  expect(made()).toMatchObject(before)
}, 60_000)

it('every part of every layer has a form', async () => {
  for (const kind of layerKinds)
    for (const { name, schema } of layerSections('geo', kind)) {
      const shown = await show({ config: { settings: {} } }, (config) => (
        <SettingsFields id="w" path={['config', 'settings']} schema={schema} value={config.settings} />
      ))
      expect(shown.place.querySelectorAll('input, select, button').length, `${kind} ${name}`).toBeGreaterThan(0)
      // A setting without a control of its own would be written as JSON.
      expect(shown.place.textContent, `${kind} ${name}`).not.toContain('JSON')
      await act(() => root?.unmount())
      shown.place.remove()
    }
}, 120_000)
