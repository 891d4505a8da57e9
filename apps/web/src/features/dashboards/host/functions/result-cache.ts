import type { FunctionResult } from '@thingwire/widgets/manifests'

const mostEntries = 5_000
const longestKey = 400

/** What a function answered before, by code and arguments; the oldest go first. */
export const createResultCache = () => {
  const entries = new Map<string, FunctionResult>()
  return {
    /** Null for a call that is not worth remembering, or whose answer need not be the same twice. */
    keyOf: (codeKey: string, code: string, call: readonly unknown[]): string | null => {
      if (/\b(?:Date|random|performance)\b/.test(code)) return null
      // What JSON does not tell apart must not share an answer.
      if (!call.every(isTold)) return null
      const text = JSON.stringify(call)
      return text.length > longestKey ? null : `${codeKey}\n${text}`
    },
    get: (key: string) => entries.get(key),
    set: (key: string, result: FunctionResult) => {
      entries.set(key, result)
      if (entries.size <= mostEntries) return
      const oldest = entries.keys().next()
      if (!oldest.done) entries.delete(oldest.value)
    },
  }
}

const isTold = (value: unknown) =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
