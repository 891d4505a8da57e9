'use client'
import { Button, Dialog, IconButton, Menu, MenuItem, Skeleton } from '@thingwire/ui'
import { ChevronDown, Maximize2, Play, Save } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useRef, useState } from 'react'
import { Age } from '../../../components/age.tsx'
import { SwitchRow } from '../../../components/switch-row.tsx'
import type { DocNode } from '../model/document.ts'
import { CaseList } from './case-list.tsx'
import { CodeEditor, type CodeEditorHandle } from './code-editor.tsx'
import { prettyJson } from './difference.ts'
import { MessageForm, Part } from './message-form.tsx'
import { RunResult } from './run-result.tsx'
import { ScriptEditor } from './script-editor.tsx'
import { isInEditor } from './script-field.tsx'
import { type NodeScript, scriptOfClass } from './script-kinds.ts'
import { placeOfError } from './script-run.ts'
import { type TestBench, useTestBench } from './use-test-bench.ts'

/** A tab of the node panel: tries the script of the node with a message, as it stands, without any effect. */
export const ScriptTestTab = ({ node }: { node: DocNode }) => {
  const script = scriptOfClass(node.className)
  return script ? <TestPanel node={node} script={script} /> : null
}

const TestPanel = ({ node, script }: { node: DocNode; script: NodeScript }) => {
  const t = useTranslations('chainScripts')
  const bench = useTestBench(node, script)
  const [isLarge, setLarge] = useState(false)
  if (bench.seen.isPending && !bench.isTouched) return <BenchSkeleton />
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <fieldset
        aria-label={t('test')}
        className="grid min-h-0 min-w-0 flex-1 grid-cols-[minmax(0,1fr)] content-start gap-4 overflow-y-auto p-4"
        onKeyDown={runsOnEnter(bench)}
      >
        <CaseList bench={bench} />
        <MessagePart bench={bench} />
        <ExpectedPart bench={bench} />
        {bench.run ? (
          <Part title={t('result')}>
            <RunResult run={bench.run} script={script} isStale={bench.isStale} />
          </Part>
        ) : null}
      </fieldset>
      <footer className="flex shrink-0 items-center gap-2 border-t bg-surface px-4 py-2.5">
        <RunButton bench={bench} />
        <SaveButton bench={bench} />
        <IconButton label={t('largeTest')} className="ml-auto" onClick={() => setLarge(true)}>
          <Maximize2 />
        </IconButton>
      </footer>
      {isLarge ? <LargeBench bench={bench} onClose={() => setLarge(false)} /> : null}
    </div>
  )
}

const BenchSkeleton = () => (
  <div aria-busy className="grid gap-3 p-4">
    {['h-8', 'h-24', 'h-8', 'h-8'].map((height, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: bars of a picture
      <Skeleton key={index} className={height} />
    ))}
  </div>
)

/** In fields, too, where it would do nothing else; the editors have the key already. */
const runsOnEnter = (bench: TestBench) => (event: React.KeyboardEvent) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
  event.preventDefault()
  void bench.runOne()
}

const RunButton = ({ bench }: { bench: TestBench }) => {
  const t = useTranslations('chainScripts')
  return (
    <Button
      variant="primary"
      disabled={bench.isRunning}
      title={t('runKey')}
      aria-keyshortcuts="Control+Enter"
      onClick={() => void bench.runOne()}
    >
      <Play />
      {t('run')}
    </Button>
  )
}

const SaveButton = ({ bench }: { bench: TestBench }) => {
  const t = useTranslations('chainScripts')
  if (bench.isReadOnly) return null
  const wanted = t('newCase')
  if (bench.draft.caseName === null)
    return (
      <Button onClick={() => bench.save(wanted)}>
        <Save />
        {t('saveCase')}
      </Button>
    )
  return (
    <>
      <Button disabled={!bench.isChanged} onClick={() => bench.save(wanted)}>
        <Save />
        {t('saveChanges')}
      </Button>
      <Button variant="ghost" onClick={() => bench.saveAsNew(wanted)}>
        {t('saveAsNew')}
      </Button>
    </>
  )
}

const excerptOf = (data: string) => (data.length > 60 ? `${data.slice(0, 59)}…` : data)

