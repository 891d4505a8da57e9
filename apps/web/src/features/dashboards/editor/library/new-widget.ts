import type { WidgetKind } from '@thingwire/dashboards'
import type { NewWidget } from '@thingwire/dashboards/edit'
import type { WidgetManifest } from '@thingwire/widgets/manifests'

const kinds: Readonly<Record<WidgetManifest['data'], WidgetKind>> = {
  none: 'static',
  latest: 'latest',
  series: 'timeseries',
  page: 'latest',
  alarms: 'alarm',
  control: 'rpc',
}

/** How files name it: ThingsBoard's name where it has one, so that the file works there, too. */
export const fqnOf = ({ fqns, type }: WidgetManifest): string => `system.${fqns[0] ?? type}`

/** A widget as the library has it, with no data yet. */
export const newWidget = (manifest: WidgetManifest, id: string): NewWidget => ({
  id,
  typeFullFqn: fqnOf(manifest),
  type: kinds[manifest.data],
  title: manifest.name,
  sizeX: manifest.size.columns,
  sizeY: manifest.size.rows,
})
