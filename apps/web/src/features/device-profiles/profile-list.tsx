'use client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Button, type Column, DataTable, IconButton, Menu, MenuItem, TableMessage, toast } from '@thingwire/ui'
import { Boxes, Ellipsis, Plus, SearchX, Star, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsBoolean, useQueryState } from 'nuqs'
import { useState } from 'react'
import { makeDefaultProfile, pageOfProfiles, type ProfileView } from '@/api/device-profiles.ts'
import { Timestamp } from '@/components/age.tsx'
import { useTableTexts } from '@/components/table-texts.ts'
import { useTableUrl } from '@/components/table-url.ts'
import { LoadError, Page } from '@/shell/page.tsx'
import { AddProfileDialog } from './add-profile-dialog.tsx'
import { DeleteProfileDialog } from './delete-profile-dialog.tsx'

const exportPageSize = 1_000

const useColumns = (): Column<ProfileView>[] => {
  const t = useTranslations('profiles')
  return [
    {
      id: 'name',
      header: t('name'),
      fixed: true,
      onPhone: true,
      sortable: true,
      csv: (profile) => profile.name,
      cell: (profile) => (
        <span className="inline-flex items-center gap-2">
          <Link href={`/device-profiles/${profile.id.id}`} className="font-medium text-ink hover:text-accent-text">
            {profile.name}
          </Link>
          {profile.default ? <Badge tone="accent">{t('default')}</Badge> : null}
        </span>
      ),
    },
    {
      id: 'transportType',
      header: t('transport'),
      onPhone: true,
      csv: (profile) => profile.transportType,
      cell: (profile) => <Badge>{t(`transports.${profile.transportType}`)}</Badge>,
    },
    {
      id: 'provisionType',
      header: t('provisioning'),
      csv: (profile) => profile.provisionType,
      className: 'text-ink-2',
      cell: (profile) => t(`strategies.${profile.provisionType}`),
    },
    {
      id: 'description',
      header: t('description'),
      csv: (profile) => profile.description ?? '',
      className: 'text-ink-2 max-w-80 truncate',
      cell: (profile) => profile.description,
    },
    {
      id: 'createdTime',
      header: t('created'),
      sortable: true,
      csv: (profile) => new Date(profile.createdTime).toISOString(),
      className: 'text-ink-2 tabular-nums',
      cell: (profile) => <Timestamp ts={profile.createdTime} />,
    },
  ]
}

export const ProfileList = () => {
  const t = useTranslations('profiles')
  const router = useRouter()
  const columns = useColumns()
  const texts = useTableTexts(t('search'))
  const table = useTableUrl('name')
  const [isAdding, setAdding] = useQueryState('add', parseAsBoolean.withDefault(false).withOptions({ history: 'push' }))
  const [deleting, setDeleting] = useState<ProfileView | null>(null)
  const query = useQuery({
    queryKey: ['device-profiles', 'page', table.link],
    queryFn: ({ signal }) => pageOfProfiles(table.link, signal),
    placeholderData: keepPreviousData,
  })
  const add = (
    <Button variant="primary" onClick={() => void setAdding(true)}>
      <Plus />
      {t('add')}
    </Button>
  )
  return (
    <Page fixed crumbs={[{ label: t('title') }]} actions={add}>
      <DataTable
        name="device-profiles"
        label={t('title')}
        columns={columns}
        rows={query.data?.data}
        total={query.data?.totalElements ?? 0}
        isRefreshing={query.isPlaceholderData}
        state={table.state}
        onStateChange={table.onStateChange}
        rowId={(profile) => profile.id.id}
        onOpen={(profile) => router.push(`/device-profiles/${profile.id.id}`)}
        texts={texts}
        loadAll={async () => (await pageOfProfiles({ ...table.link, page: 0, pageSize: exportPageSize })).data}
        rowActions={(profile) => <RowMenu profile={profile} onDelete={() => setDeleting(profile)} />}
        {...(query.error && !query.data
          ? { error: <LoadError error={query.error} retry={() => void query.refetch()} /> }
          : {})}
        empty={
          table.state.search ? (
            <TableMessage icon={<SearchX />} title={t('noneFound')} />
          ) : (
            <TableMessage icon={<Boxes />} title={t('none')} text={t('noneText')} action={add} />
          )
        }
      />
      <AddProfileDialog open={isAdding} onOpenChange={(open) => void setAdding(open || null)} />
      <DeleteProfileDialog profile={deleting} onClose={() => setDeleting(null)} />
    </Page>
  )
}

const RowMenu = ({ profile, onDelete }: { profile: ProfileView; onDelete: () => void }) => {
  const t = useTranslations('profiles')
  const router = useRouter()
  const makeDefault = useMakeDefault()
  return (
    <Menu
      trigger={
        <IconButton
          label={t('actionsFor', { name: profile.name })}
          size="icon-sm"
          className="md:opacity-0 md:group-hover:opacity-100 md:focus-visible:opacity-100 md:data-[state=open]:opacity-100"
        >
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => router.push(`/device-profiles/${profile.id.id}`)}>
        <Boxes />
        {t('open')}
      </MenuItem>
      <MenuItem disabled={profile.default} onSelect={() => makeDefault.mutate(profile)}>
        <Star />
        {t('makeDefault')}
      </MenuItem>
      <MenuItem danger disabled={profile.default} onSelect={onDelete}>
        <Trash2 />
        {t('delete')}
      </MenuItem>
    </Menu>
  )
}

/** Makes a profile the one of devices that name none. */
export const useMakeDefault = () => {
  const t = useTranslations('profiles')
  const client = useQueryClient()
  return useMutation({
    mutationFn: (profile: ProfileView) => makeDefaultProfile(profile.id.id),
    onSuccess: async (profile) => {
      toast.done(t('isDefaultNow', { name: profile.name }))
      await client.invalidateQueries({ queryKey: ['device-profiles'] })
    },
    onError: (error) => toast.failed(t('saveFailed'), error.message),
  })
}
