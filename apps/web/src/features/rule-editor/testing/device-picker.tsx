'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Popover, SearchInput, Skeleton } from '@thingwire/ui'
import { ChevronsUpDown, Cpu } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { type DeviceView, getDevice, listDevices } from '@/api/entities.ts'
import { useUser } from '@/session/session-provider.tsx'

/** A device of the tenant by its name; `none` are the words for no device, where that is allowed. */
export const DevicePicker = (p: {
  label: string
  value: string | null
  none?: string
  onChange: (device: DeviceView | null) => void
}) => {
  const t = useTranslations('chainTesting')
  const [open, setOpen] = useState(false)
  const chosen = useQuery({
    queryKey: ['device', p.value],
    queryFn: ({ signal }) => getDevice(p.value ?? '', signal),
    enabled: p.value !== null,
    retry: false,
  })
  const choose = (device: DeviceView | null) => {
    setOpen(false)
    p.onChange(device)
  }
  return (
    <Popover
      label={p.label}
      align="start"
      open={open}
      onOpenChange={setOpen}
      className="w-72 p-1 max-sm:w-(--radix-popover-trigger-width)"
      trigger={
        <Button className="w-full min-w-0 justify-start font-normal">
          <Cpu aria-hidden className="text-ink-3" />
          <span className="min-w-0 flex-1 truncate text-left">
            <span className="sr-only">{p.label}: </span>
            {p.value === null ? (p.none ?? t('chooseDevice')) : (chosen.data?.name ?? p.value)}
          </span>
          <ChevronsUpDown aria-hidden className="text-ink-3" />
        </Button>
      }
    >
      <Devices none={p.none} onChoose={choose} />
    </Popover>
  )
}

const Devices = ({ none, onChoose }: { none: string | undefined; onChoose: (device: DeviceView | null) => void }) => {
  const t = useTranslations('chainTesting')
  const user = useUser()
  const [search, setSearch] = useState('')
  const textSearch = useDeferredValue(search.trim())
  const devices = useQuery({
    queryKey: ['devices', 'picked', textSearch],
    queryFn: ({ signal }) => listDevices(user, { page: 0, pageSize: 20, textSearch }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="grid gap-1">
      <SearchInput
        aria-label={t('searchDevices')}
        placeholder={t('searchDevices')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="mb-1"
      />
      <div className="max-h-60 overflow-y-auto">
        {none === undefined ? null : (
          <Choice onChoose={() => onChoose(null)}>
            <span className="text-ink-2">{none}</span>
          </Choice>
        )}
        {devices.error ? (
          <p role="alert" className="px-2 py-1.5 text-xs text-danger-text">
            {devices.error.message}
          </p>
        ) : devices.data ? (
          devices.data.data.map((device) => (
            <Choice key={device.id.id} onChoose={() => onChoose(device)}>
              <span className="min-w-0 flex-1 truncate text-left">{device.name}</span>
              <span className="max-w-[45%] shrink-0 truncate text-xs text-ink-3">{device.deviceProfileName}</span>
            </Choice>
          ))
        ) : (
          <Skeleton className="m-2 h-4 w-32" />
        )}
        {devices.data?.data.length === 0 ? <p className="px-2 py-1.5 text-xs text-ink-3">{t('noDevice')}</p> : null}
      </div>
    </div>
  )
}

const Choice = (p: { onChoose: () => void; children: React.ReactNode }) => (
  <button
    type="button"
    onClick={p.onChoose}
    className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-sm hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-10"
  >
    {p.children}
  </button>
)
