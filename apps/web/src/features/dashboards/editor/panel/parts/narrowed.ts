import type { JsonPath } from '@thingwire/dashboards/edit'
import { isJson } from '../../side/json.ts'

/** The one place in which two values differ; where there are several, what holds them all. */
export const narrowed = (before: unknown, after: unknown, path: JsonPath = []): { path: JsonPath; value: unknown } => {
  if (!isJson(before) || !isJson(after)) return { path, value: after }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const [only, ...others] = names.filter((name) => before[name] !== after[name])
  if (only === undefined || others.length > 0) return { path, value: after }
  return narrowed(before[only], after[only], [...path, only])
}
