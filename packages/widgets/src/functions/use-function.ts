'use client'
import type { FunctionSource } from '@thingwire/dashboards'
import { useEffect, useMemo, useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import type { FunctionResult } from '../host/host.ts'
import { createNewestOnly } from './newest-only.ts'

export type FunctionCalls = readonly (readonly unknown[])[]

export type FunctionAnswers = {
  /** Of the newest calls that were answered, in their order; null until the first. */
  results: readonly FunctionResult[] | null
  /** Of which calls. */
  calls: FunctionCalls | null
}

const none: FunctionAnswers = { results: null, calls: null }

/**
 * Calls code of a dashboard file, and again whenever `calls` is another list; the old answers stay until the new ones come.
 * @param source null: there is nothing to call
 * @param calls one list of arguments a call; to be kept by the caller (`useMemo`) while nothing has changed
 */
export const useFunction = (
  source: FunctionSource | null,
  names: readonly string[],
  calls: FunctionCalls,
): FunctionAnswers => {
  const { functions } = useWidgetHost()
  // Names and code come out of settings, which a host may read anew at every change of the data.
  const key = source === null ? null : JSON.stringify([source, names])
  const [answers, setAnswers] = useState<FunctionAnswers & { key: string | null }>({ ...none, key: null })
  const asking = useMemo(() => {
    if (key === null) return null
    const [code, argumentNames]: [FunctionSource, string[]] = JSON.parse(key)
    return createNewestOnly(
      (wanted: FunctionCalls) => functions.callMany(code, argumentNames, wanted),
      (results, wanted) => setAnswers({ results, calls: wanted, key }),
    )
  }, [functions, key])

  useEffect(() => asking?.ask(calls), [asking, calls])
  useEffect(() => () => asking?.stop(), [asking])

  return answers.key === key ? answers : none
}

/** The first failure, for the mark that a widget shows. */
export const firstFailure = (results: readonly FunctionResult[] | null): string | null => {
  const failed = results?.find((result) => !result.ok)
  return failed && !failed.ok ? failed.message : null
}
