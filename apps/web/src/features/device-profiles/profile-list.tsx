'use client'
import { ActionsMenu, Badge, Button, type Column, MenuItem } from '@thingwire/ui'
import { Boxes, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsBoolean, useQueryState } from 'nuqs'
import { useState } from 'react'
import { deleteDeviceProfile, pageOfProfiles, type ProfileView } from '@/api/device-profiles.ts'
import { nameColumn, useCreatedColumn } from '@/components/entity-columns.tsx'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { Page } from '@/shell/page.tsx'
import { AddProfileDialog } from './add-profile-dialog.tsx'
import { DeleteProfileDialog } from './delete-profile-dialog.tsx'
import { ImportProfile } from './import-profile.tsx'
import { ProfileMenuItems } from './profile-menu-items.tsx'

const pathOf = (profile: ProfileView) => `/device-profiles/${profile.id.id}`

const useColumns = (): Column<ProfileView>[] => {
  const t = useTranslations('profiles')
  return [
    nameColumn({
      id: 'name',
      header: t('name'),
      text: (profile) => profile.name,
      href: pathOf,
      after: (profile) => (profile.default ? <Badge tone="accent">{t('default')}</Badge> : null),
    }),
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
    useCreatedColumn(),
  ]
}

export const ProfileList = () => {
  const t = useTranslations('profiles')
  const columns = useColumns()
  const [isAdding, setAdding] = useQueryState('add', parseAsBoolean.withDefault(false).withOptions({ history: 'push' }))
  const [deleting, setDeleting] = useState<ProfileView | null>(null)
  const list = useEntityList<ProfileView>({
    queryKey: ['device-profiles', 'page'],
    defaultSort: 'name',
    load: pageOfProfiles,
  })
  const add = (
    <Button variant="primary" onClick={() => void setAdding(true)}>
      <Plus />
      {t('add')}
    </Button>
  )
  return (
    <Page
      fixed
      crumbs={[{ label: t('title') }]}
      actions={
        <>
          <ImportProfile />
          {add}
        </>
      }
    >
      <EntityTable
        name="device-profiles"
        list={list}
        words={useEntityWords('profiles')}
        icon={<Boxes />}
        columns={columns}
        rowId={(profile) => profile.id.id}
        open={pathOf}
        action={add}
        rowActions={(profile) => <RowMenu profile={profile} onDelete={() => setDeleting(profile)} />}
        bulk={{ nameOf: (profile) => profile.name, remove: deleteDeviceProfile, queryKey: ['device-profiles'] }}
      />
      <AddProfileDialog open={isAdding} onClose={() => void setAdding(null)} />
      <DeleteProfileDialog profile={deleting} onClose={() => setDeleting(null)} />
    </Page>
  )
}

const RowMenu = ({ profile, onDelete }: { profile: ProfileView; onDelete: () => void }) => {
  const t = useTranslations('profiles')
  const router = useRouter()
  return (
    <ActionsMenu inRow label={t('actionsFor', { name: profile.name })}>
      <MenuItem onSelect={() => router.push(pathOf(profile))}>
        <Boxes />
        {t('open')}
      </MenuItem>
      <ProfileMenuItems profile={profile} onDelete={onDelete} />
    </ActionsMenu>
  )
}
