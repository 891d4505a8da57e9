'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DashboardInfo } from '@thingwire/contracts'
import { CopyButton, IconButton, Input, toast } from '@thingwire/ui'
import { Building2, Globe, TriangleAlert, UsersRound, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import {
  assignToCustomers,
  listCustomers,
  makePrivate,
  makePublic,
  takeFromCustomers,
} from '@/api/dashboard-library.ts'
import { QrCode } from '@/components/qr-code.tsx'
import { SwitchRow } from '@/components/switch-row.tsx'
import { SearchAdd } from './search-add.tsx'

type Props = { dashboard: { id: string; title: string }; info: Pick<DashboardInfo, 'assignedCustomers'> }

/** Customers that have the dashboard, and the public link. */
export const Access = ({ dashboard: { id }, info }: Props) => {
  const t = useTranslations('dashboardSharing')
  const change = useChange(id)
  const customers = info.assignedCustomers.filter((one) => !one.public)
  const everybody = info.assignedCustomers.find((one) => one.public)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <section className="grid gap-2">
        <h3 className="text-sm font-semibold">{t('whoSees')}</h3>
        <ul className="grid divide-y rounded-md border">
          <Seer icon={<Building2 />} name={t('administrators')} more={t('administratorsText')} />
          {customers.map(({ customerId, title }) => (
            <Seer
              key={customerId.id}
              icon={<UsersRound />}
              name={title ?? customerId.id}
              more={t('customerText')}
              remove={{
                label: t('removeCustomer', { name: title ?? '' }),
                isBusy: change.isPending,
                run: () => change.mutate(() => takeFromCustomers(id, [customerId.id])),
              }}
            />
          ))}
          {everybody ? <Seer icon={<Globe />} name={t('everybody')} more={t('everybodyText')} /> : null}
        </ul>
        <div>
          <SearchAdd
            label={t('addCustomer')}
            search={t('searchCustomers')}
            queryKey={['customers', 'to-share']}
            find={async (link, signal) => {
              const page = await listCustomers({ ...link, sortProperty: 'title', sortOrder: 'ASC' }, signal)
              return page.data
                .filter((one) => one.additionalInfo?.isPublic !== true)
                .map((one) => ({ id: one.id.id, name: one.title }))
            }}
            taken={new Set(customers.map(({ customerId }) => customerId.id))}
            take={(found) => change.mutate(() => assignToCustomers(id, [found.id]))}
          />
        </div>
        <p className="text-xs text-ink-3">{t('dataRights')}</p>
      </section>
      <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <SwitchRow
          label={t('publicLink')}
          hint={t('publicLinkText')}
          checked={everybody !== undefined}
          onChange={(isOn) => change.mutate(() => (isOn ? makePublic(id) : makePrivate(id)))}
        />
        {everybody ? <PublicLink dashboardId={id} publicId={everybody.customerId.id} /> : null}
      </section>
    </div>
  )
}

const useChange = (dashboardId: string) => {
  const t = useTranslations('dashboardSharing')
  const client = useQueryClient()
  return useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onError: (error) => toast.failed(t('failed'), error.message),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['dashboard', dashboardId, 'info'] })
      await client.invalidateQueries({ queryKey: ['dashboards'] })
    },
  })
}

const Seer = (p: {
  icon: ReactNode
  name: string
  more: string
  remove?: { label: string; isBusy: boolean; run: () => void }
}) => (
  <li className="flex min-h-12 items-center gap-3 px-3 py-1.5">
    <span aria-hidden className="text-ink-3 [&_svg]:size-4">
      {p.icon}
    </span>
    <span className="min-w-0 flex-1">
      <span className="block truncate text-sm font-medium">{p.name}</span>
      <span className="block text-xs text-ink-3">{p.more}</span>
    </span>
    {p.remove ? (
      <IconButton size="icon-sm" label={p.remove.label} disabled={p.remove.isBusy} onClick={p.remove.run}>
        <X />
      </IconButton>
    ) : null}
  </li>
)

const PublicLink = ({ dashboardId, publicId }: { dashboardId: string; publicId: string }) => {
  const t = useTranslations('dashboardSharing')
  const common = useTranslations('common')
  // The form of ThingsBoard's links, so that those that are out there go on.
  const link = `${window.location.origin}/dashboard/${dashboardId}?publicId=${publicId}`
  return (
    <div className="flex flex-wrap items-start gap-4">
      <QrCode text={link} label={t('qrCode')} className="size-28 shrink-0" />
      <div className="grid min-w-64 flex-1 gap-3">
        <div className="flex items-center gap-1">
          <Input
            readOnly
            aria-label={t('publicLink')}
            value={link}
            onFocus={({ target }) => target.select()}
            className="font-mono text-xs"
          />
          <CopyButton text={link} labels={{ copy: t('copyLink'), copied: common('copied') }} />
        </div>
        <p className="flex gap-2 rounded-md bg-warn-soft p-3 text-xs text-warn-text">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {t('publicWarning')}
        </p>
      </div>
    </div>
  )
}
