'use client'
import { useQuery } from '@tanstack/react-query'
import { Button, Card, CardHeader, cn, EmptyState, Skeleton, StatusDot } from '@thingwire/ui'
import { Check, ChevronRight, Cpu, LayoutDashboard } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { listDashboards, listDevices } from '@/api/entities.ts'
import type { DeviceView } from '@/api/entities.ts'
import { Timestamp } from '@/components/age.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { AheadLink } from '@/shell/ahead-link.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { Figure, figuresClass } from './figure.tsx'
import { ledgerQuery, refreshMs } from './ledger-query.ts'
import { TrafficFigures } from './traffic-figures.tsx'

const first = { page: 0, pageSize: 1 }

const useSummary = () => {
  const user = useUser()
  const isTenant = user.authority === 'TENANT_ADMIN'
  const devices = useQuery({
    queryKey: ['home', 'devices'],
    queryFn: ({ signal }) =>
      listDevices(user, { page: 0, pageSize: 6, sortProperty: 'createdTime', sortOrder: 'DESC' }, signal),
    refetchInterval: refreshMs,
  })
  const active = useQuery({
    queryKey: ['home', 'active'],
    queryFn: ({ signal }) => listDevices(user, { ...first, active: true }, signal),
    refetchInterval: refreshMs,
  })
  const dashboards = useQuery({
    queryKey: ['home', 'dashboards'],
    queryFn: ({ signal }) => listDashboards(user, { page: 0, pageSize: 6 }, signal),
  })
  const ledger = useQuery({ ...ledgerQuery, enabled: isTenant })
  return { isTenant, devices, active, dashboards, ledger }
}

export const TenantHome = () => {
  const t = useTranslations('home')
  const { isTenant, devices, active, dashboards, ledger } = useSummary()
  const total = devices.data?.totalElements
  const activeCount = active.data?.totalElements
  return (
    <Page crumbs={[{ label: t('title') }]}>
      <div className="grid w-full max-w-[1360px] gap-4 p-4 sm:p-6">
        {devices.error && !devices.data ? (
          <LoadError error={devices.error} retry={() => void devices.refetch()} />
        ) : (
          <>
            <div className={cn(figuresClass, isTenant ? 'lg:grid-cols-4' : 'lg:grid-cols-3')}>
              <Figure label={t('devices')} value={total} href="/devices" />
              <Figure
                label={t('activeDevices')}
                value={activeCount}
                href="/devices?active=true"
                note={total && activeCount !== undefined ? t('share', { share: activeCount / total }) : undefined}
                tone={activeCount ? 'ok' : undefined}
              />
              {isTenant ? (
                <TrafficFigures ledger={ledger.data} />
              ) : (
                <Figure
                  label={t('dashboards')}
                  value={dashboards.data?.totalElements}
                  href="/dashboards"
                  className="max-lg:col-span-2"
                />
              )}
            </div>
            {isTenant && total !== undefined && activeCount !== undefined && activeCount === 0 ? (
              <GettingStarted hasDevice={total > 0} firstDevice={devices.data?.data[0]} />
            ) : null}
            <div className="grid items-start gap-4 lg:grid-cols-2">
              <RecentDevices devices={devices.data?.data} canAdd={isTenant} />
              <ListCard title={t('dashboards')} href="/dashboards">
                {dashboards.data ? (
                  dashboards.data.data.length === 0 ? (
                    <EmptyState icon={<LayoutDashboard />} title={t('noDashboards')} className="py-10" />
                  ) : (
                    dashboards.data.data.map((dashboard) => (
                      <Row key={dashboard.id.id} href={`/dashboards/${dashboard.id.id}`}>
                        <LayoutDashboard aria-hidden className="size-4 stroke-[1.75] text-ink-3" />
                        <span className="min-w-0 flex-1 truncate font-medium">{dashboard.title}</span>
                      </Row>
                    ))
                  )
                ) : (
                  <RowSkeletons />
                )}
              </ListCard>
            </div>
          </>
        )}
      </div>
    </Page>
  )
}

