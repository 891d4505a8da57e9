'use client'
import { type AttributeScope, attributeScopes } from '@thingwire/contracts'
import {
  Button,
  Card,
  cn,
  EmptyState,
  IconButton,
  SearchInput,
  Segmented,
  Skeleton,
  TableHead,
  toast,
} from '@thingwire/ui'
import { Pencil, Plus, Tags, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useState } from 'react'
import type { AttributeView } from '@/api/telemetry.ts'
import { deleteAttribute, saveAttribute } from '@/api/telemetry.ts'
import { Age, Timestamp } from '@/components/age.tsx'
import { valueText } from '@/components/value-text.ts'
import { useAttributes } from '@/live/use-values.ts'
import { LoadError } from '@/shell/page.tsx'
import { AttributeDialog } from './attribute-dialog.tsx'

export const Attributes = ({ deviceId, canEdit }: { deviceId: string; canEdit: boolean }) => {
  const t = useTranslations('attributes')
  const [scope, setScope] = useQueryState(
    'scope',
    parseAsStringLiteral(attributeScopes).withDefault('SERVER_SCOPE').withOptions({ history: 'replace' }),
  )
  return (
    <div className="grid gap-4 p-4 sm:p-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          label={t('scope')}
          value={scope}
          onChange={(value) => void setScope(value)}
          options={(['SERVER_SCOPE', 'SHARED_SCOPE', 'CLIENT_SCOPE'] as const).map((value) => ({
            value,
            label: t(`scopes.${value}`),
          }))}
        />
        <p className="text-xs text-ink-3">{t(`scopeHint.${scope}`)}</p>
      </div>
      {/* Another scope is another table: no search text or open editor may leak from one to the next. */}
      <ScopeTable key={scope} deviceId={deviceId} scope={scope} canEdit={canEdit && scope !== 'CLIENT_SCOPE'} />
    </div>
  )
}

/** `lastActivityTime` and its like are epoch milliseconds, which nobody reads. */
const isMoment = ({ key, value }: AttributeView) =>
  /time$|ts$/i.test(key) && typeof value === 'number' && value > 1e12 && value < 4e12

const ScopeTable = ({ deviceId, scope, canEdit }: { deviceId: string; scope: AttributeScope; canEdit: boolean }) => {
  const t = useTranslations('attributes')
  const { query, refresh } = useAttributes({ entityType: 'DEVICE', id: deviceId }, scope)
  const [search, setSearch] = useState('')
  const [editing, setEditing] = useState<AttributeView | 'new' | null>(null)
  const all = (query.data ?? []).toSorted((a, b) => a.key.localeCompare(b.key))
  const shown = all.filter((attribute) => attribute.key.toLowerCase().includes(search.toLowerCase()))

  const save = async (key: string, value: unknown) => {
    await saveAttribute(deviceId, scope, key, value)
    await refresh()
    setEditing(null)
  }
  /** Undo writes back what was there, so that a slip costs nothing. */
  const remove = async (attribute: AttributeView) => {
    try {
      await deleteAttribute(deviceId, scope, attribute.key)
      await refresh()
      toast.undoable(t('deleted', { key: attribute.key }), t('undo'), () => void save(attribute.key, attribute.value))
    } catch (error) {
      toast.failed(t('deleteFailed'), error instanceof Error ? error.message : '')
    }
  }
  const add = (
    <Button onClick={() => setEditing('new')}>
      <Plus />
      {t('add')}
    </Button>
  )
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-2 border-b p-3">
        <SearchInput
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="w-full sm:w-56"
        />
        <span className="text-xs text-ink-3">{query.data ? t('count', { count: all.length }) : null}</span>
        {canEdit ? <div className="ml-auto">{add}</div> : null}
      </div>
      {query.error && !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : !query.data ? (
        <div aria-busy className="grid gap-4 p-4">
          {['w-1/2', 'w-2/3', 'w-2/5'].map((width) => (
            <Skeleton key={width} className={cn('h-4', width)} />
          ))}
        </div>
      ) : shown.length === 0 ? (
        <EmptyState
          icon={<Tags />}
          title={search ? t('noneFound') : t('none')}
          action={canEdit && !search ? add : null}
        >
          {search ? null : t(`noneText.${scope}`)}
        </EmptyState>
      ) : (
        <table className="w-full text-sm">
          <TableHead
            columns={[
              { id: 'key', label: t('key') },
              { id: 'value', label: t('value') },
              { id: 'age', label: t('age'), className: 'text-right' },
              ...(canEdit ? [{ id: 'actions', label: t('actions'), className: 'w-20', isHidden: true }] : []),
            ]}
          />
          <tbody>
            {shown.map((attribute) => (
              <tr key={attribute.key} className="group border-t hover:bg-hover">
                <th scope="row" className="h-10 pl-4 text-left font-mono text-xs font-normal break-all">
                  {attribute.key}
                </th>
                <td className="h-10 px-3 py-1.5">
                  <span
                    key={attribute.lastUpdateTs}
                    className={cn(
                      'line-clamp-2 font-medium break-all tabular-nums',
                      isMoment(attribute) && 'max-sm:hidden',
                    )}
                    title={valueText(attribute.value)}
                  >
                    {valueText(attribute.value)}
                  </span>
                  {isMoment(attribute) ? (
                    <span className="block text-xs text-ink-3">
                      <Timestamp ts={Number(attribute.value)} />
                    </span>
                  ) : null}
                </td>
                <td className="h-10 px-3 text-right text-xs whitespace-nowrap text-ink-3 tabular-nums">
                  <Age ts={attribute.lastUpdateTs} />
                </td>
                {canEdit ? (
                  <td className="h-10 pr-3 text-right whitespace-nowrap md:opacity-0 md:group-focus-within:opacity-100 md:group-hover:opacity-100">
                    <IconButton
                      size="icon-sm"
                      label={t('edit', { key: attribute.key })}
                      onClick={() => setEditing(attribute)}
                    >
                      <Pencil />
                    </IconButton>
                    <IconButton
                      size="icon-sm"
                      label={t('delete', { key: attribute.key })}
                      onClick={() => void remove(attribute)}
                    >
                      <Trash2 />
                    </IconButton>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <AttributeDialog
        editing={editing}
        isTaken={(key) => all.some((attribute) => attribute.key === key)}
        onClose={() => setEditing(null)}
        onSave={save}
      />
    </Card>
  )
}
