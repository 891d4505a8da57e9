import type { SeedBundle, SeedWidget } from '@thingwire/db/seed'
import type { WidgetManifest } from '@thingwire/widgets/manifests'

const bundleOf = {
  series: { alias: 'charts', title: 'Charts', description: 'Values over time.', order: 10 },
  latest: { alias: 'cards', title: 'Cards', description: 'The newest values of devices and assets.', order: 20 },
  control: { alias: 'control_widgets', title: 'Controls', description: 'What commands devices.', order: 30 },
} as const satisfies Record<WidgetManifest['data'], Omit<SeedBundle, 'widgets'>>

const descriptorTypes = { series: 'timeseries', latest: 'latest', control: 'rpc' } as const

/** `cards.horizontal_value_card` → `Horizontal value card`. */
const toName = (fqn: string): string => {
  const words = (fqn.split('.').pop() ?? fqn).replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * The widgets of the product as the library of an installation lists them. The first name of a manifest is the widget;
 * the others are what dashboards of other systems call things that it stands in for.
 */
export const widgetLibrary = (manifests: readonly WidgetManifest[]): SeedBundle[] =>
  (['series', 'latest', 'control'] as const).map((data) => ({
    ...bundleOf[data],
    widgets: manifests.filter((manifest) => manifest.data === data).flatMap(toWidgets),
  }))

const toWidgets = (manifest: WidgetManifest): SeedWidget[] =>
  manifest.fqns.map((fqn, index) => ({
    fqn,
    name: index === 0 ? manifest.name : toName(fqn),
    description: index === 0 ? manifest.description : `Shown as ${manifest.name}. ${manifest.description}`,
    deprecated: index > 0,
    descriptor: {
      type: descriptorTypes[manifest.data],
      sizeX: manifest.size.columns,
      sizeY: manifest.size.rows,
      resources: [],
      templateHtml: '',
      templateCss: '',
      controllerScript: '',
      settingsSchema: '',
      dataKeySettingsSchema: '',
      defaultConfig: JSON.stringify({
        title: manifest.name,
        showTitle: true,
        useDashboardTimewindow: true,
        datasources: [],
        settings: manifest.settings.parse({}),
      }),
    },
  }))
