'use client'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  Badge,
  Button,
  type Column,
  DataTable,
  IconButton,
  Menu,
  MenuItem,
  Select,
  StatusDot,
  TableMessage,
} from '@thingwire/ui'
import { Cpu, Ellipsis, HandGrab, Plus, SearchX, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { type DeviceFilter, listDeviceProfiles, listDevices } from '@/api/entities.ts'
import type { DeviceView, Page as PageOf } from '@/api/entities.ts'
import { Timestamp } from '@/components/age.tsx'
import { useTableTexts } from '@/components/table-texts.ts'
import { useTableUrl } from '@/components/table-url.ts'
import { useLiveActive } from '@/live/use-active.ts'
import { useUser } from '@/session/session-provider.tsx'
import { ClaimDeviceDialog } from '@/features/claim/claim-device-dialog.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { AddDeviceDialog } from './add-device-dialog.tsx'
import { DeleteDeviceDialog } from './delete-device-dialog.tsx'

const exportPageSize = 1_000

const useColumns = (): Column<DeviceView>[] => {
  const t = useTranslations('devices')
  const state = (device: DeviceView) => (device.active ? t('active') : t('inactive'))
  return [
    {
      id: 'name',
      header: t('name'),
      fixed: true,
      onPhone: true,
      sortable: true,
      csv: (device) => device.name,
      cell: (device) => (
        <Link href={`/devices/${device.id.id}`} className="font-medium text-ink hover:text-accent-text">
          {device.name}
        </Link>
      ),
    },
    {
      id: 'active',
      header: t('state'),
      onPhone: true,
      sortable: true,
      csv: state,
      cell: (device) => (
        <span className="inline-flex items-center gap-2 text-ink-2">
          <StatusDot tone={device.active ? 'ok' : 'neutral'} />
          {state(device)}
        </span>
      ),
    },
    {
      id: 'deviceProfileName',
      header: t('profile'),
      sortable: true,
      csv: (device) => device.deviceProfileName,
      cell: (device) => <Badge>{device.deviceProfileName || device.type}</Badge>,
    },
    {
      id: 'label',
      header: t('label'),
      sortable: true,
      csv: (device) => device.label ?? '',
      className: 'text-ink-2',
      cell: (device) => device.label,
    },
    {
      id: 'customerTitle',
      header: t('customer'),
      sortable: true,
      csv: (device) => device.customerTitle ?? '',
      className: 'text-ink-2',
      cell: (device) => device.customerTitle,
    },
    {
      id: 'createdTime',
      header: t('created'),
      sortable: true,
      csv: (device) => new Date(device.createdTime).toISOString(),
      className: 'text-ink-2 tabular-nums',
      cell: (device) => <Timestamp ts={device.createdTime} />,
    },
  ]
}

const useDeviceUrl = () =>
  useQueryStates(
    {
      profile: parseAsString,
      active: parseAsBoolean,
      add: parseAsBoolean.withDefault(false),
      claim: parseAsBoolean.withDefault(false),
    },
    { history: 'push' },
  )

export const DeviceList = () => {
  const t = useTranslations('devices')
  const user = useUser()
  const router = useRouter()
  const columns = useColumns()
  const texts = useTableTexts(t('search'))
  const table = useTableUrl('-createdTime')
  const [url, setUrl] = useDeviceUrl()
  const [deleting, setDeleting] = useState<DeviceView | null>(null)
  const canEdit = user.authority === 'TENANT_ADMIN'
  const filter: DeviceFilter = { deviceProfileId: url.profile, active: url.active }
  const question = { ...table.link, ...filter }
  const query = useQuery({
    queryKey: ['devices', question],
    queryFn: ({ signal }) => listDevices(user, question, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
  const client = useQueryClient()
  useLiveActive(
    (query.data?.data ?? []).map((device) => device.id.id),
    (id, active) =>
      client.setQueryData<PageOf<DeviceView>>(['devices', question], (known) =>
        known?.data.some((device) => device.id.id === id && device.active !== active)
          ? { ...known, data: known.data.map((device) => (device.id.id === id ? { ...device, active } : device)) }
          : known,
      ),
  )
  const isNarrowed = !!(table.state.search || url.profile || url.active !== null)
  // Administrators make devices; the users of a customer take those that stand before them.
  const add = canEdit ? (
    <Button variant="primary" onClick={() => void setUrl({ add: true })}>
      <Plus />
      {t('add')}
    </Button>
  ) : (
    <Button variant="primary" onClick={() => void setUrl({ claim: true })}>
      <HandGrab />
      {t('claim')}
    </Button>
  )
  return (
    <Page fixed crumbs={[{ label: t('title') }]} actions={add}>
      <DataTable
        name="devices"
        label={t('title')}
        columns={columns}
        rows={query.data?.data}
        total={query.data?.totalElements ?? 0}
        isRefreshing={query.isPlaceholderData}
        state={table.state}
        onStateChange={table.onStateChange}
        rowId={(device) => device.id.id}
        onOpen={(device) => router.push(`/devices/${device.id.id}`)}
        texts={texts}
        loadAll={async () => (await listDevices(user, { ...question, page: 0, pageSize: exportPageSize })).data}
        toolbar={
          <Filters
            profile={url.profile}
            active={url.active}
            onChange={(change) => {
              table.onStateChange({ page: 0 })
              void setUrl(change)
            }}
            showProfiles={canEdit}
          />
        }
        {...(canEdit
          ? { rowActions: (device: DeviceView) => <RowMenu device={device} onDelete={() => setDeleting(device)} /> }
          : {})}
        {...(query.error && !query.data
          ? { error: <LoadError error={query.error} retry={() => void query.refetch()} /> }
          : {})}
        empty={
          isNarrowed ? (
            <TableMessage
              icon={<SearchX />}
              title={t('noneFound')}
              text={t('noneFoundText')}
              action={
                <Button
                  onClick={() => {
                    table.onStateChange({ search: '', page: 0 })
                    void setUrl({ profile: null, active: null })
                  }}
                >
                  {t('clearFilters')}
                </Button>
              }
            />
          ) : (
            <TableMessage
              icon={<Cpu />}
              title={t('none')}
              text={canEdit ? t('noneText') : t('noneAssigned')}
              action={add}
            />
          )
        }
      />
      <AddDeviceDialog open={url.add && canEdit} onOpenChange={(open) => void setUrl({ add: open || null })} />
      <ClaimDeviceDialog open={url.claim && !canEdit} onOpenChange={(open) => void setUrl({ claim: open || null })} />
      <DeleteDeviceDialog device={deleting} onClose={() => setDeleting(null)} />
    </Page>
  )
}

const Filters = (p: {
  profile: string | null
  active: boolean | null
  onChange: (change: { profile?: string | null; active?: boolean | null }) => void
  showProfiles: boolean
}) => {
  const t = useTranslations('devices')
  const profiles = useQuery({
    queryKey: ['device-profiles'],
    queryFn: ({ signal }) => listDeviceProfiles(signal),
    enabled: p.showProfiles,
  })
  return (
    <>
      <Select
        aria-label={t('state')}
        className="max-sm:flex-1 sm:w-32"
        value={p.active === null ? '' : String(p.active)}
        onChange={(event) => p.onChange({ active: event.target.value === '' ? null : event.target.value === 'true' })}
      >
        <option value="">{t('anyState')}</option>
        <option value="true">{t('active')}</option>
        <option value="false">{t('inactive')}</option>
      </Select>
      {p.showProfiles ? (
        <Select
          aria-label={t('profile')}
          className="max-sm:flex-1 sm:w-40"
          value={p.profile ?? ''}
          onChange={(event) => p.onChange({ profile: event.target.value || null })}
        >
          <option value="">{t('anyProfile')}</option>
          {profiles.data?.data.map((profile) => (
            <option key={profile.id.id} value={profile.id.id}>
              {profile.name}
            </option>
          ))}
        </Select>
      ) : null}
    </>
  )
}

const RowMenu = ({ device, onDelete }: { device: DeviceView; onDelete: () => void }) => {
  const t = useTranslations('devices')
  const router = useRouter()
  return (
    <Menu
      trigger={
        <IconButton
          label={t('actionsFor', { name: device.name })}
          size="icon-sm"
          className="md:opacity-0 md:group-hover:opacity-100 md:focus-visible:opacity-100 md:data-[state=open]:opacity-100"
        >
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => router.push(`/devices/${device.id.id}`)}>
        <Cpu />
        {t('open')}
      </MenuItem>
      <MenuItem danger onSelect={onDelete}>
        <Trash2 />
        {t('delete')}
      </MenuItem>
    </Menu>
  )
}
