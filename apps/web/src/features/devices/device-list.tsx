'use client'
import { ActionsMenu, Badge, Button, type Column, MenuItem, Select } from '@thingwire/ui'
import { Cpu, HandGrab, Plus, Settings2, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { deleteDevice, type DeviceFilter, listDevices } from '@/api/entities.ts'
import type { DeviceView } from '@/api/entities.ts'
import { DeviceProfileSelect } from '@/components/device-profile-select.tsx'
import { nameColumn, useActiveColumn, useCreatedColumn } from '@/components/entity-columns.tsx'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { useLiveRows } from '@/components/live-rows.ts'
import { ClaimDeviceDialog } from '@/features/claim/claim-device-dialog.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { Page } from '@/shell/page.tsx'
import { AddDeviceDialog } from './add-device-dialog.tsx'
import { DeleteDeviceDialog } from './delete-device-dialog.tsx'

const idOf = (device: DeviceView) => device.id.id
const pathOf = (device: DeviceView) => `/devices/${device.id.id}`

const useColumns = (): Column<DeviceView>[] => {
  const t = useTranslations('devices')
  return [
    nameColumn({ id: 'name', header: t('name'), text: (device) => device.name, href: pathOf }),
    { ...useActiveColumn<DeviceView>(), sortable: true },
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
    useCreatedColumn(),
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

/** Devices that fit the filter, active or not as it is now. */
const useDevices = (filter: DeviceFilter) => {
  const user = useUser()
  const list = useEntityList<DeviceView>({
    queryKey: ['devices', filter],
    defaultSort: '-createdTime',
    load: (link, signal) => listDevices(user, { ...link, ...filter }, signal),
    refreshMs: 15_000,
  })
  useLiveRows(list, idOf)
  return list
}

export const DeviceList = () => {
  const t = useTranslations('devices')
  const canEdit = useUser().authority === 'TENANT_ADMIN'
  const columns = useColumns()
  const words = useEntityWords('devices')
  const [url, setUrl] = useDeviceUrl()
  const [deleting, setDeleting] = useState<DeviceView | null>(null)
  const list = useDevices({ deviceProfileId: url.profile, active: url.active })
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
      <EntityTable
        name="devices"
        list={list}
        words={canEdit ? words : { ...words, noneText: t('noneAssigned') }}
        icon={<Cpu />}
        columns={columns}
        rowId={idOf}
        open={pathOf}
        action={add}
        toolbar={
          <Filters
            profile={url.profile}
            active={url.active}
            onChange={(change) => {
              list.table.onStateChange({ page: 0 })
              void setUrl(change)
            }}
            showProfiles={canEdit}
          />
        }
        rowActions={canEdit ? (device) => <RowMenu device={device} onDelete={() => setDeleting(device)} /> : undefined}
        isNarrowed={!!url.profile || url.active !== null}
        onClearFilters={() => void setUrl({ profile: null, active: null })}
        bulk={canEdit ? { nameOf: (device) => device.name, remove: deleteDevice, queryKey: ['devices'] } : undefined}
      />
      <AddDeviceDialog open={url.add && canEdit} onClose={() => void setUrl({ add: null })} />
      <ClaimDeviceDialog open={url.claim && !canEdit} onClose={() => void setUrl({ claim: null })} />
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
        <DeviceProfileSelect
          aria-label={t('profile')}
          className="max-sm:flex-1 sm:w-40"
          none={t('anyProfile')}
          value={p.profile ?? ''}
          onChange={(event) => p.onChange({ profile: event.target.value || null })}
        />
      ) : null}
    </>
  )
}

const RowMenu = ({ device, onDelete }: { device: DeviceView; onDelete: () => void }) => {
  const t = useTranslations('devices')
  const router = useRouter()
  return (
    <ActionsMenu inRow label={t('actionsFor', { name: device.name })}>
      <MenuItem onSelect={() => router.push(pathOf(device))}>
        <Cpu />
        {t('open')}
      </MenuItem>
      <MenuItem onSelect={() => router.push(`${pathOf(device)}?tab=settings`)}>
        <Settings2 />
        {t('edit')}
      </MenuItem>
      <MenuItem danger onSelect={onDelete}>
        <Trash2 />
        {t('delete')}
      </MenuItem>
    </ActionsMenu>
  )
}
