import { sectionStates } from '@thingwire/dashboards'
import { gridAt, gridsOfState, nameOfState, placesOf } from '@thingwire/dashboards/edit'
import { type Json, jsonOf } from '../../side/json.ts'

/** The states of a dashboard that people know, in their order: sections of containers are none. */
export const knownStates = (configuration: Json): { id: string; name: string; isRoot: boolean }[] => {
  const sections = sectionStates(configuration)
  return Object.entries(jsonOf(configuration.states)).flatMap(([id, state]) =>
    sections.has(id) ? [] : [{ id, name: nameOfState(configuration, id), isRoot: jsonOf(state).root === true }],
  )
}

/** How many widgets stand in a state. */
export const widgetsIn = (configuration: Json, stateId: string): number =>
  new Set(gridsOfState(configuration, stateId).flatMap((at) => Object.keys(placesOf(gridAt(configuration, at))))).size
