'use client'
import { useMutation } from '@tanstack/react-query'
import { Button, toast } from '@thingwire/ui'
import { FileDown, Tag, UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { assignToCustomers, listCustomers, type SummaryView } from '@/api/dashboard-library.ts'
import { BulkRun } from '@/components/bulk-run.tsx'
import { exportDashboard } from '../files/export-dashboard.ts'
import { type Found, SearchAdd } from '../sharing/search-add.tsx'

/** What can be done with all dashboards that are ticked, beside deleting them. */
export const BulkDeeds = ({ dashboards, tag }: { dashboards: readonly SummaryView[]; tag: () => void }) => {
  const t = useTranslations('dashboardList')
  const save = useMutation({
    mutationFn: async () => {
      for (const { id } of dashboards) await exportDashboard(id.id)
    },
    onError: (error) => toast.failed(t('exportFailed'), error.message),
  })
  return (
    <>
      <Button disabled={dashboards.length === 0} onClick={tag}>
        <Tag />
        {t('addTag')}
      </Button>
      <AssignAll dashboards={dashboards} />
      <Button disabled={dashboards.length === 0 || save.isPending} onClick={() => save.mutate()}>
        <FileDown />
        {t('export')}
      </Button>
    </>
  )
}

const AssignAll = ({ dashboards }: { dashboards: readonly SummaryView[] }) => {
  const t = useTranslations('dashboardList')
  const sharing = useTranslations('dashboardSharing')
  const [customer, setCustomer] = useState<Found | null>(null)
  if (!customer) {
    return (
      <SearchAdd
        label={t('assign')}
        icon={<UsersRound />}
        search={sharing('searchCustomers')}
        queryKey={['customers', 'to-share']}
        find={async (link, signal) =>
          (await listCustomers({ ...link, sortProperty: 'title', sortOrder: 'ASC' }, signal)).data
            .filter((one) => one.additionalInfo?.isPublic !== true)
            .map((one) => ({ id: one.id.id, name: one.title }))
        }
        taken={new Set()}
        take={setCustomer}
      />
    )
  }
  return (
    <BulkRun
      rows={dashboards.map(({ id, title }) => ({ id: id.id, name: title }))}
      icon={<UsersRound />}
      words={(count) => ({
        action: t('assignTo', { customer: customer.name }),
        title: t('assignTitle', { count, customer: customer.name }),
        text: t('assignText'),
        submit: t('assignSubmit'),
        done: t('assigned'),
        allDone: t('assignedAll', { count, customer: customer.name }),
      })}
      run={(id) => assignToCustomers(id, [customer.id])}
      queryKey={['dashboards']}
      onDone={() => setCustomer(null)}
    />
  )
}
