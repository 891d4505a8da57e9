'use client'
import type { AlarmData } from '@thingwire/contracts'
import { Button, Facts, Select, Sheet, Textarea } from '@thingwire/ui'
import { type FormEvent, useCallback, useEffect, useState } from 'react'
import type { AlarmComment } from '../host/alarms.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { useWords } from '../texts/use-texts.ts'
import { RemoveAlarms } from './chosen-bar.tsx'
import { SeverityMark, StatusMark } from './marks.tsx'
import { alarmWords } from './words.ts'

/** As long as the API takes. */
const longestComment = 5_000

type Props = {
  alarm: AlarmData
  showsActivity: boolean
  mayAssign: boolean
  mayRemove: boolean
  timeOf: (ts: number) => string
  onClose: () => void
  /** Does it, and tells what went wrong. */
  run: (deed: () => Promise<void>) => void
}

/** One alarm: what it is, who looks after it, what was written about it. */
export const AlarmDetails = (p: Props) => {
  const { alarm } = p
  const words = useWords('alarms-table', alarmWords)
  const hasDetails =
    typeof alarm.details === 'object' && alarm.details !== null && Object.keys(alarm.details).length > 0
  return (
    <Sheet open onOpenChange={(open) => !open && p.onClose()} title={alarm.type} closeLabel={words('close')}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <SeverityMark severity={alarm.severity} />
          <StatusMark status={alarm.status} />
        </div>
        <Facts
          items={[
            {
              term: words('originatorDisplayName'),
              value: alarm.originatorDisplayName ?? alarm.originatorName ?? alarm.originator.id,
            },
            { term: words('createdTime'), value: p.timeOf(alarm.createdTime) },
            ...(p.mayAssign
              ? [{ term: words('assignee'), value: <Assignee alarm={alarm} run={p.run} label={words('assignee')} /> }]
              : []),
          ]}
        />
        {hasDetails ? (
          <section aria-label={words('moreDetails')}>
            <pre className="max-h-60 overflow-auto rounded-md bg-sunken p-3 text-xs break-words whitespace-pre-wrap text-ink-2">
              {JSON.stringify(alarm.details, null, 2).slice(0, 20_000)}
            </pre>
          </section>
        ) : null}
        {p.mayRemove ? <Remove {...p} /> : null}
        {p.showsActivity ? <Comments alarmId={alarm.id.id} timeOf={p.timeOf} run={p.run} /> : null}
      </div>
    </Sheet>
  )
}

const Remove = ({ alarm, run, onClose }: Pick<Props, 'alarm' | 'run' | 'onClose'>) => {
  const words = useWords('alarms-table', alarmWords)
  const { alarms } = useWidgetHost()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button size="sm" className="justify-self-start" onClick={() => setAsking(true)}>
        {words('remove')}
      </Button>
      {isAsking ? (
        <RemoveAlarms
          count={1}
          onClose={() => setAsking(false)}
          onRemove={() =>
            run(async () => {
              await alarms.remove([alarm.id.id])
              onClose()
            })
          }
        />
      ) : null}
    </>
  )
}

const Assignee = ({ alarm, run, label }: Pick<Props, 'alarm' | 'run'> & { label: string }) => {
  const words = useWords('alarms-table', alarmWords)
  const { alarms } = useWidgetHost()
  const [people, setPeople] = useState<readonly { id: string; name: string }[]>([])
  const alarmId = alarm.id.id
  useEffect(() => {
    const stop = new AbortController()
    // Without the list nobody else can be chosen; who it is now still stands there.
    alarms.assignees(alarmId, '', stop.signal).then(setPeople, () => {})
    return () => stop.abort()
  }, [alarms, alarmId])
  const current = alarm.assignee
  const others = people.filter(({ id }) => id !== current?.id.id)
  return (
    <Select
      aria-label={label}
      value={current?.id.id ?? ''}
      onChange={({ target }) => run(() => alarms.assign(alarmId, target.value || null))}
      className="h-8"
    >
      <option value="">{words('unassigned')}</option>
      {current ? <option value={current.id.id}>{current.email}</option> : null}
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}

const Comments = ({ alarmId, timeOf, run }: { alarmId: string } & Pick<Props, 'timeOf' | 'run'>) => {
  const words = useWords('alarms-table', alarmWords)
  const { alarms } = useWidgetHost()
  const [list, setList] = useState<readonly AlarmComment[] | null>(null)
  const [text, setText] = useState('')
  const read = useCallback(
    (signal?: AbortSignal) => alarms.comments(alarmId, signal).then(setList, () => {}),
    [alarms, alarmId],
  )
  useEffect(() => {
    const stop = new AbortController()
    void read(stop.signal)
    return () => stop.abort()
  }, [read])
  const send = (event: FormEvent) => {
    event.preventDefault()
    const said = text.trim()
    if (said === '') return
    run(async () => {
      await alarms.comment(alarmId, said)
      setText('')
      await read()
    })
  }
  return (
    <section aria-label={words('comments')} className="grid gap-3">
      <h3 className="text-sm font-semibold">{words('comments')}</h3>
      <form onSubmit={send} className="grid gap-2">
        <Textarea
          aria-label={words('comment')}
          placeholder={words('comment')}
          rows={2}
          maxLength={longestComment}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {text.trim() ? (
          <Button type="submit" size="sm" variant="primary" className="justify-self-end">
            {words('send')}
          </Button>
        ) : null}
      </form>
      {list?.length === 0 ? <p className="text-xs text-ink-3">{words('noComments')}</p> : null}
      <ul className="grid gap-3 text-sm">
        {list?.map((one) => (
          <li key={one.id} className="grid gap-0.5">
            <p className="text-xs text-ink-3">
              {one.author ?? words('platform')} · {timeOf(one.createdTime)}
            </p>
            <p className="break-words whitespace-pre-wrap">{one.text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
