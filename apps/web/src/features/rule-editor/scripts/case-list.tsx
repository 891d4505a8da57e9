'use client'
import { ActionsMenu, Button, cn, MenuItem } from '@thingwire/ui'
import { Circle, CircleCheck, CircleX, Play } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { RenameDialog } from './rename-dialog.tsx'
import type { ScriptCase } from './script-cases.ts'
import type { TestBench } from './use-test-bench.ts'

/** Messages that are kept with the node, with what its script shall make of them. */
export const CaseList = ({ bench }: { bench: TestBench }) => {
  const t = useTranslations('chainScripts')
  const [renamed, setRenamed] = useState<ScriptCase | null>(null)
  const { cases, isReadOnly } = bench
  if (cases.length === 0) return null
  const passed = cases.filter((one) => bench.resultOf(one)?.passed).length
  const ran = cases.filter((one) => bench.resultOf(one)).length
  return (
    <section className="grid gap-1.5">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="flex-1 text-xs font-medium text-ink-2">{t('cases')}</h3>
        {ran > 0 ? (
          <span className="text-xs text-ink-3 tabular-nums" aria-live="polite">
            {t('casesPassed', { passed, count: cases.length })}
          </span>
        ) : null}
        <Button size="sm" disabled={bench.isRunning} onClick={() => void bench.runAll()}>
          <Play />
          {t('runAll')}
        </Button>
      </div>
      <ul className="max-h-44 divide-y overflow-y-auto rounded-md border">
        {cases.map((one) => (
          <li
            key={one.name}
            className={cn('group flex items-center pr-1', bench.draft.caseName === one.name && 'bg-accent-soft')}
          >
            <button
              type="button"
              aria-current={bench.draft.caseName === one.name || undefined}
              onClick={() => bench.open(one)}
              className="flex min-w-0 flex-1 items-center gap-2 py-1.5 pl-2.5 text-left text-sm pointer-coarse:min-h-10"
            >
              <Outcome bench={bench} one={one} />
              <span className="min-w-0 flex-1 truncate">{one.name}</span>
            </button>
            {isReadOnly ? null : (
              <ActionsMenu label={t('caseActions', { name: one.name })} inRow>
                <MenuItem onSelect={() => setRenamed(one)}>{t('rename')}</MenuItem>
                <MenuItem danger onSelect={() => bench.remove(one)}>
                  {t('delete')}
                </MenuItem>
              </ActionsMenu>
            )}
          </li>
        ))}
      </ul>
      {renamed ? (
        <RenameDialog
          name={renamed.name}
          taken={cases.map(({ name }) => name).filter((name) => name !== renamed.name)}
          onClose={() => setRenamed(null)}
          onRename={(name) => bench.rename(renamed, name)}
        />
      ) : null}
    </section>
  )
}

const Outcome = ({ bench, one }: { bench: TestBench; one: ScriptCase }) => {
  const t = useTranslations('chainScripts')
  const run = bench.resultOf(one)
  if (!run) return <Circle role="img" aria-label={t('notRun')} className="size-4 shrink-0 text-ink-3" />
  return run.passed ? (
    <CircleCheck role="img" aria-label={t('passed')} className="size-4 shrink-0 text-ok-text" />
  ) : (
    <CircleX role="img" aria-label={t('unexpected')} className="size-4 shrink-0 text-danger-text" />
  )
}
