'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  Badge,
  Button,
  Card,
  CardHeader,
  CodeBlock,
  Dialog,
  EmptyState,
  Field,
  IconButton,
  Input,
  Select,
  Skeleton,
  Switch,
  toast,
} from '@thingwire/ui'
import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { type ApiKeyView, createApiKey, deleteApiKey, enableApiKey, listApiKeys } from '@/api/account.ts'
import { Timestamp } from '@/components/age.tsx'
import { useCopyLabels } from '@/components/table-texts.ts'
import { useUser } from '@/session/session-provider.tsx'
import { LoadError } from '@/shell/page.tsx'
import { useLeave, useUnsaved } from '@/shell/unsaved.tsx'
import { FormFailure } from '../sign-in/entrance.tsx'

const dayMs = 86_400_000
const lifetimesDays = [30, 90, 365, 0] as const

/** Keys with which scripts act as this user. */
export const ApiKeys = () => {
  const t = useTranslations('apiKeys')
  const user = useUser()
  const client = useQueryClient()
  const key = ['api-keys', user.id.id]
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => listApiKeys(user.id.id, signal) })
  const [isAdding, setAdding] = useState(false)
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const onError = (error: Error) => toast.failed(t('failed'), error.message)
  const enable = useMutation({
    mutationFn: ({ id, enabled }: ApiKeyView) => enableApiKey(id.id, !enabled),
    onSuccess: refresh,
    onError,
  })
  const remove = useMutation({ mutationFn: ({ id }: ApiKeyView) => deleteApiKey(id.id), onSuccess: refresh, onError })
  return (
    <Card>
      <CardHeader
        title={t('title')}
        description={t('text')}
        actions={
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus />
            {t('add')}
          </Button>
        }
      />
      {query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : !query.data ? (
        <div aria-busy className="p-4">
          <Skeleton className="h-8 w-full" />
        </div>
      ) : query.data.data.length === 0 ? (
        <EmptyState icon={<KeyRound />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y">
          {query.data.data.map((one) => (
            <Row key={one.id.id} value={one} onEnable={() => enable.mutate(one)} onRemove={() => remove.mutate(one)} />
          ))}
        </ul>
      )}
      <AddApiKey open={isAdding} onClose={() => setAdding(false)} onCreated={() => void refresh()} />
    </Card>
  )
}

const Row = ({ value, onEnable, onRemove }: { value: ApiKeyView; onEnable: () => void; onRemove: () => void }) => {
  const t = useTranslations('apiKeys')
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-sm font-medium">
          <span className="truncate">{value.description}</span>
          {value.expired ? <Badge tone="danger">{t('expired')}</Badge> : null}
        </p>
        <p className="text-xs text-ink-3">
          {value.expirationTime === 0 ? (
            t('forever')
          ) : (
            <>
              {t('until')} <Timestamp ts={value.expirationTime} />
            </>
          )}
        </p>
      </div>
      <Switch checked={value.enabled} onChange={onEnable} label={t('enabled', { name: value.description })} />
      <IconButton label={t('remove', { name: value.description })} onClick={onRemove}>
        <Trash2 />
      </IconButton>
    </li>
  )
}

const AddApiKey = (p: { open: boolean; onClose: () => void; onCreated: () => void }) => {
  const t = useTranslations('apiKeys')
  const common = useTranslations('common')
  const copy = useCopyLabels()
  const leave = useLeave()
  const [value, setValue] = useState<string | null>(null)
  const close = () => {
    setValue(null)
    p.onClose()
  }
  return (
    <Dialog
      open={p.open}
      onOpenChange={(open) => !open && leave('step', close)}
      title={t(value ? 'createdTitle' : 'addTitle')}
      description={t(value ? 'createdText' : 'addText')}
      closeLabel={common('close')}
    >
      {value ? (
        <div className="grid gap-4">
          <CodeBlock code={value} labels={copy} wrap />
          <p className="text-xs text-ink-3">{t('usage')}</p>
          <CodeBlock
            code={`curl -H "X-Authorization: ApiKey ${value}" ${location.origin}/api/auth/user`}
            labels={copy}
            wrap
          />
          <div className="flex justify-end">
            <Button variant="primary" onClick={close}>
              {t('done')}
            </Button>
          </div>
        </div>
      ) : (
        <AddForm
          onCancel={() => leave('step', close)}
          onCreated={(created) => {
            setValue(created)
            p.onCreated()
          }}
        />
      )}
    </Dialog>
  )
}

const AddForm = (p: { onCancel: () => void; onCreated: (value: string) => void }) => {
  const t = useTranslations('apiKeys')
  const common = useTranslations('common')
  const user = useUser()
  const [description, setDescription] = useState('')
  const [days, setDays] = useState<number>(90)
  useUnsaved(description !== '', 'step')
  const create = useMutation({
    mutationFn: () => createApiKey(user, description.trim(), days === 0 ? 0 : Date.now() + days * dayMs),
    onSuccess: ({ value }) => p.onCreated(value),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <form noValidate className="grid gap-4" onSubmit={submit}>
      <Field label={t('description')} hint={t('descriptionHint')}>
        <Input autoFocus maxLength={255} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <Field label={t('lifetime')}>
        <Select value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {lifetimesDays.map((count) => (
            <option key={count} value={count}>
              {count === 0 ? t('forever') : t('days', { count })}
            </option>
          ))}
        </Select>
      </Field>
      {create.error ? <FormFailure>{create.error.message}</FormFailure> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={p.onCancel}>{common('cancel')}</Button>
        <Button type="submit" variant="primary" disabled={create.isPending || description.trim() === ''}>
          {t('create')}
        </Button>
      </div>
    </form>
  )
}
