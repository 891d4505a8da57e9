'use client'
import { rpcStatuses, type Rpc, type RpcStatus } from '@thingwire/contracts'
import { Button, cn, IconButton, Select, Skeleton } from '@thingwire/ui'
import { ChevronLeft, ChevronRight, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import { CommandDetails } from './details.tsx'
import { type CommandColumn, columnsOf, type PersistentRpcTableSettings } from './manifest.ts'
import { callOf, sortOf, statusTone } from './rows.ts'
import { SendDialog } from './send-dialog.tsx'
import { useCommands } from './use-commands.ts'
import { storedCommandsWords } from './words.ts'

type Props = WidgetViewProps<PersistentRpcTableSettings>

export const PersistentRpcTable = (p: Props) => {
  const words = useWords('persistent-rpc-table', storedCommandsWords)
  const { target } = useWidgetHost().commands
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  if (!target) return <WidgetNotice state={{ status: 'empty', reason: words('noTarget') }} />
  return <Table key={target.id.id} {...p} />
}

const Table = ({ settings, locale, timeZone }: Props) => {
  const words = useWords('persistent-rpc-table', storedCommandsWords)
  const { commands } = useWidgetHost()
  const [status, setStatus] = useState<RpcStatus | null>(null)
  const [number, setNumber] = useState(0)
  const [shown, setShown] = useState<Rpc | null>(null)
  const [isSending, setSending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const pageSize = Math.max(1, Math.min(100, Math.floor(settings.defaultPageSize) || 10))
  const { page, problem, ask } = useCommands({
    ...{ page: number, pageSize, status },
    sort: sortOf(settings.defaultSortOrder),
  })
  const columns = columnsOf(settings)
  const remove = async (rpc: Rpc) => {
    try {
      await commands.forget(rpc.id.id)
      setRefusal(null)
      await ask()
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error))
    }
  }
  const rows = page?.data ?? []
  return (
    <div className="flex size-full flex-col overflow-hidden text-sm">
      {settings.enableFilter || settings.allowSendRequest ? (
        <header className="flex items-center gap-2 border-b px-3 py-2">
          {settings.enableFilter ? (
            <Select
              aria-label={words('filter')}
              className="w-36"
              value={status ?? ''}
              onChange={({ target }) => {
                setStatus(rpcStatuses.find((one) => one === target.value) ?? null)
                setNumber(0)
              }}
            >
              <option value="">{words('everyStatus')}</option>
              {rpcStatuses.map((one) => (
                <option key={one} value={one}>
                  {words(one)}
                </option>
              ))}
            </Select>
          ) : null}
          {settings.allowSendRequest ? (
            <Button className="ml-auto" onClick={() => setSending(true)}>
              <Plus aria-hidden />
              {words('send')}
            </Button>
          ) : null}
        </header>
      ) : null}
      {problem || refusal ? (
        <p role="alert" className="border-b px-3 py-1.5 text-xs text-danger-text">
          {problem ? words('failed', { reason: problem }) : refusal}
        </p>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className="min-h-0 flex-1 overflow-auto" tabIndex={0}>
        <table className="w-full border-collapse text-left">
          <thead className={cn('bg-surface text-xs text-ink-2', settings.enableStickyHeader && 'sticky top-0')}>
            <tr>
              {columns.map((column) => (
                <th key={column} className="border-b px-3 py-1.5 font-medium whitespace-nowrap">
                  {words(column)}
                </th>
              ))}
              {settings.allowDelete ? <td className="border-b" /> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((rpc) => (
              <tr key={rpc.id.id} className="border-b last:border-0 hover:bg-hover">
                {columns.map((column, at) => (
                  <td key={column} className="max-w-52 truncate px-3 py-1.5 tabular-nums">
                    {at === 0 && settings.displayDetails ? (
                      <button
                        type="button"
                        title={words('details', { method: callOf(rpc).method })}
                        onClick={() => setShown(rpc)}
                        className="max-w-full truncate text-accent-text underline-offset-4 hover:underline"
                      >
                        <Cell rpc={rpc} column={column} locale={locale} timeZone={timeZone} />
                      </button>
                    ) : (
                      <Cell rpc={rpc} column={column} locale={locale} timeZone={timeZone} />
                    )}
                  </td>
                ))}
                {settings.allowDelete ? (
                  <td className="w-0 py-0.5 pr-2 text-right">
                    <DeleteButton name={words('remove', { method: callOf(rpc).method })} onSure={() => remove(rpc)} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
        {page === null && problem === null ? (
          <div aria-busy className="grid gap-2 p-3">
            <Skeleton className="h-6" />
            <Skeleton className="h-6" />
            <Skeleton className="h-6" />
          </div>
        ) : null}
        {page && rows.length === 0 ? <p className="p-6 text-center text-xs text-ink-3">{words('none')}</p> : null}
      </div>
      {settings.displayPagination && page && page.totalElements > pageSize ? (
        <footer className="flex items-center justify-end gap-1 border-t px-3 py-1 text-xs text-ink-2 tabular-nums">
          <span className="mr-2">
            {words('page', {
              from: number * pageSize + 1,
              to: number * pageSize + rows.length,
              total: page.totalElements,
            })}
          </span>
          <IconButton label={words('before')} disabled={number === 0} onClick={() => setNumber(number - 1)}>
            <ChevronLeft aria-hidden />
          </IconButton>
          <IconButton label={words('next')} disabled={!page.hasNext} onClick={() => setNumber(number + 1)}>
            <ChevronRight aria-hidden />
          </IconButton>
        </footer>
      ) : null}
      {shown ? <CommandDetails rpc={shown} onClose={() => setShown(null)} /> : null}
      {isSending ? <SendDialog onClose={() => setSending(false)} onSent={() => void ask()} /> : null}
    </div>
  )
}

const Cell = (p: { rpc: Rpc; column: CommandColumn; locale: string; timeZone: string }) => {
  const words = useWords('persistent-rpc-table', storedCommandsWords)
  const { rpc, column } = p
  switch (column) {
    case 'rpcId':
      return <span className="font-mono text-xs">{rpc.id.id.slice(0, 13)}</span>
    case 'messageType':
      return words(callOf(rpc).isOneWay ? 'oneWay' : 'twoWay')
    case 'status':
      return (
        <span className={cn('rounded-full px-2 py-0.5 text-xs font-medium', statusTone(rpc.status))}>
          {words(rpc.status)}
        </span>
      )
    case 'method':
      return callOf(rpc).method
    default:
      return new Date(rpc[column]).toLocaleString(p.locale, {
        ...{ dateStyle: 'short', timeStyle: 'medium', timeZone: p.timeZone },
      })
  }
}

/** Asks once more in its own place before it deletes. */
const DeleteButton = ({ name, onSure }: { name: string; onSure: () => Promise<void> }) => {
  const words = useWords('persistent-rpc-table', storedCommandsWords)
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  if (!isAsking)
    return (
      <IconButton label={name} size="icon-sm" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </IconButton>
    )
  return (
    <Button
      variant="danger"
      size="sm"
      autoFocus
      disabled={isBusy}
      onBlur={() => setAsking(false)}
      onClick={() => {
        setBusy(true)
        void onSure().finally(() => {
          setBusy(false)
          setAsking(false)
        })
      }}
    >
      {words('sure')}
    </Button>
  )
}
