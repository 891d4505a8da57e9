'use client'
import { type ChainTest, chainTestSchema } from '@thingwire/contracts'
import { Button, Dialog, Field, Segmented } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useCallback, useState } from 'react'
import { CodeArea } from '@/components/schema-form/code-area.tsx'
import { readJson, writeJson } from '@/components/schema-form/json-text.ts'
import { useLeave, useUnsaved } from '@/shell/unsaved.tsx'
import { TestForm } from './test-form.tsx'

type Props = { test: ChainTest; isNew: boolean; onClose: () => void; onDone: (test: ChainTest) => void }

/** One test, in fields or as JSON. */
export const TestEditor = ({ test, isNew, onClose, onDone }: Props) => {
  const t = useTranslations('chainTesting')
  const common = useTranslations('common')
  const leave = useLeave()
  const [view, setView] = useState<'form' | 'json'>('form')
  const [value, setValue] = useState(test)
  const [text, setText] = useState<string | null>(null)
  const { problems, onProblem } = useProblems()
  useUnsaved(value !== test || text !== null, 'step')
  const read = text === null ? { test: value } : readTest(text)
  const reason = 'problem' in read ? read.problem : value.name.trim() === '' ? t('nameMissing') : null
  const close = () => leave('step', onClose)
  const turn = (next: 'form' | 'json') => {
    if (next === 'form' && text !== null) {
      if (!('test' in read)) return
      setValue(read.test)
      setText(null)
    }
    setView(next)
  }
  const done = () => {
    if ('test' in read && reason === null) onDone(read.test)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={isNew ? t('newTest') : t('editTest')}
      closeLabel={common('close')}
      className="sm:top-[6vh] sm:max-w-3xl"
      footer={
        <>
          <Segmented
            className="mr-auto"
            label={t('view')}
            value={view}
            onChange={turn}
            options={[
              { value: 'form', label: t('form') },
              { value: 'json', label: 'JSON' },
            ]}
          />
          <Button onClick={close}>{common('cancel')}</Button>
          <Button variant="primary" disabled={reason !== null || problems > 0} onClick={done}>
            {isNew ? t('addTest') : t('apply')}
          </Button>
        </>
      }
    >
      {view === 'form' ? (
        <TestForm test={value} onChange={setValue} onProblem={onProblem} />
      ) : (
        <Field label={t('asJson')} hint={t('asJsonHint')} error={reason ?? undefined}>
          <CodeArea value={text ?? writeJson(value)} onChange={(event) => setText(event.target.value)} />
        </Field>
      )}
    </Dialog>
  )
}

/** How many fields hold something that cannot be taken over. */
const useProblems = () => {
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const onProblem = useCallback(
    (place: string, problem: string | null) =>
      setProblems((known) => {
        if ((known.get(place) ?? null) === problem) return known
        const next = new Map(known)
        if (problem === null) next.delete(place)
        else next.set(place, problem)
        return next
      }),
    [],
  )
  return { problems: problems.size, onProblem }
}

/** A test as JSON, or the first thing that keeps it from being one. */
export const readTest = (text: string): { test: ChainTest } | { problem: string } => {
  const json = readJson(text)
  if (!('value' in json)) return { problem: json.error }
  const read = chainTestSchema.safeParse(json.value)
  if (read.success) return { test: read.data }
  const [issue] = read.error.issues
  return { problem: issue ? `${issue.path.join('.') || '.'}: ${issue.message}` : '' }
}
