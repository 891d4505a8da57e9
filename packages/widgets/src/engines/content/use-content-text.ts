'use client'
import type { FunctionSource } from '@thingwire/dashboards'
import { useMemo } from 'react'
import { firstFailure, useFunction } from '../../functions/use-function.ts'
import type { WidgetSeries } from '../../widget.ts'
import { entitiesOf, useFunctionContext } from '../../functions/function-context.ts'
import { fillPattern, recordsOf } from './records.ts'

const none: readonly (readonly unknown[])[] = []

/**
 * A text that a file gives as a pattern or makes by a function of the data; what the function makes is a pattern, too.
 * `text` is null until the function has answered; `isAbsent`: it failed over what is not there, so there is nothing to show.
 */
export const useContentText = (p: {
  source: FunctionSource | null
  argumentNames: readonly string[]
  pattern: string
  series: readonly WidgetSeries[]
}): { text: string | null; problem: string | null; isAbsent: boolean } => {
  const { source, series, argumentNames, pattern } = p
  const around = useFunctionContext()
  const isFunction = source !== null
  const calls = useMemo(
    () =>
      isFunction
        ? [[recordsOf(series), ...(argumentNames.length > 1 ? [{ ...around, datasources: entitiesOf(series) }] : [])]]
        : none,
    [isFunction, series, argumentNames, around],
  )
  const { results } = useFunction(source, argumentNames, calls)
  const [result] = results ?? []
  const raw = isFunction ? (result?.ok ? result.value : null) : pattern
  const text = useMemo(
    () => (raw === null || raw === undefined ? null : fillPattern(String(raw), series)),
    [raw, series],
  )
  const problem = firstFailure(results)
  const lacks = series.length === 0 || series.some(({ points }) => points.length === 0)
  const isAbsent = problem !== null && lacks && /^TypeError: .*\b(?:undefined|null)\b/.test(problem)
  return { text: problem !== null && text === null ? '' : text, problem, isAbsent }
}
