'use client'
import { cn } from '@thingwire/ui'
import { CircleX, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type RefObject, useMemo, useRef } from 'react'
import type { ScriptLanguage } from '@thingwire/contracts'
import { CodeEditor, type CodeEditorHandle } from './code-editor.tsx'
import type { CodeMark } from './code-types.ts'
import type { NodeScript } from './script-kinds.ts'
import type { ScriptProblem } from './script-problem.ts'
import { useProblemWords } from './use-problem-words.ts'
import { useScriptProblems } from './use-script-problems.ts'
import { useScriptScope } from './use-script-scope.ts'

type Props = {
  nodeId: string
  script: NodeScript
  language: ScriptLanguage
  value: string
  /** Absent: it can only be read. */
  onChange?: ((value: string) => void) | undefined
  onBlur?: (() => void) | undefined
  onRun?: (() => void) | undefined
  handle?: RefObject<CodeEditorHandle | null>
  /** What running it has shown, beside what looking at it does. */
  marks?: readonly CodeMark[]
  fills?: boolean
}

const noMarks: readonly CodeMark[] = []

/** The script of a node with what is known around it: suggestions from real messages, and what is odd about the text. */
export const ScriptEditor = (props: Props) => {
  const { nodeId, script, language, value, onChange, onBlur, onRun, marks = noMarks, fills = false } = props
  const t = useTranslations('chainScripts')
  const own = useRef<CodeEditorHandle>(null)
  const handle = props.handle ?? own
  const { suggest, frame } = useScriptScope({ id: nodeId, script, language }, value)
  const problems = useScriptProblems(value, frame)
  const words = useProblemWords()
  const told = useMemo(() => problems.map((one) => ({ ...one, message: words(one) })), [problems, words])
  const shown = useMemo(() => [...told, ...marks], [told, marks])
  return (
    <div className={cn('grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5', fills && 'h-full grid-rows-[minmax(0,1fr)]')}>
      <CodeEditor
        value={value}
        label={t('scriptIn', { language: t(`language.${language}`) })}
        language={language}
        onChange={onChange}
        onBlur={onBlur}
        onRun={onRun}
        marks={shown}
        suggest={suggest}
        format={async (text) => (await import('./format-script.ts')).formatScript(text, language)}
        isInvalid={told.some(({ severity }) => severity === 'error')}
        fills={fills}
        handle={handle}
      />
      <ProblemList problems={told} onOpen={({ from }) => handle.current?.goTo(from)} />
    </div>
  )
}

type Told = ScriptProblem & { message: string }

const ProblemList = ({ problems, onOpen }: { problems: readonly Told[]; onOpen: (problem: Told) => void }) => {
  const t = useTranslations('chainScripts')
  if (problems.length === 0) return null
  return (
    <ul aria-label={t('problems')} className="max-h-28 overflow-y-auto">
      {problems.map((problem) => (
        <li key={`${problem.from} ${problem.key}`}>
          <button
            type="button"
            onClick={() => onOpen(problem)}
            className="flex w-full items-baseline gap-1.5 rounded-sm px-1 py-0.5 text-left text-xs hover:bg-hover pointer-coarse:py-3"
          >
            {problem.severity === 'error' ? (
              <CircleX role="img" aria-label={t('error')} className="size-3.5 shrink-0 self-center text-danger-text" />
            ) : (
              <TriangleAlert
                role="img"
                aria-label={t('hint')}
                className="size-3.5 shrink-0 self-center text-warn-text"
              />
            )}
            <span className="min-w-0 flex-1 text-ink-2">{problem.message}</span>
            <span className="shrink-0 text-ink-3 tabular-nums">
              {t('place', { line: problem.line, column: problem.column })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