const MessagePart = ({ bench }: { bench: TestBench }) => {
  const t = useTranslations('chainScripts')
  const { messages } = bench.seen
  const isGenerator = bench.script.kind === 'generate'
  const types = useMemo(() => [...new Set(messages.map(({ type }) => type))], [messages])
  return (
    <Part
      title={bench.draft.caseName ?? t(isGenerator ? 'previousMessage' : 'message')}
      aside={
        <Menu
          className="max-w-80"
          trigger={
            <Button size="sm" variant="ghost">
              {t('takeMessage')}
              <ChevronDown />
            </Button>
          }
        >
          {messages.map((one) => (
            <MenuItem key={`${one.at} ${one.data}`} onSelect={() => bench.take(one)}>
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{excerptOf(one.data)}</span>
              <Age ts={one.at} className="shrink-0 text-xs text-ink-3" />
            </MenuItem>
          ))}
          <MenuItem onSelect={() => bench.takeStock()}>{t(isGenerator ? 'noMessageYet' : 'stockMessage')}</MenuItem>
        </Menu>
      }
    >
      {messages.length === 0 && bench.draft.caseName === null && !isGenerator ? (
        <p className="-mt-1 pb-1.5 text-xs text-ink-3">{t('noSamples')}</p>
      ) : null}
      <MessageForm
        message={bench.draft.message}
        onChange={bench.setMessage}
        types={types}
        onRun={() => void bench.runOne()}
      />
    </Part>
  )
}

const ExpectedPart = ({ bench }: { bench: TestBench }) => {
  const t = useTranslations('chainScripts')
  const { expected } = bench.draft
  const output = bench.run?.ok ? bench.run.output : null
  return (
    <section className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <SwitchRow
        label={t('expects')}
        hint={t('expectsHint')}
        checked={expected !== null}
        onChange={(isOn) => bench.setExpected(isOn ? prettyJson(output ?? '') : null)}
      />
      {expected === null ? null : (
        <>
          <CodeEditor
            value={expected}
            label={t('expected')}
            language="JSON"
            onChange={(next) => bench.setExpected(next)}
            onRun={() => void bench.runOne()}
          />
          {output !== null && bench.run?.passed === false ? (
            <Button size="sm" className="justify-self-start" onClick={() => bench.setExpected(prettyJson(output))}>
              {t('takeAsExpected')}
            </Button>
          ) : null}
        </>
      )}
    </section>
  )
}

/** The same bench with the script beside it: message, script, result. */
const LargeBench = ({ bench, onClose }: { bench: TestBench; onClose: () => void }) => {
  const t = useTranslations('chainScripts')
  const common = useTranslations('common')
  const editor = useRef<CodeEditorHandle>(null)
  const { run, text, node, script, language } = bench
  const marks = useMemo(() => {
    const place = run && !run.ok && run.text === text ? placeOfError(run.error, text) : null
    return place ? [place.mark] : []
  }, [run, text])
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('testOf', { name: node.name })}
      closeLabel={common('close')}
      keepsEscape={isInEditor}
      className="h-[88dvh] sm:top-[6vh] sm:max-w-[min(92rem,94vw)]"
      footer={
        <>
          <SaveButton bench={bench} />
          <RunButton bench={bench} />
        </>
      }
    >
      <fieldset
        aria-label={t('test')}
        className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5 lg:h-full lg:min-h-0 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)_minmax(0,24rem)]"
        onKeyDown={runsOnEnter(bench)}
      >
        <div className="grid min-h-0 content-start gap-4 lg:overflow-y-auto lg:pr-1">
          <CaseList bench={bench} />
          <MessagePart bench={bench} />
        </div>
        <div className="h-72 min-w-0 lg:h-auto lg:min-h-0">
          <ScriptEditor
            nodeId={node.id}
            script={script}
            language={language}
            value={text}
            onChange={bench.setText}
            onRun={() => void bench.runOne()}
            handle={editor}
            marks={marks}
            fills
          />
        </div>
        <div className="grid min-h-0 content-start gap-4 lg:overflow-y-auto lg:pr-1">
          <Part title={t('result')}>
            {run ? (
              <RunResult run={run} script={script} isStale={bench.isStale} />
            ) : (
              <p className="text-sm text-ink-3">{t('noResult')}</p>
            )}
          </Part>
          <ExpectedPart bench={bench} />
        </div>
      </fieldset>
    </Dialog>
  )
}
