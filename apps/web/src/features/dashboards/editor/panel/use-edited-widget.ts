import { widgetOf } from '@thingwire/dashboards/edit'
import { createContext, use, useMemo } from 'react'
import { isJson, type Json, jsonOf } from '../side/json.ts'
import { useConfiguration } from '../store/use-editor.ts'
import { layerKeyNames } from './map/own-layers.ts'
import { axesIn } from './settings/axes.ts'

/** The widget that the panel is about, for forms of its parts that need to know more of it. */
export const EditedWidgetContext = createContext('')

const useConfig = () => jsonOf(widgetOf(useConfiguration(), use(EditedWidgetContext))?.config)

/** The value axes of the widget as they are stored, in order. */
export const useAxisList = () => axesIn(jsonOf(useConfig().settings).yAxes)

/** Ids and titles of the value axes of the widget, in order. */
export const useAxes = (): readonly { id: string; label: string }[] =>
  useAxisList().map(({ id, axis }) => ({
    id,
    label: typeof axis.label === 'string' ? axis.label : '',
  }))

const jsonsIn = (value: unknown) => (Array.isArray(value) ? value.filter(isJson) : [])

/** The first source of the widget's data. */
export const useFirstSource = (): Json => jsonsIn(useConfig().datasources)[0] ?? {}

/** How many keys of the widget stand on each axis. */
export const useAxisUse = (): ReadonlyMap<string, number> => {
  const { datasources } = useConfig()
  const uses = new Map<string, number>()
  for (const source of jsonsIn(datasources)) {
    for (const key of jsonsIn(source.dataKeys)) {
      const id = jsonOf(key.settings).yAxisId
      const name = typeof id === 'string' && id !== '' ? id : 'default'
      uses.set(name, (uses.get(name) ?? 0) + 1)
    }
  }
  return uses
}

/** Names of the keys whose newest values patterns and code of the widget may name. */
export const useKeyNames = (): readonly string[] => {
  const { datasources, settings } = useConfig()
  return useMemo(() => {
    const texts = jsonsIn(datasources).flatMap((source) =>
      jsonsIn(source.dataKeys).map(({ label, name }) => (typeof label === 'string' && label !== '' ? label : name)),
    )
    return [...new Set([...texts.filter((text) => typeof text === 'string'), ...layerKeyNames(jsonOf(settings))])]
  }, [datasources, settings])
}
