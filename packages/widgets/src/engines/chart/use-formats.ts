'use client'
import type { FunctionSource } from '@thingwire/dashboards'
import { useEffect, useMemo, useState } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { FunctionsPort } from '../../host/host.ts'

/** Answers that are kept; values of a live chart are always new ones. */
const mostKept = 5_000
/** Calls of one batch: the rest of what is asked at once is told without the function. */
const mostAtOnce = 500

type Answer = { value: unknown } | 'asked'

export type Formats = {
  /** What code of the file makes of the arguments; undefined while it is asked, and when it fails. */
  get: (code: FunctionSource | null, names: readonly string[], args: readonly unknown[]) => unknown
  /** The first failure. */
  error: () => string | null
}

/**
 * Formatters of a dashboard file run in a sandbox and answer later, while a chart asks for labels at once. What is asked for
 * is collected, called in one batch a moment later, and told by `answered`; then the chart is drawn again.
 */
export const createFormats = (
  functions: FunctionsPort,
  answered: () => void,
  later: (run: () => void) => void = queueMicrotask,
): Formats & { start: () => void; stop: () => void } => {
  const kept = new Map<string, Answer>()
  const waiting = new Map<
    string,
    { code: FunctionSource; names: readonly string[]; calls: Map<string, readonly unknown[]> }
  >()
  let failure: string | null = null
  let isScheduled = false
  let isStopped = false

  const flush = () => {
    isScheduled = false
    const batches = [...waiting.values()]
    waiting.clear()
    for (const { code, names, calls } of batches) {
      const keys = [...calls.keys()]
      functions
        .callMany(code, names, [...calls.values()])
        .then((results) => {
          if (isStopped) return
          for (const [index, key] of keys.entries()) {
            const result = results[index]
            kept.set(key, { value: result?.ok ? result.value : undefined })
            if (result && !result.ok) failure ??= result.message
          }
          answered()
        })
        .catch((error: unknown) => {
          failure ??= error instanceof Error ? error.message : String(error)
          if (!isStopped) answered()
        })
    }
  }
  const ask = (code: FunctionSource, names: readonly string[], key: string, args: readonly unknown[]) => {
    const batchKey = JSON.stringify([code, names])
    const batch = waiting.get(batchKey) ?? { code, names, calls: new Map() }
    if (batch.calls.size >= mostAtOnce) return
    waiting.set(batchKey, batch)
    batch.calls.set(key, args)
    kept.set(key, 'asked')
    if (!isScheduled) {
      isScheduled = true
      later(flush)
    }
  }
  return {
    get: (code, names, args) => {
      if (code === null) return undefined
      const key = JSON.stringify([code, args])
      const answer = kept.get(key)
      if (answer === undefined) {
        if (kept.size >= mostKept) kept.clear()
        ask(code, names, key, args)
        return undefined
      }
      return answer === 'asked' ? undefined : answer.value
    },
    error: () => failure,
    start: () => {
      isStopped = false
    },
    stop: () => {
      isStopped = true
    },
  }
}

/** A text that code made, or undefined. */
export const formattedText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined

/** `version` changes whenever answers have come. */
export const useFormats = (): { formats: Formats; version: number } => {
  const { functions } = useWidgetHost()
  const [version, setVersion] = useState(0)
  const formats = useMemo(() => createFormats(functions, () => setVersion((before) => before + 1)), [functions])
  // Effects may end and begin again while the component, and so its answers, stay.
  useEffect(() => {
    formats.start()
    return () => formats.stop()
  }, [formats])
  return { formats, version }
}
