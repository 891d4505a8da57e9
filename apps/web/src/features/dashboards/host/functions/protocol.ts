import { z } from 'zod'

/** What the page asks of the sandbox: run the code once for each list of arguments. */
export type SandboxJob = {
  id: number
  code: string
  /** Text of the library modules that the code names, by those names. */
  modules: Readonly<Record<string, string>>
  names: readonly string[]
  calls: readonly (readonly unknown[])[]
}

export type SandboxRequest = { type: 'run'; jobs: readonly SandboxJob[] }

const resultSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
])

/** What may come out of the sandbox. It is foreign: anything else is dropped. */
export const sandboxReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('done'), id: z.number(), results: z.array(resultSchema) }),
  z.object({ type: z.literal('timeout'), id: z.number() }),
  z.object({ type: z.literal('crashed'), id: z.number() }),
])

export const sandboxLimits = {
  /** Milliseconds that one job may take before its worker is ended. */
  jobMs: 500,
  /** A job is at most so many calls; longer lists are more jobs. */
  jobCalls: 1_000,
  /** Jobs that wait; what comes beyond is refused. */
  waitingJobs: 500,
  /** Values in one call's arguments, or in one result: members of lists and objects, at all depths. */
  nodes: 200_000,
  characters: 2_000_000,
  depth: 32,
  /** After so many ends by force a function stays off. */
  strikes: 5,
  startMs: 15_000,
} as const

/** Whether a value is small enough to be copied into the sandbox, without walking more of it than that takes. */
export const fitsSandbox = (value: unknown): boolean => {
  let nodes = 0
  let characters = 0
  const walk = (one: unknown, depth: number): boolean => {
    nodes += 1
    if (nodes > sandboxLimits.nodes || depth > sandboxLimits.depth) return false
    if (typeof one === 'string') {
      characters += one.length
      return characters <= sandboxLimits.characters
    }
    if (typeof one !== 'object' || one === null) return true
    return Object.values(one).every((member) => walk(member, depth + 1))
  }
  return walk(value, 0)
}
