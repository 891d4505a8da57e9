import { readDashboard } from '@thingwire/dashboards'
import { addWidget, boxesOf, currentForm, type EditedDashboard, gridAt } from '@thingwire/dashboards/edit'
import { findWidget, widgetManifests } from '@thingwire/widgets/manifests'
import { expect, test } from 'vitest'
import { newWidget } from './new-widget.ts'

const at = { stateId: 'default', layout: 'main', breakpoint: null } as const
const empty: EditedDashboard = {
  title: 'New',
  image: null,
  mobileHide: false,
  mobileOrder: null,
  configuration: currentForm({}),
}

test('every widget of the library can be added to an empty dashboard, and is found again by its name', () => {
  const all = widgetManifests.reduce(
    (document, manifest) => addWidget(newWidget(manifest, manifest.type), at).apply(document),
    empty,
  )
  const { document } = readDashboard(all.configuration)
  expect(boxesOf(gridAt(all.configuration, at)).size).toBe(widgetManifests.length)
  for (const { type, name } of widgetManifests) {
    const widget = document.widgets.get(type)
    expect(widget?.card.title).toBe(name)
    expect(findWidget(widget?.typeFullFqn ?? '')?.type).toBe(type)
  }
})
