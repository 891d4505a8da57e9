'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ActionsMenu, Button, EmptyState, MenuItem, Segmented, Skeleton, Textarea, toast } from '@thingwire/ui'
import { Bot, MessageSquare, Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type AlarmCommentView, deleteComment, listComments, saveComment } from '@/api/alarms.ts'
import { Age } from '@/components/age.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { useUnsaved } from '@/shell/unsaved.tsx'
import { Avatar, personName } from './marks.tsx'
import { commentsKey } from './use-alarm-actions.ts'

const refreshMs = 5_000
const step = 20
/** The API takes 10,000 characters of JSON. */
const longestComment = 5_000

/** What people wrote about an alarm and what the platform noted, and a place to write. */
export const AlarmActivity = ({ alarmId }: { alarmId: string }) => {
  const t = useTranslations('alarms')
  const [order, setOrder] = useState<'newest' | 'oldest'>('newest')
  const [count, setCount] = useState(step)
  const query = useQuery({
    queryKey: [...commentsKey(alarmId), order, count],
    queryFn: ({ signal }) =>
      listComments(alarmId, { pageSize: count, sortOrder: order === 'newest' ? 'DESC' : 'ASC' }, signal),
    placeholderData: (known) => known,
    refetchInterval: refreshMs,
  })
  const page = query.data
  return (
    <section aria-label={t('activity')} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">{t('activity')}</h3>
        {page && page.totalElements > 1 ? (
          <Segmented
            label={t('order')}
            value={order}
            onChange={setOrder}
            options={(['newest', 'oldest'] as const).map((value) => ({ value, label: t(value) }))}
          />
        ) : null}
      </div>
      <CommentForm alarmId={alarmId} />
      {page ? (
        page.data.length === 0 ? (
          <EmptyState icon={<MessageSquare />} title={t('noActivity')} className="py-6">
            {t('noActivityText')}
          </EmptyState>
        ) : (
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-4">
            {page.data.map((comment) => (
              <Entry key={comment.id.id} alarmId={alarmId} comment={comment} />
            ))}
          </ul>
        )
      ) : query.error ? (
        <p role="alert" className="text-sm text-danger-text">
          {query.error.message}
        </p>
      ) : (
        <Skeleton className="h-10 w-full" />
      )}
      {page?.hasNext ? (
        <Button size="sm" variant="ghost" onClick={() => setCount(count + step)}>
          {t('showMore', { count: page.totalElements - page.data.length })}
        </Button>
      ) : null}
    </section>
  )
}

/** Without a comment a new one is written. */
const CommentForm = (p: { alarmId: string; comment?: AlarmCommentView; onDone?: () => void }) => {
  const t = useTranslations('alarms')
  const common = useTranslations('common')
  const client = useQueryClient()
  const stored = p.comment?.comment.text ?? ''
  const [text, setText] = useState(stored)
  useUnsaved(text.trim() !== stored.trim(), 'step')
  const save = useMutation({
    mutationFn: () => saveComment(p.alarmId, text.trim(), p.comment?.id.id),
    onSuccess: async () => {
      if (!p.comment) setText('')
      await client.invalidateQueries({ queryKey: commentsKey(p.alarmId) })
      p.onDone?.()
    },
    onError: (error) => toast.failed(t('commentFailed'), error.message),
  })
  const isReady = text.trim() !== '' && text.trim() !== stored.trim() && !save.isPending
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) save.mutate()
      }}
    >
      <Textarea
        aria-label={p.comment ? t('editComment') : t('addComment')}
        placeholder={t('commentPlaceholder')}
        rows={2}
        maxLength={longestComment}
        className="min-h-14"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && isReady) save.mutate()
        }}
      />
      {p.comment || text.trim() ? (
        <div className="flex justify-end gap-2">
          {p.comment ? (
            <Button size="sm" onClick={p.onDone}>
              {common('cancel')}
            </Button>
          ) : null}
          <Button size="sm" type="submit" variant="primary" disabled={!isReady}>
            {p.comment ? common('save') : t('send')}
          </Button>
        </div>
      ) : null}
    </form>
  )
}

const Entry = ({ alarmId, comment }: { alarmId: string; comment: AlarmCommentView }) => {
  const t = useTranslations('alarms')
  const [isEditing, setEditing] = useState(false)
  const text = comment.comment.text ?? ''
  if (comment.type === 'SYSTEM')
    return (
      <li className="flex gap-2.5 text-sm text-ink-2">
        <Bot aria-label={t('note')} className="mt-0.5 size-5 shrink-0 stroke-[1.5] text-ink-3" />
        <p className="min-w-0 flex-1 break-words">
          {text} <Age ts={comment.createdTime} className="text-xs whitespace-nowrap text-ink-3" />
        </p>
      </li>
    )
  const author = { email: comment.email ?? t('somebody'), firstName: comment.firstName, lastName: comment.lastName }
  return (
    <li className="flex gap-2.5 text-sm">
      <span className="mt-0.5">
        <Avatar person={author} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium">{personName(author)}</span>
          <Age ts={comment.createdTime} className="text-xs whitespace-nowrap text-ink-3" />
          {comment.comment.edited === 'true' ? <span className="text-xs text-ink-3">{t('edited')}</span> : null}
          <span className="-my-1 ml-auto">
            <EntryMenu alarmId={alarmId} comment={comment} onEdit={() => setEditing(true)} />
          </span>
        </div>
        {isEditing ? (
          <div className="mt-1">
            <CommentForm alarmId={alarmId} comment={comment} onDone={() => setEditing(false)} />
          </div>
        ) : (
          <p className="break-words whitespace-pre-wrap text-ink">{text}</p>
        )}
      </div>
    </li>
  )
}

/** Authors change and delete what they wrote; administrators delete what anybody wrote. */
const EntryMenu = (p: { alarmId: string; comment: AlarmCommentView; onEdit: () => void }) => {
  const t = useTranslations('alarms')
  const client = useQueryClient()
  const me = useUser()
  const isOwn = p.comment.userId?.id === me.id.id
  const remove = useMutation({
    mutationFn: () => deleteComment(p.alarmId, p.comment.id.id),
    onError: (error) => toast.failed(t('commentNotDeleted'), error.message),
    onSettled: () => client.invalidateQueries({ queryKey: commentsKey(p.alarmId) }),
  })
  if (!isOwn && me.authority !== 'TENANT_ADMIN') return null
  return (
    <ActionsMenu label={t('commentActions')}>
      {isOwn ? (
        <MenuItem onSelect={p.onEdit}>
          <Pencil />
          {t('edit')}
        </MenuItem>
      ) : null}
      <MenuItem danger disabled={remove.isPending} onSelect={() => remove.mutate()}>
        <Trash2 />
        {t('deleteComment')}
      </MenuItem>
    </ActionsMenu>
  )
}
