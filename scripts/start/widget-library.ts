import type { SeedBundle, SeedWidget } from '@thingwire/db/seed'
import type { WidgetFamily, WidgetManifest } from '@thingwire/widgets/manifests'

const descriptorTypes = {
  series: 'timeseries',
  latest: 'latest',
  page: 'latest',
  control: 'rpc',
  alarms: 'alarm',
  none: 'static',
} as const satisfies Record<WidgetManifest['data'], string>

/** `cards.horizontal_value_card` → `Horizontal value card`. */
const toName = (fqn: string): string => {
  const words = (fqn.split('.').pop() ?? fqn).replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * The widgets of the product as the library of an installation lists them. The first name of a manifest is the widget;
 * the others are what dashboards of other systems call things that it stands in for.
 */
export const widgetLibrary = (families: readonly WidgetFamily[]): SeedBundle[] =>
  families
    .filter((family) => family.widgets.length > 0)
    .map(({ alias, title, description, order, widgets }) => ({
      alias,
      title,
      description,
      order,
      widgets: widgets.flatMap(toWidgets),
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
