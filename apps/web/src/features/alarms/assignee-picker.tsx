'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { cn, Popover, SearchInput, Skeleton } from '@thingwire/ui'
import { Check, UserRoundPlus, UserRoundX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { type AlarmView, listAssignees } from '@/api/alarms.ts'
import { useUser } from '@/session/session-provider.tsx'
import { Avatar, personName } from './marks.tsx'
import { useAlarmDeed } from './use-alarm-actions.ts'

/** Who looks after the alarm, and the way to give it to somebody else. */
export const AssigneePicker = ({ alarm }: { alarm: AlarmView }) => {
  const t = useTranslations('alarms')
  const [open, setOpen] = useState(false)
  const { assignee } = alarm
  const name = assignee ? personName(assignee) : t('unassigned')
  return (
    // What is clicked in here is no click on the row of a table around it.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only stops clicks
    // biome-ignore lint/a11y/useKeyWithClickEvents: it only stops clicks
    <span onClick={(event) => event.stopPropagation()}>
      <Popover
        label={t('assignTo')}
        align="start"
        open={open}
        onOpenChange={setOpen}
        className="w-72 p-1"
        trigger={
          <button
            type="button"
            className={cn(
              '-mx-1.5 inline-flex h-7 max-w-full items-center gap-1.5 rounded-md px-1.5 text-sm hover:bg-hover',
              assignee ? 'text-ink' : 'text-ink-3',
            )}
          >
            {assignee ? <Avatar person={assignee} /> : <UserRoundPlus aria-hidden className="size-4 shrink-0" />}
            <span className="truncate">
              <span className="sr-only">{t('assignee')}: </span>
              {name}
            </span>
          </button>
        }
      >
        <People alarm={alarm} onDone={() => setOpen(false)} />
      </Popover>
    </span>
  )
}

const People = ({ alarm, onDone }: { alarm: AlarmView; onDone: () => void }) => {
  const t = useTranslations('alarms')
  const me = useUser()
  const deed = useAlarmDeed()
  const [search, setSearch] = useState('')
  const textSearch = useDeferredValue(search.trim())
  const query = useQuery({
    queryKey: ['alarm', alarm.id.id, 'assignees', textSearch],
    queryFn: ({ signal }) => listAssignees(alarm.id.id, { page: 0, pageSize: 20, textSearch }, signal),
    placeholderData: keepPreviousData,
  })
  const current = alarm.assigneeId?.id
  const assign = (userId: string) => {
    onDone()
    if (userId !== current) deed.mutate({ deed: 'assign', alarm, userId })
  }
  return (
    <div className="grid gap-1">
      <SearchInput
        aria-label={t('searchPeople')}
        placeholder={t('searchPeople')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="mb-1"
      />
      <div className="max-h-60 overflow-y-auto">
        {current ? (
          <Choice
            onChoose={() => {
              onDone()
              deed.mutate({ deed: 'unassign', alarm })
            }}
          >
            <UserRoundX aria-hidden className="size-4 shrink-0 text-ink-3" />
            {t('unassign')}
          </Choice>
        ) : null}
        {query.data ? (
          query.data.data.map((person) => (
            <Choice key={person.id.id} onChoose={() => assign(person.id.id)}>
              <Avatar person={person} />
              <span className="truncate">{personName(person)}</span>
              {person.id.id === me.id.id ? <span className="shrink-0 text-ink-3">{t('you')}</span> : null}
              <span className="flex-1" />
              {person.id.id === current ? <Check aria-label={t('chosen')} className="size-4 text-ink-3" /> : null}
            </Choice>
          ))
        ) : query.error ? (
          <p role="alert" className="px-2 py-1.5 text-xs text-danger-text">
            {query.error.message}
          </p>
        ) : (
          <Skeleton className="m-2 h-4 w-32" />
        )}
        {query.data?.data.length === 0 ? <p className="px-2 py-1.5 text-xs text-ink-3">{t('nobodyFound')}</p> : null}
      </div>
    </div>
  )
}

const Choice = (p: { onChoose: () => void; children: ReactNode }) => (
  <button
    type="button"
    onClick={p.onChoose}
    className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-sm hover:bg-hover focus-visible:-outline-offset-2"
  >
    {p.children}
  </button>
)
