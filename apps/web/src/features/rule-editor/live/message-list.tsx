'use client'
import { type UseQueryResult, useMutation } from '@tanstack/react-query'
import { Button, EmptyState, Skeleton, toast } from '@thingwire/ui'
import { FlaskConical, Inbox, Pin, Route } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { beginTrace, type MessageSample } from '@/api/rule-debug.ts'
import { Age } from '@/components/age.tsx'
import { useBottomPanel } from '../bottom-panel.tsx'
import { scriptOfClass } from '../scripts/script-kinds.ts'
import { offerTestMessage } from '../scripts/test-message.ts'
import { useDocNode, useEditorStore } from '../store/use-editor.ts'
import { excerptOf, Payload } from '../testing/payload.tsx'
import { pinMessage } from '../testing/use-trial.ts'
import { useNodeTab } from '../panels/use-node-tab.ts'
import { traceWaitMs } from './trace/trace-wait.ts'
import { useTraceId } from './trace/use-trace.ts'

/** The last messages at one place of the running chain, the newest first; each opens to all that it carries. */
export const MessageList = (p: { samples: UseQueryResult<MessageSample[]>; nodeId: string }) => {
  const t = useTranslations('chainLive')
  const { data, error } = p.samples
  if (error)
    return (
      <p role="alert" className="text-sm text-danger-text">
        {error.message}
      </p>
    )
  if (!data)
    return (
      <div className="grid gap-2">
        <Skeleton className="h-8" />
        <Skeleton className="h-8" />
      </div>
    )
  if (data.length === 0)
    return (
      <EmptyState icon={<Inbox />} title={t('messages.none')} className="py-6">
        {t('messages.noneText')}
      </EmptyState>
    )
  return (
    <ul aria-label={t('messages.list')} className="grid grid-cols-[minmax(0,1fr)]">
      {data.map((sample) => (
        <Message key={`${sample.at} ${sample.message.id}`} sample={sample} nodeId={p.nodeId} />
      ))}
    </ul>
  )
}

const Message = ({ sample, nodeId }: { sample: MessageSample; nodeId: string }) => {
  const t = useTranslations('chainLive')
  const { at, message, error } = sample
  return (
    <li className="border-b last:border-b-0">
      <details>
        <summary className="grid min-h-10 cursor-default list-none grid-cols-[minmax(0,1fr)] content-center gap-0.5 rounded-sm px-1 py-1.5 text-xs hover:bg-hover [&::-webkit-details-marker]:hidden">
          <span className="flex items-baseline gap-2 text-ink-3">
            <Age ts={at} className="tabular-nums" />
            <span className="min-w-0 truncate">
              {[deviceNameOf(message), message.type].filter(Boolean).join(' · ')}
            </span>
          </span>
          <span className="truncate font-mono text-ink">{excerptOf(message.data)}</span>
          {error === null ? null : <span className="truncate text-danger-text">{excerptOf(error)}</span>}
        </summary>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 pb-3 pl-1">
          {error === null ? null : (
            <p className="rounded-md bg-danger-soft px-2.5 py-1.5 text-xs break-words whitespace-pre-wrap text-danger-text">
              {error}
            </p>
          )}
          <Payload text={message.data} label={t('messages.data')} />
          <Payload text={JSON.stringify(message.metadata)} label={t('messages.metadata')} />
          <Deeds sample={sample} nodeId={nodeId} />
        </div>
      </details>
    </li>
  )
}

/** As the transports write it into the metadata of what devices send. */
const deviceNameOf = ({ metadata }: MessageSample['message']): string => metadata.deviceName ?? ''

/** What can be done with a message that was seen: try the script with it, follow the next one of its device. */
const Deeds = ({ sample: { message }, nodeId }: { sample: MessageSample; nodeId: string }) => {
  const t = useTranslations('chainLive')
  const store = useEditorStore()
  const className = useDocNode(nodeId)?.className ?? ''
  const setTab = useNodeTab()
  const [, setPanel] = useBottomPanel()
  const [, setTraceId] = useTraceId()
  const trace = useMutation({
    mutationFn: () => beginTrace(message.originator, traceWaitMs),
    onSuccess: ({ id }) => {
      void setTraceId(id)
      void setPanel('trace')
    },
    onError: (cause) => toast.failed(t('trace.refused'), cause.message),
  })
  const test = () => {
    offerTestMessage(nodeId, message)
    store.reveal(nodeId)
    setTab('test')
  }
  const pin = () => {
    pinMessage(store, message, t('messages.pinned', { type: message.type }))
    void setPanel('tests')
  }
  return (
    <div className="flex flex-wrap gap-2">
      {scriptOfClass(className) === null ? null : (
        <Button size="sm" onClick={test}>
          <FlaskConical />
          {t('messages.test')}
        </Button>
      )}
      <Button size="sm" onClick={pin}>
        <Pin />
        {t('messages.pin')}
      </Button>
      <Button size="sm" disabled={trace.isPending} onClick={() => trace.mutate()}>
        <Route />
        {t('messages.trace')}
      </Button>
    </div>
  )
}
