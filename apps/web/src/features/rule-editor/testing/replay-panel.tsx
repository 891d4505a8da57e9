'use client'
import { useMutation } from '@tanstack/react-query'
import type { EntityId, ReplayReport } from '@thingwire/contracts'
import { Badge, Button, EmptyState, Field, Input, Segmented, Select } from '@thingwire/ui'
import { CircleCheck, Rewind } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { replayMessages } from '@/api/rule-tests.ts'
import { Age } from '@/components/age.tsx'
import { DeviceProfileSelect } from '@/components/device-profile-select.tsx'
import type { PanelProps } from '../bottom-panel.tsx'
import { toData } from '../model/document.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { DevicePicker } from './device-picker.tsx'
import { EffectList } from './effect-list.tsx'
import { OpenChainName } from './open-chain.tsx'
import { excerptOf, Payload } from './payload.tsx'
import { StepList } from './step-list.tsx'

const windows = [15, 60, 6 * 60, 24 * 60, 7 * 24 * 60] as const
const most = 10_000

/** Runs messages that devices have sent through the draft, and tells where that comes to something else. */
export const ReplayPanel = ({ chain }: PanelProps) => {
  const t = useTranslations('chainTesting')
  const store = useEditorStore()
  const [of, setOf] = useState<'device' | 'profile'>('device')
  const [entity, setEntity] = useState<EntityId | null>(null)
  const [minutes, setMinutes] = useState<number>(24 * 60)
  const [limit, setLimit] = useState('1000')
  const running = useRef<AbortController | null>(null)
  const replay = useMutation({
    mutationFn: (entityId: EntityId) => {
      running.current = new AbortController()
      const endTs = Date.now()
      const range = { entityId, startTs: endTs - minutes * 60_000, endTs, limit: Number(limit) }
      return replayMessages(chain.id.id, toData(store.document).metadata, range, running.current.signal)
    },
  })
  const count = Number(limit)
  const isCount = Number.isInteger(count) && count >= 1 && count <= most
  const choose = (next: 'device' | 'profile') => {
    setOf(next)
    setEntity(null)
  }
  return (
    <OpenChainName value={chain.name}>
      <div className="h-full min-h-0 max-md:overflow-y-auto md:grid md:grid-cols-[20rem_minmax(0,1fr)]">
        <form
          className="grid content-start gap-3 p-3 max-md:border-b md:overflow-y-auto md:border-r"
          onSubmit={(event) => {
            event.preventDefault()
            if (entity && isCount) replay.mutate(entity)
          }}
        >
          <Segmented
            label={t('replay.of')}
            value={of}
            onChange={choose}
            options={(['device', 'profile'] as const).map((value) => ({ value, label: t(`replay.${value}`) }))}
          />
          {of === 'device' ? (
            <DevicePicker
              label={t('replay.device')}
              value={entity?.id ?? null}
              onChange={(device) => setEntity(device?.id ?? null)}
            />
          ) : (
            <DeviceProfileSelect
              aria-label={t('replay.profile')}
              none={t('replay.chooseProfile')}
              value={entity?.id ?? ''}
              onChange={({ target }) =>
                setEntity(target.value === '' ? null : { entityType: 'DEVICE_PROFILE', id: target.value })
              }
            />
          )}
          <div className="grid grid-cols-2 gap-3">
            <Field label={t('replay.window')}>
              <Select value={String(minutes)} onChange={({ target }) => setMinutes(Number(target.value))}>
                {windows.map((value) => (
                  <option key={value} value={String(value)}>
                    {t('replay.last', { minutes: value })}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t('replay.limit')} error={isCount ? undefined : t('replay.limitRange', { most })}>
              <Input inputMode="numeric" value={limit} onChange={({ target }) => setLimit(target.value)} />
            </Field>
          </div>
          {replay.isPending ? (
            <Button type="button" onClick={() => running.current?.abort()}>
              {t('replay.cancel')}
            </Button>
          ) : (
            <Button type="submit" variant="primary" disabled={entity === null || !isCount}>
              <Rewind />
              {t('replay.run')}
            </Button>
          )}
          <p className="text-xs text-ink-3">{t('replay.hint')}</p>
        </form>
        <div className="min-h-0 md:overflow-y-auto" aria-busy={replay.isPending}>
          {replay.error ? (
            <p role="alert" className="p-4 text-sm text-danger-text">
              {replay.error.message}
            </p>
          ) : replay.data ? (
            <Report report={replay.data} />
          ) : (
            <EmptyState icon={<Rewind />} title={t(replay.isPending ? 'replay.running' : 'replay.none')}>
              {t('replay.noneText')}
            </EmptyState>
          )}
        </div>
      </div>
    </OpenChainName>
  )
}

const Report = ({ report }: { report: ReplayReport }) => {
  const t = useTranslations('chainTesting')
  const { messages, different, failedBefore, failedAfter, isComplete, differences } = report
  if (messages === 0)
    return (
      <EmptyState icon={<Rewind />} title={t('replay.noMessages')}>
        {t('replay.noMessagesText')}
      </EmptyState>
    )
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 border-b px-4 py-2 text-sm tabular-nums">
        {t('replay.messages', { count: messages })}
        <Badge tone={different > 0 ? 'warn' : 'ok'}>{t('replay.different', { count: different })}</Badge>
        <span className="text-ink-3">{t('replay.failed', { before: failedBefore, after: failedAfter })}</span>
        {isComplete ? null : <span className="text-warn-text">{t('replay.incomplete')}</span>}
      </p>
      {different === 0 ? (
        <EmptyState icon={<CircleCheck />} title={t('replay.same')}>
          {t('replay.sameText')}
        </EmptyState>
      ) : (
        <ul aria-label={t('replay.differences')}>
          {differences.map((one) => (
            <Difference key={one.message.id} difference={one} />
          ))}
        </ul>
      )}
    </>
  )
}

const Difference = ({ difference }: { difference: ReplayReport['differences'][number] }) => {
  const t = useTranslations('chainTesting')
  const { message, before, after } = difference
  return (
    <li className="border-b">
      <details>
        <summary className="flex min-h-9 cursor-default list-none items-center gap-3 px-4 text-xs hover:bg-hover pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
          <Age ts={message.ts} className="w-20 shrink-0 text-ink-3 tabular-nums" />
          <span className="shrink-0 text-ink-2">{message.type}</span>
          <span className="min-w-0 flex-1 truncate font-mono">{excerptOf(message.data)}</span>
        </summary>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-4">
          <Payload text={message.data} label={t('data')} />
          <div className="grid gap-4 lg:grid-cols-2">
            <Outcome title={t('replay.before')} outcome={before} />
            <Outcome title={t('replay.after')} outcome={after} />
          </div>
        </div>
      </details>
    </li>
  )
}

const Outcome = (p: { title: string; outcome: ReplayReport['differences'][number]['before'] }) => {
  const { steps, effects, failures } = p.outcome
  return (
    <section className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-2">
      <h4 className="text-xs font-medium text-ink-2">{p.title}</h4>
      <StepList steps={steps} label={p.title} />
      <EffectList effects={effects} />
      {failures.map(({ node, error }) => (
        <p key={`${node} ${error}`} className="rounded-md bg-danger-soft px-2.5 py-1.5 text-xs text-danger-text">
          {node}: {error}
        </p>
      ))}
    </section>
  )
}
