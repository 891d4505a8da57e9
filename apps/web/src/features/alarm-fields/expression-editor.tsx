'use client'
import type { EntityId } from '@thingwire/contracts'
import { Button, IconButton } from '@thingwire/ui'
import { FlaskConical, WandSparkles } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback, useMemo, useRef, useState } from 'react'
import { CodeEditor, type CodeEditorHandle } from '@/features/rule-editor/scripts/code-editor.tsx'
import type { Suggest } from '@/features/rule-editor/scripts/code-types.ts'
import type { ScriptFrame } from '@/features/rule-editor/scripts/script-problem.ts'
import { type ScriptScope, suggestIn } from '@/features/rule-editor/scripts/suggest.ts'
import { unknownShape } from '@/features/rule-editor/scripts/shape.ts'
import { useProblemWords } from '@/features/rule-editor/scripts/use-problem-words.ts'
import { useScriptProblems } from '@/features/rule-editor/scripts/use-script-problems.ts'
import type { NamedArgument } from './alarm-field-model.ts'
import { TryExpression } from './try-expression.tsx'

/** A condition as a script: every argument is a variable of its name. */
export const ExpressionEditor = (p: {
  text: string
  names: readonly string[]
  args: readonly NamedArgument[]
  owner: EntityId | null
  error: string | undefined
  onChange: (text: string) => void
}) => {
  const t = useTranslations('alarmFields')
  const words = useTranslations('chainScripts')
  const handle = useRef<CodeEditorHandle>(null)
  const [isTrying, setTrying] = useState(false)
  const { names, text } = p
  const marks = useMarks(text, names)
  const suggest = useSuggest(names)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <div className="flex items-center gap-1">
        <p className="min-w-0 flex-1 text-xs text-ink-3">{t('expressionHint')}</p>
        <IconButton label={words('format')} size="icon-sm" onClick={() => handle.current?.format()}>
          <WandSparkles />
        </IconButton>
        <Button size="sm" aria-pressed={isTrying} onClick={() => setTrying(!isTrying)}>
          <FlaskConical />
          {t('try')}
        </Button>
      </div>
      <CodeEditor
        label={t('expressions.TBEL')}
        language="TBEL"
        value={text}
        onChange={p.onChange}
        marks={marks}
        suggest={suggest}
        format={async (script) =>
          (await import('@/features/rule-editor/scripts/format-script.ts')).formatScript(script, 'TBEL')
        }
        isInvalid={p.error !== undefined || marks.some(({ severity }) => severity === 'error')}
        handle={handle}
      />
      {marks.length > 0 ? (
        <ul className="grid gap-0.5 text-xs">
          {marks.map((mark) => (
            <li key={`${mark.from} ${mark.message}`}>
              <button
                type="button"
                className={mark.severity === 'error' ? 'text-left text-danger-text' : 'text-left text-warn-text'}
                onClick={() => handle.current?.goTo(mark.from)}
              >
                {mark.message}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {p.error ? (
        <p role="alert" className="text-xs text-danger-text">
          {p.error}
        </p>
      ) : null}
      {isTrying ? <TryExpression text={text} args={p.args} owner={p.owner} /> : null}
    </div>
  )
}

/** What is wrong with the text, as far as looking at it shows. */
const useMarks = (text: string, names: readonly string[]) => {
  const words = useProblemWords()
  const usesLibraries = text.includes('@use')
  const frame = useMemo<ScriptFrame>(
    () => ({
      ...{ language: 'TBEL', kind: 'filter', args: ['ctx', ...names] },
      // Which functions libraries bring is not known here.
      ...{ imports: usesLibraries ? null : [], libraries: null, labels: null },
    }),
    [names, usesLibraries],
  )
  const problems = useScriptProblems(text, frame)
  return useMemo(() => problems.map((one) => ({ ...one, message: words(one) })), [problems, words])
}

const scope: ScriptScope = {
  ...{ language: 'TBEL', kind: 'filter', args: [], data: unknownShape, metadata: unknownShape },
  ...{ messageTypes: [], labels: [], libraries: [], functions: [] },
}

/** The arguments, before what every script can say. */
const useSuggest = (names: readonly string[]): Suggest =>
  useCallback<Suggest>(
    (text, at, isAsked) => {
      const found = suggestIn(() => scope)(text, at, isAsked)
      const isWord = found?.options.some(({ label }) => label === 'return')
      if (!found || !isWord) return found
      const own = [...names, 'ctx'].map((label) => ({ label, kind: 'variable' as const, boost: 20 }))
      return { ...found, options: [...own, ...found.options] }
    },
    [names],
  )
