'use client'
import { type FunctionSource, readFunction } from '@thingwire/dashboards'
import { useEffect, useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import { type ColorSettings, colorOf, constantsOnly, type SourceLookup } from './color-settings.ts'

type Made<K extends string> = { colors: Readonly<Record<K, string>>; problem: string | null }

/**
 * The colours that settings give a value. Those made by functions of the file come from the sandbox: until they are there,
 * and when the function fails, the constant colour stands.
 */
export const useColors = <K extends string>(
  settings: Readonly<Record<K, ColorSettings>>,
  value: unknown,
  lookup: SourceLookup = constantsOnly,
): Made<K> => {
  const { functions } = useWidgetHost()
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const entries = Object.entries(settings) as [K, ColorSettings][]
  const asked = entries.flatMap(([name, one]): [string, FunctionSource][] => {
    const code = one.type === 'function' ? readFunction(one.colorFunction) : null
    return code ? [[name, code]] : []
  })
  // As text, so that the effect runs when the code changes and not with every drawing.
  const codes = asked.length > 0 ? JSON.stringify(asked) : ''
  useEffect(() => {
    if (!codes || value === undefined) return
    let isCurrent = true
    const ask = async () => {
      const made: Record<string, string> = {}
      let failure: string | null = null
      for (const [name, code] of JSON.parse(codes) as [string, FunctionSource][]) {
        const [result] = await functions.callMany(code, ['value'], [[value]])
        if (result?.ok && typeof result.value === 'string') made[name] = result.value
        else if (result && !result.ok) failure = result.message
      }
      if (!isCurrent) return
      setAnswers(made)
      setProblem(failure)
    }
    void ask()
    return () => {
      isCurrent = false
    }
  }, [codes, value, functions])
  const colors = Object.fromEntries(
    entries.map(([name, one]) => [name, (one.type === 'function' && answers[name]) || colorOf(one, value, lookup)]),
  ) as Record<K, string>
  return { colors, problem: codes ? problem : null }
}
