import { AppError, type UserSettingsDocument } from '@thingwire/contracts'

/** `a.b` → `['a', 'b']`. Names that lead out of the document into its prototype are refused. */
const segmentsOf = (path: string): string[] => {
  const segments = path.trim().split('.')
  for (const segment of segments)
    if (segment === '' || segment === '__proto__' || segment === 'constructor' || segment === 'prototype')
      throw new AppError('ARGUMENT_INVALID', `Invalid settings path: '${path}'`)
  return segments
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const copyOf = (value: unknown): Record<string, unknown> => (isObject(value) ? { ...value } : {})

/** The document with each value of `changes` at the path that is its key; objects on the way are made. */
export const withPaths = (stored: UserSettingsDocument, changes: UserSettingsDocument): UserSettingsDocument => {
  const result = { ...stored }
  for (const [path, value] of Object.entries(changes)) {
    const segments = segmentsOf(path)
    const last = segments.pop() ?? ''
    let node: Record<string, unknown> = result
    for (const segment of segments) {
      const child = copyOf(Object.hasOwn(node, segment) ? node[segment] : undefined)
      node[segment] = child
      node = child
    }
    node[last] = value
  }
  return result
}

/** The document without the members at the paths; those that are not there are no matter. */
export const withoutPaths = (stored: UserSettingsDocument, paths: readonly string[]): UserSettingsDocument => {
  const result = { ...stored }
  for (const path of paths) {
    const segments = segmentsOf(path)
    const last = segments.pop() ?? ''
    let node: Record<string, unknown> | null = result
    for (const segment of segments) {
      const child: unknown = Object.hasOwn(node, segment) ? node[segment] : undefined
      if (!isObject(child)) {
        node = null
        break
      }
      const copy = { ...child }
      node[segment] = copy
      node = copy
    }
    if (node) delete node[last]
  }
  return result
}
