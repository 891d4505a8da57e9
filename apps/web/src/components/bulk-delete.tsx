'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'

export type BulkRow = { id: string; name: string }
type Outcome = { state: 'running' } | { state: 'done' } | { state: 'refused'; reason: string }

/** Deletes the ticked rows one after the other and says of each what came of it; those that stay, stay ticked. */
export const BulkDelete = (p: {
  rows: readonly BulkRow[]
  remove: (id: string) => Promise<unknown>
  /** Lists that had them. */
  queryKey: readonly unknown[]
  onDeleted: (ids: readonly string[]) => void
}) => {
  const t = useTranslations('bulk')
  const common = useTranslations('common')
  const client = useQueryClient()
  const [rows, setRows] = useState<readonly BulkRow[] | null>(null)
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const isStarted = outcomes.size > 0
  const isRunning = [...outcomes.values()].some(({ state }) => state === 'running')

  const run = async (chosen: readonly BulkRow[]) => {
    const note = (id: string, outcome: Outcome) => setOutcomes((known) => new Map(known).set(id, outcome))
    const gone: string[] = []
    for (const { id } of chosen) {
      note(id, { state: 'running' })
      try {
        await p.remove(id)
        gone.push(id)
        note(id, { state: 'done' })
      } catch (error) {
        note(id, { state: 'refused', reason: error instanceof Error ? error.message : String(error) })
      }
    }
    if (gone.length === chosen.length) {
      toast.done(t('deleted', { count: gone.length }))
      setRows(null)
      setOutcomes(new Map())
    }
    p.onDeleted(gone)
    await client.invalidateQueries({ queryKey: p.queryKey })
  }
  const close = () => {
    if (isRunning) return
    setRows(null)
    setOutcomes(new Map())
  }
  return (
    <>
      <Button onClick={() => setRows(p.rows)}>
        <Trash2 />
        {t('delete')}
      </Button>
      <Dialog
        open={rows !== null}
        onOpenChange={(open) => !open && close()}
        title={t('title', { count: rows?.length ?? 0 })}
        description={t('text')}
        closeLabel={common('close')}
        footer={
          isStarted ? (
            <Button variant="primary" disabled={isRunning} onClick={close}>
              {common('close')}
            </Button>
          ) : (
            <>
              <Button onClick={close}>{common('cancel')}</Button>
              <Button variant="danger" onClick={() => rows && void run(rows)}>
                {t('submit', { count: rows?.length ?? 0 })}
              </Button>
            </>
          )
        }
      >
        <ul className="-mx-2 max-h-72 overflow-y-auto" aria-live="polite">
          {rows?.map((row) => (
            <OutcomeRow key={row.id} name={row.name} outcome={outcomes.get(row.id)} />
          ))}
        </ul>
      </Dialog>
    </>
  )
}

const OutcomeRow = ({ name, outcome }: { name: string; outcome: Outcome | undefined }) => {
  const t = useTranslations('bulk')
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
          <span className="sr-only">{t('done')}</span>
        ) : null}
      </span>
    </li>
  )
}