const GettingStarted = ({ hasDevice, firstDevice }: { hasDevice: boolean; firstDevice: DeviceView | undefined }) => {
  const t = useTranslations('home')
  const connect = firstDevice ? `/devices/${firstDevice.id.id}?tab=connect` : '/devices?add=true'
  const steps = [
    { key: 'add', isDone: hasDevice, href: '/devices?add=true' },
    { key: 'send', isDone: false, href: connect },
    { key: 'watch', isDone: false, href: '/dashboards' },
  ] as const
  const next = steps.findIndex((step) => !step.isDone)
  return (
    <Card>
      <CardHeader title={t('start')} description={t('startText')} />
      <ol className="divide-y">
        {steps.map((step, index) => (
          <li key={step.key} className="flex items-center gap-3 px-4 py-3">
            <span
              aria-hidden
              className={cn(
                'flex size-6 shrink-0 items-center justify-center rounded-full border text-xs font-medium text-ink-3',
                step.isDone && 'border-transparent bg-ok-soft text-ok-text',
              )}
            >
              {step.isDone ? <Check className="size-3.5" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <p className={cn('text-sm font-medium', step.isDone && 'text-ink-3 line-through')}>
                {t(`steps.${step.key}`)}
              </p>
              <p className="text-xs text-ink-3">{t(`stepText.${step.key}`)}</p>
            </div>
            {index === next ? (
              <Button asChild variant="primary" size="sm">
                <Link href={step.href}>{t(`stepAction.${step.key}`)}</Link>
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  )
}

const RecentDevices = ({ devices, canAdd }: { devices: DeviceView[] | undefined; canAdd: boolean }) => {
  const t = useTranslations('home')
  const state = useTranslations('devices')
  return (
    <ListCard title={t('recentDevices')} href="/devices">
      {!devices ? (
        <RowSkeletons />
      ) : devices.length === 0 ? (
        <EmptyState
          icon={<Cpu />}
          title={t('noDevices')}
          className="py-10"
          action={
            canAdd ? (
              <Button asChild>
                <Link href="/devices?add=true">{t('stepAction.add')}</Link>
              </Button>
            ) : null
          }
        />
      ) : (
        devices.map((device) => (
          <Row key={device.id.id} href={`/devices/${device.id.id}`}>
            <StatusDot tone={device.active ? 'ok' : 'neutral'} />
            <span className="sr-only">{device.active ? state('active') : state('inactive')}</span>
            <span className="min-w-0 flex-1 truncate font-medium">{device.name}</span>
            <span className="text-xs text-ink-3 tabular-nums">
              <Timestamp ts={device.createdTime} />
            </span>
          </Row>
        ))
      )}
    </ListCard>
  )
}

const ListCard = ({ title, href, children }: { title: string; href: string; children: ReactNode }) => {
  const t = useTranslations('home')
  return (
    <Card className="min-w-0 overflow-hidden">
      <CardHeader
        title={title}
        actions={
          <Button asChild variant="ghost" size="sm" className="-mr-2.5">
            <Link href={href}>
              {t('all')}
              <ChevronRight />
            </Link>
          </Button>
        }
      />
      <div className="divide-y">{children}</div>
    </Card>
  )
}

const Row = ({ href, children }: { href: string; children: ReactNode }) => (
  <AheadLink
    href={href}
    className="flex h-11 items-center gap-3 px-4 text-sm transition-colors duration-75 hover:bg-hover focus-visible:-outline-offset-2"
  >
    {children}
  </AheadLink>
)

const RowSkeletons = () => (
  <>
    {['w-1/2', 'w-2/3', 'w-2/5', 'w-3/5'].map((width) => (
      <div key={width} className="flex h-11 items-center px-4">
        <Skeleton className={cn('h-3.5', width)} />
      </div>
    ))}
  </>
)
