import { valueSettingsOf, type WidgetManifest } from '@thingwire/widgets/manifests'

const panelTabs = ['general', 'data', 'settings', 'values', 'steps', 'actions', 'layout', 'inspect', 'json'] as const
type PanelTab = (typeof panelTabs)[number]

/**
 * The tabs of a widget's panel: those in which something can be set or seen.
 * @param manifest undefined: a widget that is not known
 * @param isRead the widget of the document could be read
 */
export const tabsOf = (manifest: WidgetManifest | undefined, isRead: boolean): readonly PanelTab[] => {
  const hasData = manifest !== undefined && manifest.data !== 'none'
  const isTable = manifest?.data === 'series' || manifest?.data === 'latest'
  const has: Readonly<Record<PanelTab, boolean>> = {
    general: true,
    data: hasData,
    settings: manifest !== undefined && hasSettings(manifest),
    values: hasData && valueSettingsOf(manifest).length > 0,
    steps: isRead && isTable,
    actions: true,
    layout: true,
    inspect: isRead && hasData,
    json: true,
  }
  return panelTabs.filter((tab) => has[tab])
}

const hasSettings = ({ settings }: WidgetManifest): boolean => Object.keys(Object(settings.parse({}))).length > 0
