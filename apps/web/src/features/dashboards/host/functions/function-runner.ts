import { type FunctionSource, readFunction } from '@thingwire/dashboards'
import type { FunctionResult, WidgetHost } from '@thingwire/widgets/manifests'
import { fitsSandbox, type SandboxJob, type SandboxRequest, sandboxLimits, sandboxReplySchema } from './protocol.ts'
import { createResultCache } from './result-cache.ts'

/** The way to one sandbox. Messages go out once it is ready; `receive` gets whatever comes, as it comes. */
export type SandboxChannel = { post: (request: SandboxRequest) => void; close: () => void }
export type OpenSandbox = (receive: (message: unknown) => void) => SandboxChannel

export type SandboxWords = {
  timedOut: string
  /** After `strikes` ends by force. */
  off: string
  crashed: string
  tooLarge: string
  tooMany: string
  notStarted: string
  closed: string
}

type Pending = { codeKey: string; cacheKeys: (string | null)[]; settle: (results: readonly FunctionResult[]) => void }

/**
 * Runs code of a dashboard file. The sandbox starts with the first call; calls of one turn go out together.
 * @param loadModule text of a library module by its link
 */
export const createFunctionRunner = (input: {
  open: OpenSandbox
  loadModule: (link: string) => Promise<string>
  words: SandboxWords
}): { port: WidgetHost['functions']; close: () => void } => {
  const { open, words } = input
  const cache = createResultCache()
  const strikes = new Map<string, number>()
  const pending = new Map<number, Pending>()
  const modules = new Map<string, Promise<string>>()
  let channel: SandboxChannel | null = null
  let isReady = false
  let isClosed = false
  let startTimer: ReturnType<typeof setTimeout> | undefined
  let outgoing: SandboxJob[] = []
  let isFlushing = false
  let lastId = 0

  const failure = (message: string): FunctionResult => ({ ok: false, message })
  const settle = (id: number, results: readonly FunctionResult[]) => {
    const job = pending.get(id)
    pending.delete(id)
    job?.settle(results)
  }
  const failJob = (id: number, message: string) => {
    const job = pending.get(id)
    if (job)
      settle(
        id,
        job.cacheKeys.map(() => failure(message)),
      )
  }
  const failAll = (message: string) => {
    outgoing = []
    for (const id of [...pending.keys()]) failJob(id, message)
  }

  const receive = (message: unknown) => {
    const parsed = sandboxReplySchema.safeParse(message)
    if (!parsed.success) return
    const reply = parsed.data
    if (reply.type === 'ready') {
      clearTimeout(startTimer)
      isReady = true
      flush()
      return
    }
    const job = pending.get(reply.id)
    if (!job) return
    if (reply.type === 'done') {
      // A list of another length is not what the worker's own program sends.
      if (reply.results.length !== job.cacheKeys.length) return failJob(reply.id, words.crashed)
      for (const [at, result] of reply.results.entries()) {
        const key = job.cacheKeys[at]
        if (key) cache.set(key, result)
      }
      return settle(reply.id, reply.results)
    }
    const count = (strikes.get(job.codeKey) ?? 0) + 1
    strikes.set(job.codeKey, count)
    failJob(
      reply.id,
      count >= sandboxLimits.strikes ? words.off : reply.type === 'timeout' ? words.timedOut : words.crashed,
    )
  }

  const start = () => {
    channel = open(receive)
    startTimer = setTimeout(() => {
      failAll(words.notStarted)
      // The next call tries again.
      channel?.close()
      channel = null
    }, sandboxLimits.startMs)
  }
  const flush = () => {
    isFlushing = false
    if (!isReady || !channel || outgoing.length === 0) return
    const jobs = outgoing
    outgoing = []
    try {
      channel.post({ type: 'run', jobs })
    } catch {
      // One of the jobs holds what cannot be cloned; alone, the others still go.
      for (const job of jobs) {
        try {
          channel.post({ type: 'run', jobs: [job] })
        } catch (cause) {
          failJob(job.id, cause instanceof Error ? cause.message : String(cause))
        }
      }
    }
  }

  const send = (
    codeKey: string,
    job: Omit<SandboxJob, 'id'>,
    cacheKeys: (string | null)[],
  ): Promise<readonly FunctionResult[]> => {
    if (pending.size >= sandboxLimits.waitingJobs) return Promise.resolve(job.calls.map(() => failure(words.tooMany)))
    return new Promise((resolve) => {
      lastId += 1
      pending.set(lastId, { codeKey, cacheKeys, settle: resolve })
      outgoing.push({ ...job, id: lastId })
      if (!channel) start()
      if (isFlushing) return
      isFlushing = true
      setTimeout(flush, 0)
    })
  }

  const moduleTexts = async (source: FunctionSource): Promise<Record<string, string>> => {
    if (typeof source === 'string' || !source.modules) return {}
    const found = await Promise.all(
      Object.entries(source.modules).map(async ([name, link]) => {
        const text = modules.get(link) ?? input.loadModule(link)
        modules.set(link, text)
        // What failed may be there when it is asked for again.
        text.catch(() => modules.delete(link))
        return [name, await text] as const
      }),
    )
    return Object.fromEntries(found)
  }

  const callMany: WidgetHost['functions']['callMany'] = async (source, names, calls) => {
    const same = (message: string) => calls.map(() => failure(message))
    if (calls.length === 0) return []
    if (isClosed) return same(words.closed)
    const code = typeof source === 'string' ? source : source.body
    if (!readFunction(source)) return calls.map(() => ({ ok: true, value: undefined }))
    const links = typeof source === 'string' ? null : source.modules
    const codeKey = JSON.stringify([code, names, links ?? null])
    if ((strikes.get(codeKey) ?? 0) >= sandboxLimits.strikes) return same(words.off)

    const results: (FunctionResult | undefined)[] = []
    const keys: (string | null)[] = []
    const open: number[] = []
    for (const [at, call] of calls.entries()) {
      const key = cache.keyOf(codeKey, code, call)
      const known = key ? cache.get(key) : fitsSandbox(call) ? undefined : failure(words.tooLarge)
      keys.push(key)
      results.push(known)
      if (!known) open.push(at)
    }
    if (open.length > 0) {
      let texts: Record<string, string>
      try {
        texts = await moduleTexts(source)
      } catch (cause) {
        return same(cause instanceof Error ? cause.message : String(cause))
      }
      if (isClosed) return same(words.closed)
      await Promise.all(
        chunks(open, sandboxLimits.jobCalls).map(async (part) => {
          const job = { code, modules: texts, names, calls: part.map((at) => calls[at] ?? []) }
          const answers = await send(
            codeKey,
            job,
            part.map((at) => keys[at] ?? null),
          )
          for (const [n, at] of part.entries()) results[at] = answers[n]
        }),
      )
    }
    return results.map((result) => result ?? failure(words.crashed))
  }

  return {
    port: { callMany },
    close: () => {
      isClosed = true
      clearTimeout(startTimer)
      failAll(words.closed)
      channel?.close()
      channel = null
    },
  }
}

const chunks = <T>(all: readonly T[], size: number): T[][] => {
  const parts: T[][] = []
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size))
  return parts
}
