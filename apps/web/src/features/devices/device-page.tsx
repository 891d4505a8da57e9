'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  ActionsMenu,
  Badge,
  Button,
  MenuItem,
  Skeleton,
  StatusDot,
  TabPanel,
  Tabs,
  copyText,
  toast,
} from '@thingwire/ui'
import { ChartSpline, Copy, Settings2, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { getDevice } from '@/api/entities.ts'
import type { DeviceView } from '@/api/entities.ts'
import { useLiveActive } from '@/live/use-active.ts'
import { useUser } from '@/session/session-provider.tsx'
import { EditActions } from '@/components/edit-form-parts.tsx'
import { EntityAlarmRules } from '@/features/alarm-fields/entity-alarm-rules.tsx'
import { ActiveAlarms } from '@/features/alarms/active-alarms.tsx'
import { AlarmTable } from '@/features/alarms/alarm-table.tsx'
import { type Crumb, LoadError, Page } from '@/shell/page.tsx'
import { Attributes } from './attributes.tsx'
import { Connect } from './connect.tsx'
import { Credentials } from './credentials.tsx'
import { DeleteDeviceDialog } from './delete-device-dialog.tsx'
import { GatewayChildren } from './gateway-children.tsx'
import { DeviceConflict, DeviceSettings } from './device-settings.tsx'
import { Overview } from './overview.tsx'
import { isGateway } from './settings-form.ts'
import { type DeviceEdit, useDeviceEdit } from './use-device-edit.ts'

const tabs = [
  'overview',
  'children',
  'alarms',
  'alarmRules',
  'attributes',
  'credentials',
  'connect',
  'settings',
] as const

export const DevicePage = ({ id }: { id: string }) => {
  const t = useTranslations('devices')
  const user = useUser()
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
  if (device) {
    const crumbs = [list, { label: device.name }]
    return user.authority === 'TENANT_ADMIN' ? (
      <EditablePage device={device} crumbs={crumbs} />
    ) : (
      <DeviceFrame device={device} crumbs={crumbs} edit={null} />
    )
  }
  return (
    <Page
      fixed
      crumbs={[list, { label: query.error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" /> }]}
    >
      {query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} back={list} />
      ) : (
        <DeviceSkeleton />
      )}
    </Page>
  )
}

type FrameProps = { device: DeviceView; crumbs: readonly Crumb[] }

const useTab = () => {
  const [url, setUrl] = useQueryStates(
    {
      tab: parseAsStringLiteral(tabs).withDefault('overview'),
      // Of the table on a tab; another tab has another one.
      page: parseAsString,
      q: parseAsString,
      sort: parseAsString,
      alarm: parseAsString,
    },
    { history: 'push' },
  )
  const setTab = (tab: (typeof tabs)[number]) => setUrl({ tab, page: null, q: null, sort: null, alarm: null })
  return [url.tab, setTab] as const
}

/** The form lives above the tabs: looking at another one loses no edit. */
const EditablePage = (p: FrameProps) => {
  const [, setTab] = useTab()
  const edit = useDeviceEdit(p.device, () => void setTab('settings'))
  return (
    <>
      <DeviceFrame {...p} edit={edit} />
      <DeviceConflict edit={edit} />
    </>
  )
}

/** `edit` is null where the person may only look. */
const DeviceFrame = ({ device, crumbs, edit }: FrameProps & { edit: DeviceEdit | null }) => {
  const t = useTranslations('device')
  const [chosen, setTab] = useTab()
  const shown = tabs.filter(
    (value) =>
      (value !== 'children' || isGateway(device)) &&
      ((value !== 'settings' && value !== 'alarmRules') || edit !== null),
  )
  const tab = shown.includes(chosen) ? chosen : 'overview'
  return (
    <Page
      fixed
      crumbs={crumbs}
      documentTitle={device.name}
      actions={
        <>
          {edit && (edit.isDirty || tab === 'settings') ? <EditActions edit={edit} /> : null}
          <VisualiseLink deviceId={device.id.id} />
          <DeviceActions device={device} onEdit={edit ? () => void setTab('settings') : null} />
        </>
      }
    >
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
        value={tab}
        onChange={(value) => void setTab(tabs.find((known) => known === value) ?? 'overview')}
        tabs={shown.map((value) => ({
          value,
          label: t(`tab.${value}`),
          badge:
            value === 'alarms' ? (
              <ActiveAlarms of={device.id} />
            ) : value === 'settings' && edit?.isDirty ? (
              <>
                <StatusDot tone="warn" className="size-1.5" />
                <span className="sr-only">{t('notSaved')}</span>
              </>
            ) : null,
        }))}
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
        <TabPanel value="alarms" className="flex flex-col">
          <AlarmTable of={device.id} />
        </TabPanel>
        {edit ? (
          <TabPanel value="alarmRules" className="flex flex-col">
            <EntityAlarmRules owner={device.id} profile={device.deviceProfileId} />
          </TabPanel>
        ) : null}
        <TabPanel value="attributes" className="overflow-y-auto">
          <Attributes deviceId={device.id.id} canEdit={edit !== null} />
        </TabPanel>
        <TabPanel value="credentials" className="overflow-y-auto">
          <Credentials deviceId={device.id.id} />
        </TabPanel>
        <TabPanel value="connect" className="overflow-y-auto">
          <Connect device={device} />
        </TabPanel>
        {edit ? (
          <TabPanel value="settings" className="overflow-y-auto">
            <DeviceSettings edit={edit} />
          </TabPanel>
        ) : null}
      </Tabs>
    </Page>
  )
}

/** To a dashboard made of what the device sends. */
const VisualiseLink = ({ deviceId }: { deviceId: string }) => {
  const t = useTranslations('visualise')
  return (
    <Button asChild>
      <Link href={`/dashboards/visualise?device=${deviceId}`}>
        <ChartSpline />
        <span className="max-sm:sr-only">{t('button')}</span>
      </Link>
    </Button>
  )
}

const DeviceActions = ({ device, onEdit }: { device: DeviceView; onEdit: (() => void) | null }) => {
  const t = useTranslations('devices')
  const common = useTranslations('common')
  const router = useRouter()
  const [isDeleting, setDeleting] = useState(false)
  return (
    <>
      <ActionsMenu label={t('actionsFor', { name: device.name })}>
        {onEdit ? (
          <MenuItem onSelect={onEdit}>
            <Settings2 />
            {t('edit')}
          </MenuItem>
        ) : null}
        <MenuItem onSelect={() => void copyText(device.id.id).then(() => toast.done(common('copied')))}>
          <Copy />
          {t('copyId')}
        </MenuItem>
        {onEdit ? (
          <MenuItem danger onSelect={() => setDeleting(true)}>
            <Trash2 />
            {t('delete')}
          </MenuItem>
        ) : null}
      </ActionsMenu>
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
