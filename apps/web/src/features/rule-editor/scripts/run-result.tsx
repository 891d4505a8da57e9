'use client'
import { Badge, Segmented } from '@thingwire/ui'
import { ArrowRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { CodeEditor } from './code-editor.tsx'
import { type Difference, differences, prettyJson } from './difference.ts'
import type { NodeScript } from './script-kinds.ts'
import { placeOfError, type ScriptRun } from './script-run.ts'
import { readJsonText } from './seen-messages.ts'

const views = ['difference', 'output'] as const

/** Brings what a new try came to into sight, where the panel is too low for everything. */
const useInSight = (run: ScriptRun) => {
  const place = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is what there is to see
  useEffect(() => {
    place.current?.scrollIntoView?.({ block: 'nearest' })
  }, [run])
  return place
}

/** What a try came to: the answer, what it changed, and whether that was expected. */
export const RunResult = ({ run, script, isStale }: { run: ScriptRun; script: NodeScript; isStale: boolean }) => {
  const t = useTranslations('chainScripts')
  const place = useInSight(run)
  return (
    <div ref={place} className="grid min-w-0 scroll-mb-4 grid-cols-[minmax(0,1fr)] gap-2" aria-live="polite">
      <div className="flex flex-wrap items-center gap-2">
        <Verdict run={run} />
        <span className="text-xs text-ink-3 tabular-nums">
          {t('elapsed', { ms: Math.max(1, Math.round(run.elapsedMs)) })}
        </span>
        {isStale ? <span className="text-xs text-ink-3">{t('stale')}</span> : null}
      </div>
      {run.ok ? <Answer run={run} script={script} /> : <Failure error={run.error} text={run.text} />}
      {run.ok && !run.passed && run.expected !== null ? <Mismatch output={run.output} expected={run.expected} /> : null}
    </div>
  )
}

export const Verdict = ({ run }: { run: ScriptRun }) => {
  const t = useTranslations('chainScripts')
  if (!run.ok) return <Badge tone="danger">{t('failed')}</Badge>
  if (run.expected === null) return <Badge tone="neutral">{t('answered')}</Badge>
  return run.passed ? <Badge tone="ok">{t('passed')}</Badge> : <Badge tone="danger">{t('unexpected')}</Badge>
}

const Failure = ({ error, text }: { error: string; text: string }) => {
  const place = placeOfError(error, text)
  return (
    <div className="grid gap-1.5 rounded-md bg-danger-soft p-3 text-xs text-danger-text">
      <p className="break-words">{error}</p>
      {place ? (
        <pre className="overflow-x-auto font-mono leading-5 text-ink">
          <span className="mr-3 text-ink-3 select-none">{place.line}</span>
          {place.source}
        </pre>
      ) : null}
    </div>
  )
}

const outputsIn = (output: string): unknown[] | null => {
  const read = readJsonText(output)
  if (Array.isArray(read)) return read
  return typeof read === 'object' && read !== null ? [read] : null
}

/** Scripts that make messages of messages: what they changed can be told apart. */
const Answer = ({ run, script }: { run: ScriptRun & { ok: true }; script: NodeScript }) => {
  const t = useTranslations('chainScripts')
  const [view, setView] = useState<(typeof views)[number]>('difference')
  const outputs = useMemo(() => (script.kind === 'update' ? outputsIn(run.output) : null), [script, run.output])
  const before = useMemo(
    () => ({ msg: readJsonText(run.message.data), metadata: run.message.metadata, msgType: run.message.type }),
    [run.message],
  )
  if (outputs === null) return <Output value={run.output} />
  return (
    <>
      <Segmented
        label={t('view')}
        className="justify-self-start"
        value={view}
        onChange={setView}
        options={views.map((value) => ({ value, label: t(`views.${value}`) }))}
      />
      {view === 'output' ? (
        <Output value={run.output} />
      ) : (
        <>
          {outputs.length === 0 ? <p className="text-sm text-ink-3">{t('noMessages')}</p> : null}
          {outputs.map((output, index) => (
            <Changes
              // biome-ignore lint/suspicious/noArrayIndexKey: messages of one answer have nothing else, and do not move
              key={index}
              title={outputs.length > 1 ? t('messageNumber', { number: index + 1 }) : null}
              changes={differences(before, output)}
            />
          ))}
        </>
      )}
    </>
  )
}

const Output = ({ value }: { value: string }) => {
  const t = useTranslations('chainScripts')
  if (value === '') return <p className="text-sm text-ink-3">{t('emptyText')}</p>
  return <CodeEditor value={prettyJson(value)} label={t('views.output')} language="JSON" />
}

const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))

export const Changes = ({ title, changes }: { title: string | null; changes: readonly Difference[] }) => {
  const t = useTranslations('chainScripts')
  return (
    <div className="grid min-w-0 gap-1">
      {title === null ? null : <h4 className="text-xs font-medium text-ink-2">{title}</h4>}
      {changes.length === 0 ? (
        <p className="text-sm text-ink-3">{t('nothingChanged')}</p>
      ) : (
        <ul className="divide-y rounded-md border">
          {changes.map((change) => (
            <Change key={change.path.join('\0')} change={change} />
          ))}
        </ul>
      )}
    </div>
  )
}

const Change = ({ change }: { change: Difference }) => {
  const t = useTranslations('chainScripts')
  const { path, before, after } = change
  const kind = 'before' in change ? ('after' in change ? 'changed' : 'removed') : 'added'
  const tone = kind === 'added' ? 'ok' : kind === 'removed' ? 'danger' : 'warn'
  return (
    <li className="grid gap-0.5 px-2.5 py-1.5">
      <span className="flex items-center gap-2 text-xs">
        <span className="min-w-0 font-mono break-all text-ink">{path.join('.') || t('all')}</span>
        <Badge tone={tone} className="ml-auto">
          {t(`change.${kind}`)}
        </Badge>
      </span>
      <span className="flex flex-wrap items-center gap-x-1.5 font-mono text-xs break-all">
        {'before' in change ? (
          <span className={kind === 'removed' ? 'text-danger-text line-through' : 'text-ink-3'}>{textOf(before)}</span>
        ) : null}
        {kind === 'changed' ? <ArrowRight aria-hidden className="size-3 shrink-0 text-ink-3" /> : null}
        {'after' in change ? <span className="text-ink">{textOf(after)}</span> : null}
      </span>
    </li>
  )
}

const Mismatch = ({ output, expected }: { output: string; expected: string }) => {
  const t = useTranslations('chainScripts')
  const [one, other] = [expected, output].map((text) => readJsonText(text) ?? text)
  return (
    <div className="grid gap-1">
      <h4 className="text-xs font-medium text-ink-2">{t('againstExpected')}</h4>
      <Changes title={null} changes={differences(one, other)} />
    </div>
  )
}
