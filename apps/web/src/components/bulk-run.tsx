'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'

export type BulkRow = { id: string; name: string }
type Outcome = { state: 'running' } | { state: 'done' } | { state: 'refused'; reason: string }

type BulkWords = {
  /** On the button. */
  action: string
  title: string
  text: string
  submit: string
  /** Of one row, for screen readers. */
  done: string
  /** When all went well. */
  allDone: string
}

/** Does one thing with many rows, one after the other, and says of each what came of it. `words` go by the number of rows. */
export const BulkRun = (p: {
  rows: readonly BulkRow[]
  icon: ReactNode
  words: (count: number) => BulkWords
  isDanger?: boolean
  run: (id: string) => Promise<unknown>
  /** Lists that have them. */
  queryKey: readonly unknown[]
  onDone?: (ids: readonly string[]) => void
}) => {
  const common = useTranslations('common')
  const client = useQueryClient()
  const [rows, setRows] = useState<readonly BulkRow[] | null>(null)
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const isStarted = outcomes.size > 0
  const isRunning = [...outcomes.values()].some(({ state }) => state === 'running')
  const words = p.words(rows?.length ?? p.rows.length)

  const run = async (chosen: readonly BulkRow[]) => {
    const note = (id: string, outcome: Outcome) => setOutcomes((known) => new Map(known).set(id, outcome))
    const done: string[] = []
    for (const { id } of chosen) {
      note(id, { state: 'running' })
      try {
        await p.run(id)
        done.push(id)
        note(id, { state: 'done' })
      } catch (error) {
        note(id, { state: 'refused', reason: error instanceof Error ? error.message : String(error) })
      }
    }
    if (done.length === chosen.length) {
      toast.done(words.allDone)
      setRows(null)
      setOutcomes(new Map())
    }
    p.onDone?.(done)
    await client.invalidateQueries({ queryKey: p.queryKey })
  }
  const close = () => {
    if (isRunning) return
    setRows(null)
    setOutcomes(new Map())
  }
  return (
    <>
      <Button disabled={p.rows.length === 0} onClick={() => setRows(p.rows)}>
        {p.icon}
        {words.action}
      </Button>
      <Dialog
        open={rows !== null}
        onOpenChange={(open) => !open && close()}
        title={words.title}
        description={words.text}
        closeLabel={common('close')}
        footer={
          isStarted ? (
            <Button variant="primary" disabled={isRunning} onClick={close}>
              {common('close')}
            </Button>
          ) : (
            <>
              <Button onClick={close}>{common('cancel')}</Button>
              <Button variant={p.isDanger ? 'danger' : 'primary'} onClick={() => rows && void run(rows)}>
                {words.submit}
              </Button>
            </>
          )
        }
      >
        <ul
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
          tabIndex={0}
          className="-mx-2 max-h-72 overflow-y-auto rounded-md focus-visible:-outline-offset-2"
          aria-live="polite"
        >
          {rows?.map((row) => (
            <OutcomeRow key={row.id} name={row.name} outcome={outcomes.get(row.id)} done={words.done} />
          ))}
        </ul>
      </Dialog>
    </>
  )
}

/** Deletes the ticked rows; those that stay, stay ticked. */
export const BulkDelete = (p: {
  rows: readonly BulkRow[]
  remove: (id: string) => Promise<unknown>
  queryKey: readonly unknown[]
  onDeleted: (ids: readonly string[]) => void
}) => {
  const t = useTranslations('bulk')
  return (
    <BulkRun
      rows={p.rows}
      icon={<Trash2 />}
      words={(count) => ({
        action: t('delete'),
        title: t('title', { count }),
        text: t('text'),
        submit: t('submit', { count }),
        done: t('done'),
        allDone: t('deleted', { count }),
      })}
      isDanger
      run={p.remove}
      queryKey={p.queryKey}
      onDone={p.onDeleted}
    />
  )
}

const OutcomeRow = ({ name, outcome, done }: { name: string; outcome: Outcome | undefined; done: string }) => {
  const icons = {
    running: <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin text-ink-3" />,
    done: <CircleCheck aria-hidden className="size-4 shrink-0 text-ok" />,
    refused: <CircleAlert aria-hidden className="size-4 shrink-0 text-danger-text" />,
  }
  return (
    <li className="flex gap-2.5 px-2 py-1.5 text-sm">
      <span className="flex h-5 items-center">
        {outcome ? icons[outcome.state] : <CircleDashed aria-hidden className="size-4 shrink-0 text-ink-3" />}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{name}</span>
        {outcome?.state === 'refused' ? (
          <span className="block text-xs text-danger-text">{outcome.reason}</span>
        ) : outcome?.state === 'done' ? (
          <span className="sr-only">{done}</span>
        ) : null}
      </span>
    </li>
  )
}
