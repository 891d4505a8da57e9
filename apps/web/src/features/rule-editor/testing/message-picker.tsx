'use client'
import { useQuery } from '@tanstack/react-query'
import { Button, Dialog, EmptyState, Field, Select, Skeleton } from '@thingwire/ui'
import { Inbox } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { messagesInto, type WireSample } from '@/api/rule-tests.ts'
import { Age } from '@/components/age.tsx'
import { useEditor } from '../store/use-editor.ts'
import type { SeenMessage } from './expectations.ts'
import { excerptOf, Payload } from './payload.tsx'

type Props = {
  ruleChainId: string
  onClose: () => void
  /** Runs it at once, without keeping it. */
  onTry: (message: SeenMessage) => void
  onKeep: (message: SeenMessage) => void
}

/** Messages that lately came to a node of the published chain, to be sent through the draft. */
export const MessagePicker = ({ ruleChainId, onClose, onTry, onKeep }: Props) => {
  const t = useTranslations('chainTesting')
  const common = useTranslations('common')
  const published = useEditor((state) => state.published)
  const selected = useEditor(({ selection }) => [...selection.nodes][0])
  const start = selected !== undefined && published.nodes[selected] ? selected : published.entry
  const [nodeId, setNodeId] = useState(start ?? published.order[0] ?? '')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('pickTitle')}
      description={t('pickText')}
      closeLabel={common('close')}
      className="sm:top-[10vh] sm:max-w-2xl"
    >
      <div className="grid gap-3">
        <Field label={t('cameTo')}>
          <Select value={nodeId} onChange={(event) => setNodeId(event.target.value)}>
            {published.order.map((id) => (
              <option key={id} value={id}>
                {published.nodes[id]?.name}
                {id === published.entry ? ` (${t('entryNode')})` : ''}
              </option>
            ))}
          </Select>
        </Field>
        <Messages ruleChainId={ruleChainId} nodeId={nodeId} onTry={onTry} onKeep={onKeep} />
      </div>
    </Dialog>
  )
}

const Messages = (p: Pick<Props, 'ruleChainId' | 'onTry' | 'onKeep'> & { nodeId: string }) => {
  const t = useTranslations('chainTesting')
  const samples = useQuery({
    queryKey: ['rule-chain', p.ruleChainId, 'samples', p.nodeId],
    queryFn: ({ signal }) => messagesInto(p.ruleChainId, p.nodeId, signal),
    enabled: p.nodeId !== '',
    refetchInterval: 5_000,
  })
  if (samples.error)
    return (
      <p role="alert" className="text-sm text-danger-text">
        {samples.error.message}
      </p>
    )
  if (samples.isPending)
    return (
      <div className="grid gap-2 py-2">
        {['a', 'b', 'c'].map((row) => (
          <Skeleton key={row} className="h-8" />
        ))}
      </div>
    )
  if (samples.data.length === 0)
    return (
      <EmptyState icon={<Inbox />} title={t('noMessages')} className="py-8">
        {t('noMessagesText')}
      </EmptyState>
    )
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)]">
      {samples.data.map((sample) => (
        <MessageRow key={`${sample.at} ${sample.message.id}`} sample={sample} onTry={p.onTry} onKeep={p.onKeep} />
      ))}
    </ul>
  )
}

const MessageRow = ({ sample, onTry, onKeep }: Pick<Props, 'onTry' | 'onKeep'> & { sample: WireSample }) => {
  const t = useTranslations('chainTesting')
  const { message } = sample
  return (
    <li className="border-b last:border-b-0">
      <details className="group">
        <summary className="flex min-h-10 cursor-default list-none items-center gap-3 rounded-sm px-1 text-xs hover:bg-hover [&::-webkit-details-marker]:hidden">
          <Age ts={sample.at} className="w-20 shrink-0 text-ink-3 tabular-nums" />
          <span className="w-44 shrink-0 truncate text-ink-2 max-sm:hidden">{message.type}</span>
          <span className="min-w-0 flex-1 truncate font-mono text-ink">{excerptOf(message.data)}</span>
          <Button size="sm" onClick={() => onTry(message)}>
            {t('try')}
          </Button>
          <Button size="sm" onClick={() => onKeep(message)}>
            {t('pin')}
          </Button>
        </summary>
        <div className="grid gap-2 py-2 pl-1">
          <Payload text={message.data} label={t('data')} />
          <Payload text={JSON.stringify(message.metadata)} label={t('metadata')} />
        </div>
      </details>
    </li>
  )
}
