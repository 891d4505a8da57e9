import { installs } from '../runtime-text.ts'
import type { Runtime } from '../runtime/types.ts'

const create = (): Readonly<Runtime> => {
  const made: Partial<Runtime> = {}
  const isWhole = (runtime: Partial<Runtime>): runtime is Runtime => runtime.Boxed !== undefined
  // Each adds its part; the last has all of them.
  for (const install of installs) install(made as Runtime)
  if (!isWhole(made)) throw new Error('The runtime is incomplete')
  return Object.freeze(made)
}

/** The runtime of the language in this process: the same functions that stand in a sandbox as text. */
export const runtime = create()

export type Operation = (left: unknown, right: unknown) => unknown

/** A function of the runtime by its name. */
export const operation = (name: string): Operation => {
  const found = runtime[name]
  if (typeof found !== 'function') throw new Error(`The runtime has no ${name}`)
  return (left, right) => found(left, right)
}
