import { useEffect, useMemo, useState } from 'react'
import type { ScriptFrame, ScriptProblem } from './script-problem.ts'
import type { scriptProblems } from './script-problems.ts'

type Look = typeof scriptProblems

/** People are told about a text when they pause, not at each key. */
const pauseMs = 350

const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    if (text === settled) return
    const timer = setTimeout(() => setSettled(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text, settled])
  return settled
}

const nothing: readonly ScriptProblem[] = []

/** What is wrong or odd about a script; nothing, until the parsers are loaded. */
export const useScriptProblems = (text: string, frame: ScriptFrame): readonly ScriptProblem[] => {
  const [look, setLook] = useState<Look | null>(null)
  useEffect(() => {
    let isGone = false
    void import('./script-problems.ts').then((module) => isGone || setLook(() => module.scriptProblems))
    return () => {
      isGone = true
    }
  }, [])
  const settled = useSettled(text)
  return useMemo(() => (look ? look(settled, frame) : nothing), [look, settled, frame])
}
