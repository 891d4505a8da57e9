'use client'
import type { FunctionSource } from '@thingwire/dashboards'
import { useMemo } from 'react'
import { firstFailure, useFunction } from '../../functions/use-function.ts'
import type { WidgetSeries } from '../../widget.ts'
import { fillPattern, recordsOf } from './records.ts'

const none: readonly (readonly unknown[])[] = []

/**
 * A text that a file gives as a pattern or makes by a function of the data; what the function makes is a pattern, too.
 * `text` is null until the function has answered.
 */
export const useContentText = (p: {
  source: FunctionSource | null
  argumentNames: readonly string[]
  pattern: string
  series: readonly WidgetSeries[]
  context: Readonly<Record<string, unknown>>
}): { text: string | null; problem: string | null } => {
  const { source, series, argumentNames, context, pattern } = p
  const isFunction = source !== null
  const calls = useMemo(
    () => (isFunction ? [[recordsOf(series), ...(argumentNames.length > 1 ? [context] : [])]] : none),
    [isFunction, series, argumentNames, context],
  )
  const { results } = useFunction(source, argumentNames, calls)
  const [result] = results ?? []
  const raw = isFunction ? (result?.ok ? result.value : null) : pattern
  const text = useMemo(
    () => (raw === null || raw === undefined ? null : fillPattern(String(raw), series)),
    [raw, series],
  )
  const problem = firstFailure(results)
  return { text: problem !== null && text === null ? '' : text, problem }
}
