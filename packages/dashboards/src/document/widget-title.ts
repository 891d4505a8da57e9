import { type JsonRecord, recordOf } from '../read.ts'

/** Tables and forms have a title among their settings; where it is filled, that of the card is only what the library gave it. */
const titleSettings = ['entitiesTitle', 'alarmsTitle', 'widgetTitle']

/** Where the title that is shown stands in the configuration of a widget. */
export const titlePathOf = (config: JsonRecord): readonly string[] => {
  const settings = recordOf(config.settings)
  const own = titleSettings.find((name) => typeof settings[name] === 'string' && settings[name].trim() !== '')
  return own === undefined ? ['title'] : ['settings', own]
}

export const titleOf = (config: JsonRecord): string => {
  const [first = '', second] = titlePathOf(config)
  const title = second === undefined ? config[first] : recordOf(config[first])[second]
  return typeof title === 'string' ? title : ''
}
