'use client'
import type { ChainTest } from '@thingwire/contracts'
import { ActionsMenu, Button, cn, EmptyState, Menu, MenuItem, MenuSeparator, toast } from '@thingwire/ui'
import { Copy, FlaskConical, Inbox, Pencil, PencilLine, Play, Plus, Sparkles, Trash2, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { runChainTests } from '@/api/rule-tests.ts'
import type { PanelProps } from '../bottom-panel.tsx'
import { toData } from '../model/document.ts'
import { setTests } from '../model/edits.ts'
import { useDocument, useEditor, useEditorStore } from '../store/use-editor.ts'
import { expectWhatHappened, freeName, type SeenMessage, testOfMessage } from './expectations.ts'
import { MessagePicker } from './message-picker.tsx'
import { OpenChainName } from './open-chain.tsx'
import { TestEditor } from './test-editor.tsx'
import { TestMark } from './test-mark.tsx'
import { TestReport } from './test-report.tsx'
import { keyOfTest, type Runs, stateOf, type TestState, tallyOf } from './test-runs.ts'
import { useTestRuns } from './use-test-runs.ts'
import { useTrial } from './use-trial.ts'

type Opened = { kind: 'edit'; index: number } | { kind: 'new'; test: ChainTest } | { kind: 'pick' } | null

/** Tests that the chain carries: what they send, what they came to, and the way to change them. */
export const TestsPanel = ({ chain }: PanelProps) => {
  const t = useTranslations('chainTesting')
  const store = useEditorStore()
  const document = useDocument()
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const { runs, run } = useTestRuns(chain.id.id)
  const { trial, setTrial } = useTrial()
  const [chosen, setChosen] = useState(0)
  const [opened, setOpened] = useState<Opened>(null)
  const { tests } = document
  const shown = trial ?? tests[Math.min(chosen, tests.length - 1)]
  useRunOnce(trial, (test) => void run([test]))

  const put = (next: readonly ChainTest[]) => store.edit('tests', setTests(next))
  const keep = (test: ChainTest) => {
    put([...tests, { ...test, name: freeName(tests, test.name) }])
    setChosen(tests.length)
    setTrial(null)
    setOpened(null)
  }
  const named = (message: SeenMessage) => testOfMessage(message, freeName(tests, t('newName', { type: message.type })))
  const blank = (): ChainTest => ({
    name: freeName(tests, t('blankName')),
    message: { type: 'POST_TELEMETRY_REQUEST', dataType: 'JSON', metadata: {}, data: '{"temperature":20}' },
    given: { attributes: [], commandAnswers: {} },
    expect: { failures: [] },
  })
  const add = (
    <AddMenu onNew={() => setOpened({ kind: 'new', test: blank() })} onPick={() => setOpened({ kind: 'pick' })} />
  )
  return (
    <OpenChainName value={chain.name}>
      {shown === undefined ? (
        <EmptyState icon={<FlaskConical />} title={t('none')} action={isReadOnly ? null : add} className="h-full py-4">
          {t('noneText')}
        </EmptyState>
      ) : (
        <div className="flex h-full min-h-0 max-sm:flex-col">
          <TestList
            document={document}
            runs={runs}
            trial={trial}
            chosen={trial ? null : Math.min(chosen, tests.length - 1)}
            onChoose={(index) => {
              setTrial(null)
              setChosen(index)
            }}
            onRunAll={() => void run(tests)}
            add={isReadOnly ? null : add}
          />
          <div className="flex min-w-0 flex-1 flex-col overflow-auto">
            <TestHead
              test={shown}
              state={stateOf(runs.get(keyOfTest(shown)), document)}
              isTrial={trial !== null}
              isReadOnly={isReadOnly}
              onRun={() => void run([shown])}
              onEdit={() =>
                setOpened(trial ? { kind: 'new', test: trial } : { kind: 'edit', index: tests.indexOf(shown) })
              }
              onKeep={() => keep(shown)}
              onDrop={() => setTrial(null)}
              onCopy={() => keep({ ...shown })}
              onDelete={() => put(tests.filter((test) => test !== shown))}
              onExpect={async () => {
                const learned = await learn(chain.id.id, document, shown)
                if (!learned) {
                  toast.failed(t('notLearned'))
                  return
                }
                if (trial) setTrial(learned)
                else put(tests.map((test) => (test === shown ? learned : test)))
                await run([learned])
              }}
            />
            <TestReport
              test={shown}
              run={runs.get(keyOfTest(shown))}
              state={stateOf(runs.get(keyOfTest(shown)), document)}
            />
          </div>
        </div>
      )}
      {opened?.kind === 'pick' ? (
        <MessagePicker
          ruleChainId={chain.id.id}
          onClose={() => setOpened(null)}
          onTry={(message) => {
            setTrial(named(message))
            setOpened(null)
          }}
          onKeep={(message) => keep(named(message))}
        />
      ) : null}
      {opened?.kind === 'new' ? (
        <TestEditor isNew test={opened.test} onClose={() => setOpened(null)} onDone={keep} />
      ) : null}
      {opened?.kind === 'edit' && tests[opened.index] ? (
        <TestEditor
          isNew={false}
          test={tests[opened.index] ?? blank()}
          onClose={() => setOpened(null)}
          onDone={(test) => {
            put(tests.map((old, index) => (index === opened.index ? test : old)))
            setOpened(null)
          }}
        />
      ) : null}
    </OpenChainName>
  )
}

/** A message that was pinned elsewhere is run when it arrives here. */
const useRunOnce = (trial: ChainTest | null, run: (test: ChainTest) => void) => {
  const ran = useRef<ChainTest | null>(null)
  useEffect(() => {
    if (trial === null || ran.current === trial) return
    ran.current = trial
    run(trial)
  })
}

/** Runs a test twice and takes what was the same both times as what is expected. */
const learn = async (ruleChainId: string, document: Parameters<typeof toData>[0], test: ChainTest) => {
  const { metadata } = toData(document)
  try {
    const [first] = await runChainTests(ruleChainId, metadata, [test])
    const [second] = await runChainTests(ruleChainId, metadata, [test])
    return first && second ? expectWhatHappened(test, first, second) : null
  } catch {
    return null
  }
}

const AddMenu = ({ onNew, onPick }: { onNew: () => void; onPick: () => void }) => {
  const t = useTranslations('chainTesting')
  return (
    <Menu
      align="start"
      trigger={
        <Button size="sm">
          <Plus />
          {t('addMenu')}
        </Button>
      }
    >
      <MenuItem onSelect={onPick}>
        <Inbox />
        {t('fromMessage')}
      </MenuItem>
      <MenuItem onSelect={onNew}>
        <PencilLine />
        {t('byHand')}
      </MenuItem>
    </Menu>
  )
}

const TestList = (p: {
  document: ReturnType<typeof useDocument>
  runs: Runs
  trial: ChainTest | null
  chosen: number | null
  onChoose: (index: number) => void
  onRunAll: () => void
  add: React.ReactNode
}) => {
  const t = useTranslations('chainTesting')
  const { tests } = p.document
  const tally = tallyOf(p.document, p.runs)
  return (
    <div className="flex shrink-0 flex-col border-r max-sm:max-h-32 max-sm:border-r-0 max-sm:border-b sm:w-72">
      <div className="flex h-10 shrink-0 items-center gap-2 border-b px-3 pointer-coarse:h-12">
        <span className="min-w-0 flex-1 truncate text-xs text-ink-2 tabular-nums">{t('tally', tally)}</span>
        <Button size="sm" disabled={tests.length === 0 || tally.running > 0} onClick={p.onRunAll}>
          <Play />
          {t('runAll')}
        </Button>
        {p.add}
      </div>
      <ul aria-label={t('list')} className="min-h-0 flex-1 overflow-y-auto p-1">
        {p.trial ? (
          <li>
            <Row
              name={p.trial.name}
              isChosen
              state={stateOf(p.runs.get(keyOfTest(p.trial)), p.document)}
              hint={t('trial')}
              onChoose={() => undefined}
            />
          </li>
        ) : null}
        {tests.map((test, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two tests may be the same
          <li key={index}>
            <Row
              name={test.name}
              isChosen={index === p.chosen}
              state={stateOf(p.runs.get(keyOfTest(test)), p.document)}
              onChoose={() => p.onChoose(index)}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

const Row = (p: { name: string; isChosen: boolean; state: TestState; hint?: string; onChoose: () => void }) => (
  <button
    type="button"
    aria-current={p.isChosen}
    onClick={p.onChoose}
    className={cn(
      'flex h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm text-ink-2 hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-10',
      p.isChosen && 'bg-hover text-ink',
    )}
  >
    <TestMark state={p.state} />
    <span className="min-w-0 flex-1 truncate" title={p.name}>
      {p.name}
    </span>
    {p.hint ? <span className="shrink-0 text-2xs text-ink-3">{p.hint}</span> : null}
  </button>
)

const TestHead = (p: {
  test: ChainTest
  state: TestState
  isTrial: boolean
  isReadOnly: boolean
  onRun: () => void
  onEdit: () => void
  onKeep: () => void
  onDrop: () => void
  onCopy: () => void
  onDelete: () => void
  onExpect: () => void
}) => {
  const t = useTranslations('chainTesting')
  return (
    <div className="sticky top-0 z-10 flex h-10 shrink-0 items-center gap-2 border-b bg-surface px-4 pointer-coarse:h-12">
      <h2 className="min-w-0 flex-1 truncate text-sm font-medium text-ink">{p.test.name}</h2>
      <Button size="sm" disabled={p.state === 'running'} onClick={p.onRun}>
        <Play />
        {t('run')}
      </Button>
      {p.isReadOnly ? null : p.isTrial ? (
        <Button size="sm" variant="primary" onClick={p.onKeep}>
          {t('keepTest')}
        </Button>
      ) : (
        <Button size="sm" onClick={p.onEdit}>
          <Pencil />
          {t('edit')}
        </Button>
      )}
      {p.isReadOnly ? null : (
        <ActionsMenu label={t('more')}>
          <MenuItem onSelect={p.onExpect}>
            <Sparkles />
            {t('expectThis')}
          </MenuItem>
          {p.isTrial ? (
            <>
              <MenuItem onSelect={p.onEdit}>
                <Pencil />
                {t('editAndKeep')}
              </MenuItem>
              <MenuSeparator />
              <MenuItem onSelect={p.onDrop}>
                <X />
                {t('drop')}
              </MenuItem>
            </>
          ) : (
            <>
              <MenuItem onSelect={p.onCopy}>
                <Copy />
                {t('duplicate')}
              </MenuItem>
              <MenuSeparator />
              <MenuItem danger onSelect={p.onDelete}>
                <Trash2 />
                {t('delete')}
              </MenuItem>
            </>
          )}
        </ActionsMenu>
      )}
    </div>
  )
}
