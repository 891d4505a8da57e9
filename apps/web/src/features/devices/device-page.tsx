'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, IconButton, Menu, MenuItem, Skeleton, StatusDot, TabPanel, Tabs, copyText, toast } from '@thingwire/ui'
import { Copy, Ellipsis, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useState } from 'react'
import { getDevice } from '@/api/entities.ts'
import type { DeviceView } from '@/api/entities.ts'
import { useLiveActive } from '@/live/use-active.ts'
import { useUser } from '@/session/session-provider.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { Attributes } from './attributes.tsx'
import { Connect } from './connect.tsx'
import { Credentials } from './credentials.tsx'
import { DeleteDeviceDialog } from './delete-device-dialog.tsx'
import { GatewayChildren } from './gateway-children.tsx'
import { Overview } from './overview.tsx'

const tabs = ['overview', 'children', 'attributes', 'credentials', 'connect'] as const

const isGateway = (device: DeviceView) => device.additionalInfo?.gateway === true

export const DevicePage = ({ id }: { id: string }) => {
  const t = useTranslations('devices')
  const query = useQuery({
    queryKey: ['device', id, 'info'],
    queryFn: ({ signal }) => getDevice(id, signal),
    refetchInterval: 15_000,
  })
  const client = useQueryClient()
  useLiveActive([id], (_, active) =>
    client.setQueryData<DeviceView>(['device', id, 'info'], (known) => (known ? { ...known, active } : known)),
  )
  const list = { label: t('title'), href: '/devices' }
  const device = query.data
  return (
    <Page
      fixed
      crumbs={[
        list,
        { label: device?.name ?? (query.error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" />) },
      ]}
      documentTitle={device?.name}
      actions={device ? <DeviceActions device={device} /> : null}
    >
      {device ? (
        <DeviceTabs device={device} />
      ) : query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} back={list} />
      ) : (
        <DeviceSkeleton />
      )}
    </Page>
  )
}

const DeviceTabs = ({ device }: { device: DeviceView }) => {
  const t = useTranslations('device')
  const user = useUser()
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(tabs).withDefault('overview').withOptions({ history: 'push' }),
  )
  const canEdit = user.authority === 'TENANT_ADMIN'
  const shown = tabs.filter((value) => value !== 'children' || isGateway(device))
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-4 pb-2 sm:px-6">
        <span className="inline-flex items-center gap-2 text-sm text-ink-2">
          <StatusDot tone={device.active ? 'ok' : 'neutral'} pulse={device.active} />
          {device.active ? t('active') : t('inactive')}
        </span>
        <Badge>{device.deviceProfileName || device.type}</Badge>
        {isGateway(device) ? <Badge>{t('gateway')}</Badge> : null}
        {device.label ? <span className="text-sm text-ink-3">{device.label}</span> : null}
        {device.customerTitle ? <Badge tone="accent">{device.customerTitle}</Badge> : null}
      </div>
      <Tabs
        label={t('tabs')}
        value={shown.includes(tab) ? tab : 'overview'}
        onChange={(value) => void setTab(tabs.find((known) => known === value) ?? 'overview')}
        tabs={shown.map((value) => ({ value, label: t(`tab.${value}`) }))}
        className="flex-1"
      >
        <TabPanel value="overview" className="overflow-y-auto">
          <Overview device={device} onConnect={() => void setTab('connect')} />
        </TabPanel>
        {isGateway(device) ? (
          <TabPanel value="children" className="flex flex-col">
            <GatewayChildren gatewayId={device.id.id} />
          </TabPanel>
        ) : null}
        <TabPanel value="attributes" className="overflow-y-auto">
          <Attributes deviceId={device.id.id} canEdit={canEdit} />
        </TabPanel>
        <TabPanel value="credentials" className="overflow-y-auto">
          <Credentials deviceId={device.id.id} />
        </TabPanel>
        <TabPanel value="connect" className="overflow-y-auto">
          <Connect device={device} />
        </TabPanel>
      </Tabs>
    </>
  )
}

const DeviceActions = ({ device }: { device: DeviceView }) => {
  const t = useTranslations('devices')
  const common = useTranslations('common')
  const router = useRouter()
  const user = useUser()
  const [isDeleting, setDeleting] = useState(false)
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('actionsFor', { name: device.name })}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => void copyText(device.id.id).then(() => toast.done(common('copied')))}>
          <Copy />
          {t('copyId')}
        </MenuItem>
        {user.authority === 'TENANT_ADMIN' ? (
          <MenuItem danger onSelect={() => setDeleting(true)}>
            <Trash2 />
            {t('delete')}
          </MenuItem>
        ) : null}
      </Menu>
      <DeleteDeviceDialog
        device={isDeleting ? device : null}
        onClose={() => setDeleting(false)}
        onDeleted={() => router.push('/devices')}
      />
    </>
  )
}

const DeviceSkeleton = () => (
  <div aria-busy className="grid gap-4 px-4 pt-5 sm:px-6">
    <Skeleton className="h-4 w-56" />
    <div className="flex gap-5 border-b pb-3">
      {['w-16', 'w-20', 'w-22', 'w-14'].map((width) => (
        <Skeleton key={width} className={`h-3.5 ${width}`} />
      ))}
    </div>
    <Skeleton className="h-56 w-full" />
  </div>
)
