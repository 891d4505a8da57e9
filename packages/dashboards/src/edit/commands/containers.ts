import type { JsonRecord } from '../../read.ts'
import { readContainer } from '../container.ts'
import { withMember, without } from '../json.ts'
import { statesOf, widgetOf } from '../parts.ts'

/** The states of sections of containers, when these are gone. */
export const withoutContainers = (configuration: JsonRecord, ids: readonly string[]): JsonRecord => {
  const states = ids.flatMap((id) => {
    const widget = widgetOf(configuration, id)
    return widget ? (readContainer(widget)?.sections ?? []).map(({ stateId }) => stateId) : []
  })
  return withMember(configuration, 'states', without(statesOf(configuration), states))
}
