'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DashboardInfo } from '@thingwire/contracts'
import { Checkbox, Select, Skeleton, Switch, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { listPeople, usersOfDashboard } from '@/api/dashboard-library.ts'
import { useUser } from '@/session/session-provider.tsx'
import { homeIn, type Start, startIn, starts, withHome, withStart } from './home-choice.ts'
import { changeHolder, type HomeHolder, type HomeKind, readHolder } from './home-holders.ts'
import { SearchAdd } from './search-add.tsx'

type Props = { dashboard: { id: string; title: string }; info: Pick<DashboardInfo, 'assignedCustomers'> }

/** For whom the dashboard is what the home page shows: the tenant, customers that have it, single users. */
export const Homes = ({ dashboard, info }: Props) => {
  const t = useTranslations('dashboardSharing')
  const me = useUser()
  const [added, setAdded] = useState<readonly string[]>([])
  const users = useQuery({
    queryKey: ['dashboard', dashboard.id, 'users'],
    queryFn: ({ signal }) => usersOfDashboard(dashboard.id, signal),
    staleTime: 0,
  })
  if (users.error) {
    return (
      <p role="alert" className="text-sm text-danger-text">
        {users.error.message}
      </p>
    )
  }
  if (!users.data) return <Skeleton className="h-40" />
  const idsOf = (entityType: string) =>
    users.data.homes.flatMap(({ id }) => (id.entityType === entityType ? [id.id] : []))
  const assigned = info.assignedCustomers.filter((one) => !one.public).map(({ customerId }) => customerId.id)
  const customers = [...new Set([...assigned, ...idsOf('CUSTOMER')])]
  const people = [...new Set([me.id.id, ...idsOf('USER'), ...added])]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <p className="text-xs text-ink-3">{t('homesText')}</p>
      <Group title={t('homeOf.tenant')}>
        <HomeRow kind="tenant" id={me.tenantId.id} dashboardId={dashboard.id} fallback={t('wholeTenant')} />
      </Group>
      {customers.length > 0 ? (
        <Group title={t('homeOf.customers')}>
          {customers.map((id) => (
            <HomeRow key={id} kind="customer" id={id} dashboardId={dashboard.id} />
          ))}
        </Group>
      ) : null}
      <Group title={t('homeOf.users')}>
        {people.map((id) => (
          <HomeRow key={id} kind="user" id={id} dashboardId={dashboard.id} isMe={id === me.id.id} />
        ))}
      </Group>
      <div>
        <SearchAdd
          label={t('addUser')}
          search={t('searchUsers')}
          queryKey={['users', 'to-share']}
          find={async (link, signal) =>
            (await listPeople({ ...link, sortProperty: 'email', sortOrder: 'ASC' }, signal)).data.map((one) => ({
              id: one.id.id,
              name: [one.firstName, one.lastName].filter(Boolean).join(' ') || one.email,
              more: one.email,
            }))
          }
          taken={new Set(people)}
          take={({ id }) => setAdded((known) => [...known, id])}
        />
      </div>
    </div>
  )
}

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
    <h3 className="text-sm font-semibold">{title}</h3>
    <ul className="grid grid-cols-[minmax(0,1fr)] divide-y rounded-md border">{children}</ul>
  </section>
)

const HomeRow = (p: { kind: HomeKind; id: string; dashboardId: string; fallback?: string; isMe?: boolean }) => {
  const t = useTranslations('dashboardSharing')
  const { kind, id, dashboardId } = p
  const { query, save } = useHolder(kind, id, dashboardId)
  const holder = query.data
  if (!holder) {
    return (
      <li className="flex min-h-12 items-center px-3 text-xs text-danger-text">
        {query.error ? query.error.message : <Skeleton className="h-4 w-40" />}
      </li>
    )
  }
  const info = save.isPending ? save.variables(holder.info) : holder.info
  const home = homeIn(info, dashboardId)
  const name = p.fallback ?? holder.name
  return (
    <li className="grid min-h-12 content-center gap-2 px-3 py-2.5">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate text-sm font-medium">
          {name}
          {p.isMe ? <span className="ml-1.5 font-normal text-ink-3">{t('you')}</span> : null}
        </span>
        <Switch
          label={t('isHome', { name })}
          checked={home !== null}
          onChange={(isOn) => save.mutate((now) => withHome(now, dashboardId, isOn ? { hidesToolbar: false } : null))}
        />
      </div>
      {home ? (
        <span className="flex items-center gap-2 text-xs text-ink-2">
          <Checkbox
            label={t('hideToolbar', { name })}
            checked={home.hidesToolbar}
            onChange={(hidesToolbar) => save.mutate((now) => withHome(now, dashboardId, { hidesToolbar }))}
          />
          {t('withoutToolbar')}
        </span>
      ) : null}
      {kind === 'user' ? (
        <div className="flex flex-wrap items-center gap-2 text-xs text-ink-2">
          {t('afterSignIn')}
          <Select
            aria-label={t('afterSignInOf', { name })}
            className="w-56"
            value={startIn(info, dashboardId)}
            onChange={({ target }) => {
              const start = starts.find((one): one is Start => one === target.value)
              if (start) save.mutate((now) => withStart(now, dashboardId, start))
            }}
          >
            {starts.map((start) => (
              <option key={start} value={start}>
                {t(`start.${start}`)}
              </option>
            ))}
          </Select>
        </div>
      ) : null}
    </li>
  )
}

const useHolder = (kind: HomeKind, id: string, dashboardId: string) => {
  const t = useTranslations('dashboardSharing')
  const client = useQueryClient()
  const queryKey = ['home-holder', kind, id]
  const query = useQuery({ queryKey, queryFn: ({ signal }) => readHolder(kind, id, signal), staleTime: 0 })
  const save = useMutation({
    mutationFn: (change: (info: HomeHolder['info']) => HomeHolder['info']) => changeHolder(kind, id, change),
    onError: (error) => toast.failed(t('failed'), error.message),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey })
      await client.invalidateQueries({ queryKey: ['home', 'dashboard'] })
      await client.invalidateQueries({ queryKey: ['dashboard', dashboardId, 'users'] })
    },
  })
  return { query, save }
}
