'use client'
import type { ChainTest } from '@thingwire/contracts'
import { useTranslations } from 'next-intl'
import { EffectList } from './effect-list.tsx'
import { Payload } from './payload.tsx'
import { StepList } from './step-list.tsx'
import type { TestRun, TestState } from './test-runs.ts'

/** What a test sends, and what came of it. */
export const TestReport = ({ test, run, state }: { test: ChainTest; run: TestRun | undefined; state: TestState }) => {
  const t = useTranslations('chainTesting')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 px-4 py-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="grid content-start gap-3">
        <Verdict run={run} state={state} />
        <Part title={t('goesIn', { type: test.message.type })}>
          <Payload text={test.message.data} label={t('data')} />
          {Object.keys(test.message.metadata).length > 0 ? (
            <Payload text={JSON.stringify(test.message.metadata)} label={t('metadata')} />
          ) : null}
        </Part>
      </div>
      {run?.kind === 'done' ? (
        <div className="grid content-start gap-3">
          <Part title={t('steps', { count: run.report.steps.length })}>
            <StepList steps={run.report.steps} label={t('stepsLabel')} />
          </Part>
          <Part title={t('effects', { count: run.report.effects.length })}>
            <EffectList effects={run.report.effects} />
          </Part>
        </div>
      ) : null}
    </div>
  )
}

const Verdict = ({ run, state }: { run: TestRun | undefined; state: TestState }) => {
  const t = useTranslations('chainTesting')
  if (!run) return <p className="text-xs text-ink-2">{t('notRun')}</p>
  if (run.kind === 'running') return <p className="text-xs text-ink-2">{t('state.running')}…</p>
  return (
    <div role="status" className="grid gap-1.5 text-xs">
      {run.kind === 'failed' ? (
        <p className="rounded-md bg-danger-soft px-2.5 py-1.5 break-words text-danger-text">{run.reason}</p>
      ) : run.report.passed ? (
        <p className="text-ok-text">{t('passedIn', { ms: run.report.elapsedMs })}</p>
      ) : (
        <ul className="grid gap-1">
          {run.report.problems.map((problem) => (
            <li key={problem} className="rounded-md bg-danger-soft px-2.5 py-1.5 break-words text-danger-text">
              {problem}
            </li>
          ))}
        </ul>
      )}
      {state === 'stale' ? <p className="text-ink-2">{t('staleText')}</p> : null}
    </div>
  )
}

export const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section className="grid grid-cols-[minmax(0,1fr)] content-start gap-1.5">
    <h3 className="text-xs font-medium text-ink-3">{title}</h3>
    {children}
  </section>
)
