'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Skeleton, toast } from '@thingwire/ui'
import { CircleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { restoreDashboard, usersOfDashboard } from '@/api/dashboard-library.ts'
import { deleteDashboard } from '@/api/dashboards.ts'
import { DeleteDialog } from '@/components/delete-dialog.tsx'

/** Says what would miss the dashboard before it goes, and offers to bring it back afterwards. */
export const DeleteDashboardDialog = (p: { dashboard: { id: string; title: string } | null; onClose: () => void }) => {
  const t = useTranslations('dashboardList')
  const client = useQueryClient()
  const id = p.dashboard?.id ?? ''
  const title = p.dashboard?.title ?? ''
  const users = useQuery({
    queryKey: ['dashboard', id, 'users'],
    queryFn: ({ signal }) => usersOfDashboard(id, signal),
    enabled: p.dashboard !== null,
    staleTime: 0,
  })
  const restore = async () => {
    try {
      await restoreDashboard(id)
      toast.done(t('restored', { title }))
    } catch (error) {
      toast.failed(t('restoreFailed'), error instanceof Error ? error.message : String(error))
    }
    await client.invalidateQueries({ queryKey: ['dashboards'] })
  }
  return (
    <DeleteDialog
      open={p.dashboard !== null}
      onClose={p.onClose}
      texts={{
        title: t('deleteTitle', { title }),
        submit: t('deleteSubmit'),
        done: t('deleted', { title }),
        failed: t('deleteFailed'),
      }}
      undo={{ label: t('bringBack'), run: () => void restore() }}
      description={t('deleteText')}
      remove={() => deleteDashboard(id)}
      queryKey={['dashboards']}
    >
      {users.data ? (
        <Users groups={[users.data.homes, users.data.profiles, users.data.dashboards]} />
      ) : users.error ? (
        <p>{t('usersUnknown', { reason: users.error.message })}</p>
      ) : (
        <Skeleton className="my-1 h-4 w-56" />
      )}
    </DeleteDialog>
  )
}

type Named = { id: { entityType: string; id: string }; name: string }

const Users = ({ groups }: { groups: readonly (readonly Named[])[] }) => {
  const t = useTranslations('dashboardList')
  const kinds = ['homes', 'profiles', 'dashboards'] as const
  if (groups.every((group) => group.length === 0)) return <p>{t('unused')}</p>
  return (
    <div className="grid gap-3">
      <p className="flex gap-2.5 rounded-md bg-warn-soft p-3 text-xs text-warn-text">
        <CircleAlert aria-hidden className="size-4 shrink-0" />
        <span>{t('used')}</span>
      </p>
      {kinds.map((kind, index) => {
        const group = groups[index] ?? []
        return group.length === 0 ? null : (
          <div key={kind}>
            <h3 className="text-xs font-medium text-ink-3">{t(`users.${kind}`)}</h3>
            <ul className="mt-1 grid gap-0.5">
              {group.map((one) => (
                <li key={`${one.id.entityType} ${one.id.id}`} className="break-words">
                  <UserLink one={one}>{one.name}</UserLink>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </div>
  )
}

const UserLink = ({ one: { id }, children }: { one: Named; children: ReactNode }) => {
  const path =
    id.entityType === 'DASHBOARD'
      ? `/dashboards/${id.id}`
      : id.entityType === 'DEVICE_PROFILE'
        ? `/device-profiles/${id.id}`
        : null
  return path === null ? (
    children
  ) : (
    <Link href={path} className="text-accent-text hover:underline">
      {children}
    </Link>
  )
}
