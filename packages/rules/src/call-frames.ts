import type { Message } from '@thingwire/contracts'
import { mostCallers } from '@thingwire/contracts'
import type { CompiledNode } from './compile-chain.ts'
import type { RunnableChain } from './run-batch.ts'

/** A chain at one nesting depth with the messages that wait before its nodes. */
export type CallLevel = RunnableChain & { depth: number }

/** A call that waits for an output node: the rule chain node it came from, and who called that chain. */
export type Frame<L extends CallLevel = CallLevel> = { level: L; node: CompiledNode; parent: Frame<L> | null }

type Caller = { ruleChainId: string; ruleNodeId: string }

/** What travels with a message that leaves the batch: who waits for it, outermost first. */
const callersOf = (frame: Frame | null): Caller[] => {
  const callers: Caller[] = []
  for (let at = frame; at; at = at.parent) callers.push({ ruleChainId: at.level.chain.id, ruleNodeId: at.node.id })
  return callers.reverse()
}

/** The message with what a later batch must know to go on with it. */
export const withCallers = (message: Message, frame: Frame | null): Message =>
  frame ? { ...message, callers: callersOf(frame) } : message

/** The message as nodes see it: how it came into the batch is the router's business. */
export const withoutTravelNotes = (message: Message): Message => {
  if (message.callers === undefined && message.executions === undefined && message.connection === undefined)
    return message
  const { callers: _callers, executions: _executions, connection: _connection, ...rest } = message
  return rest
}

/**
 * The frames that a message brought along. A caller that is gone meanwhile cannot be returned to: the ways back end
 * there.
 */
export const restoreFrame = <L extends CallLevel>(
  callers: readonly Caller[],
  levelOf: (ruleChainId: string, depth: number) => L | undefined,
): Frame<L> | null => {
  let frame: Frame<L> | null = null
  callers.forEach(({ ruleChainId, ruleNodeId }, depth) => {
    const level = levelOf(ruleChainId, depth)
    const node = level?.chain.nodes[level.chain.indexById.get(ruleNodeId) ?? -1]
    frame = level && node ? { level, node, parent: frame } : null
  })
  return frame
}

/** Why a rule chain node must not call this chain, or null. */
export const callProblem = (
  caller: { level: CallLevel; node: CompiledNode; frame: Frame | null },
  ruleChainId: string,
  callee: RunnableChain | undefined,
): string | null => {
  if (!callee) return `Rule chain ${ruleChainId} was not found`
  if (ruleChainId === caller.level.chain.id) return 'A rule chain must not call itself'
  let depth = 1
  for (let frame = caller.frame; frame; frame = frame.parent) {
    depth++
    if (frame.node.id === caller.node.id && frame.level.chain.id === caller.level.chain.id) {
      return `Detected rule chain processing loop: "${caller.node.name}" of chain "${caller.level.chain.name}" was reached twice`
    }
  }
  return depth > mostCallers ? `Rule chains call each other more than ${mostCallers} deep` : null
}
