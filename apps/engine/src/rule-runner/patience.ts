import type { CompiledNode } from '@thingwire/rules'

/** A batch goes on beside nodes that take longer than this, and its partition beside a batch that waits for them alone. */
export const patienceMs = 50

/** Scripts have a time limit of their own, and what is outside answers when it likes. Others wait for our own store. */
export const mayBeSlow = (node: CompiledNode): boolean =>
  node.manifest?.category === 'external' || (node.problem === null && isScripted(node.config))

const isScripted = (config: unknown): boolean => typeof config === 'object' && config !== null && 'scriptLang' in config
