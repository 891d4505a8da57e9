import type { Database } from '../database.ts'

export type SeedWidget = {
  fqn: string
  name: string
  description: string
  deprecated: boolean
  descriptor: Record<string, unknown>
}
export type SeedBundle = { alias: string; title: string; description: string; order: number; widgets: SeedWidget[] }

const system = { kind: 'system' } as const

/**
 * The widgets and bundles that come with the product. What is there stays as it is, so that the system administrator's
 * changes outlive an upgrade; new widgets join their bundle.
 */
export const seedWidgets = async (db: Database, bundles: readonly SeedBundle[]): Promise<void> => {
  for (const { widgets, ...bundle } of bundles) {
    const made: string[] = []
    for (const widget of widgets) {
      if (await db.widgetTypes.findByFqn(system, widget.fqn)) continue
      await db.widgetTypes.save(system, { ...widget, scada: false, image: null, tags: [], version: null })
      made.push(widget.fqn)
    }
    const existing = await db.widgetsBundles.findByAlias(system, bundle.alias)
    if (existing && made.length === 0) continue
    const { id } =
      existing ?? (await db.widgetsBundles.save(system, { ...bundle, image: null, scada: false, version: null }))
    const members = existing ? (await db.widgetTypes.ofBundle(id.id)).map(({ fqn }) => fqn) : []
    await db.widgetsBundles.setWidgetTypeFqns(system, id.id, [
      ...members,
      ...(existing ? made : widgets.map(({ fqn }) => fqn)),
    ])
  }
}
